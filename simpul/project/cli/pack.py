"""`simpul pack`: check the rules, print their book. Its one rule: it never needs Django."""

from __future__ import annotations

import sys
from pathlib import Path

import click

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group(help="Check the rules, print their book.")
def pack() -> None:
    """The content simpul works by."""


@pack.command(help="List what is wrong with a pack: file, line and how to mend it. Exit 1 if any.")
@click.argument("folder", required=False, type=_FOLDER)
def check(folder: Path | None) -> None:
    from simpul.packs import folder as default
    from simpul.packs.check import check as check_pack

    root = folder or default()
    if not root.is_dir():
        click.echo(f"{root}: folder tidak ada. Tulis folder yang berisi pack.yaml.", err=True)
        sys.exit(2)
    problems = check_pack(root)
    for problem in problems:
        click.echo(str(problem))
    if problems:
        click.echo(f"{len(problems)} masalah di {root}.", err=True)
        sys.exit(1)
    click.echo(f"{root}: tidak ada masalah.")


@pack.command(help="Write the book of services, facts, indicators and the rule language to DIR.")
@click.option("--format", "form", type=click.Choice(["md"]), default="md", help="Only md so far.")
@click.option("--spec", type=_FOLDER, help="Examples of the rule language (tests/spec).")
@click.argument("folder", type=_FOLDER)
def book(folder: Path, form: str, spec: Path | None) -> None:
    from simpul.packs import PackError, load
    from simpul.packs.book import pages

    try:
        content = pages(load(), spec)
    except PackError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in content.items():
        path = folder / f"{name}.{form}"
        path.write_text(text, encoding="utf-8")
        click.echo(str(path))
