"""`simpul refresh`: work out everybody's plan again. Safe to run at any time, best each night."""

import click

from simpul.project.cli import django_ready


@click.command(help="Bring due lists up to date: work out everybody's plan again.")
@click.option("--stale", is_flag=True, help="Only whose plan has run out or whose records changed.")
def refresh(stale: bool) -> None:
    """Plan everybody again, with a progress bar; then the indicators where they are kept."""
    django_ready.setup()
    from simpul.accounts.scope import EVERYTHING
    from simpul.due import actions
    from simpul.people import queries as people

    if stale:
        actions.catch_up()
        click.echo("Daftar sasaran sudah mutakhir.")
        return
    total = people.in_scope(EVERYTHING, also_former=True).count()
    with click.progressbar(length=total, label="Menyusun sasaran") as bar:
        done = actions.refresh(progress=bar.update)
    click.echo(f"{done} orang disusun ulang.")
