"""`simpul refresh`: work out everybody's plan again. Safe to run at any time, best each night."""

import click

from simpul.project.cli import django_ready


@click.command(help="Bring due lists and indicators up to date.")
@click.option("--stale", is_flag=True, help="Only whose plan has run out or whose records changed.")
def refresh(stale: bool) -> None:
    """Plan everybody again, with a progress bar; then the months of the dashboard."""
    django_ready.setup()
    from simpul.accounts.scope import EVERYTHING
    from simpul.due import actions
    from simpul.people import queries as people

    if stale:
        actions.catch_up()
        click.echo("Daftar sasaran sudah mutakhir.")
    else:
        total = people.in_scope(EVERYTHING, also_former=True).count()
        with click.progressbar(length=total, label="Menyusun sasaran") as bar:
            done = actions.refresh(progress=bar.update)
        click.echo(f"{done} orang disusun ulang.")
    _judge()


def _judge() -> None:
    """The months of the dashboard, as far as they have changed."""
    from simpul.pws import actions as pws

    with click.progressbar(length=1, label="Menghitung capaian") as bar:

        def show(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        pws.catch_up_all(progress=show)
