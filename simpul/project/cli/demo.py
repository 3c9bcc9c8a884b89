"""`simpul demo`: an invented Puskesmas with its residents, to try simpul out.

Its one rule: never into a register that holds people already.
"""

import json
import os
import sys
import time
from typing import Any

import click

from simpul.project.cli import django_ready, fail

A_YEAR = 12
UNFINISHED = "demo.unfinished"
LARGE = 20_000  # residents; from here on less history, so that there are some eleven facts each


@click.command()
@click.option(
    "--residents", default=3000, show_default=True, type=click.IntRange(50, 2_000_000),
    help="How many people live there.",
)  # fmt: skip
@click.option("--seed", default=1, show_default=True, help="Same seed, same people.")
@click.option(
    "--months", default=A_YEAR, show_default=True, type=click.IntRange(0, 36),
    help="How many past months to judge for the dashboard.",
)  # fmt: skip
def demo(residents: int, seed: int, months: int) -> None:
    """Make a demonstration Puskesmas with invented people and accounts.

    Refuses when the register already holds people: set SIMPUL_DATA to an empty folder for a
    second demonstration.
    """
    django_ready.setup()
    clear_unfinished()
    if has_people():
        fail(
            "Basis data ini sudah berisi warga, jadi peragaan tidak dibuat.\n"
            "Pakai folder lain, misalnya: SIMPUL_DATA=/tmp/peragaan simpul demo"
        )
    make(residents=residents, seed=seed, months=months)


def has_people() -> bool:
    """Whether anybody at all is registered."""
    from simpul.accounts.scope import EVERYTHING
    from simpul.people import queries as people

    return people.in_scope(EVERYTHING, also_former=True).exists()


def make_when_empty() -> None:
    """What `serve --demo` does: nothing when there are people, the demonstration when none."""
    clear_unfinished()
    if not has_people():
        make(residents=3000)


def clear_unfinished() -> None:
    """A demonstration that was cut off is put aside, so that a whole one can be made."""
    from django.conf import settings
    from django.db import connection

    marker = settings.DATA / UNFINISHED
    if not marker.exists():
        return
    if connection.vendor != "sqlite":
        fail("Pembuatan peragaan terputus. Kosongkan basis data di DATABASE_URL, lalu ulangi.")
    from simpul.project import clock
    from simpul.project.archive import installation

    aside = settings.DATA / f"replaced-{installation.stamp(clock.now())}"
    aside.mkdir(mode=0o700)
    connection.close()
    for path in sorted(settings.DATA.glob("simpul.sqlite3*")):
        path.rename(aside / path.name)
    marker.unlink()
    click.echo(f"Peragaan sebelumnya terputus; sisanya dipindah ke {aside}", err=True)
    django_ready.setup()


def make(*, residents: int, seed: int = 1, months: int = 12) -> None:
    """Make everything: places, accounts, people, due lists, the months of the dashboard."""
    from django.conf import settings

    from simpul.accounts import actions as accounts
    from simpul.project.demo import ground, load, sample_file

    started = time.perf_counter()
    marker = settings.DATA / UNFINISHED
    marker.touch(mode=0o600)
    recipe = _recipe(residents, seed)
    land = ground.lay(residents, seed)
    listed = ground.staff(land)
    with _bar(residents, "Membuat warga rekaan") as bar:
        tally = load.load(recipe=recipe, ground=land, progress=bar.update)
    accounts.log(by=None, action="make.demo", note=f"{tally.residents} residents, seed {seed}")
    _refresh(tally.residents)
    _judge(months)
    (settings.DATA / sample_file.NAME).write_text(sample_file.sample_file(recipe.today))
    _write_accounts(listed)
    marker.unlink()
    took = time.perf_counter() - started
    click.echo(
        f"Peragaan siap: {tally.residents} warga di {tally.households} rumah, "
        f"{tally.facts} catatan, {took:.0f} detik.",
        err=True,
    )


def _recipe(residents: int, seed: int):
    from simpul.project import clock
    from simpul.project.demo.values import Recipe

    if residents < LARGE:
        return Recipe(today=clock.today(), seed=seed, residents=residents)
    return Recipe(
        today=clock.today(), seed=seed, residents=residents, growth_months=14, screening_years=1,
        is_lean=True,
    )  # fmt: skip


def _bar(length: int, label: str) -> Any:
    return click.progressbar(length=length, label=f"{label:<20}", file=sys.stderr)


def _refresh(residents: int) -> None:
    """Bring the due lists up to date for everybody."""
    from simpul.due import actions as due

    with _bar(residents, "Menyusun sasaran") as bar:
        due.refresh(progress=bar.update)


def _judge(months: int) -> None:
    """Judge the last months for the dashboard."""
    from simpul.project import clock
    from simpul.project.demo.days import add_months
    from simpul.pws import actions as pws

    this_month = clock.today().replace(day=1)
    if months == A_YEAR:  # what the dashboard shows: the facts are read once for all of it
        with _bar(1, "Menghitung capaian") as bar:
            pws.catch_up_all(progress=lambda done, total: _show(bar, done, total))
        return
    with _bar(months, "Menghitung capaian") as bar:
        for back in range(months - 1, -1, -1):
            pws.judge_month(month=add_months(this_month, -back))
            bar.update(1)


def _show(bar: Any, done: int, total: int) -> None:
    bar.length = total
    bar.update(done - bar.pos)


def _write_accounts(listed: list[dict[str, str]]) -> None:
    """The accounts for the login page, in a file only the owner reads."""
    from django.conf import settings

    target = settings.DATA / "demo.json"
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        json.dump(listed, out, ensure_ascii=False, indent=1)
    settings.DEMO = True
