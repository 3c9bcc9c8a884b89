"""`simpul check`: is the installation sound? Its one rule: it looks, it changes nothing."""

import sys

import click

from simpul.project.cli import django_ready


@click.command()
def check() -> None:
    """Check database, audit chain, log, rules, lists, disk and secrets; exit 1 when one is wrong.

    Every line says OK or SALAH, and SALAH says how to mend it.
    """
    django_ready.setup(migrate=False)
    from simpul.project import checkup

    wrong = 0
    for finding in checkup.findings():
        mark = "OK   " if finding.is_well else "SALAH"
        mend = "" if finding.is_well else f". Perbaikan: {finding.mend}"
        click.echo(f"{mark}  {finding.subject}: {finding.detail}{mend}")
        wrong += not finding.is_well
    if wrong:
        click.echo(f"{wrong} hal perlu diperbaiki.", err=True)
    sys.exit(1 if wrong else 0)
