"""Starts Django for a command and brings the database to the newest tables."""

import os

import click


def setup(*, migrate: bool = True) -> None:
    """Load the settings; make or update the tables when they are behind."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "simpul.project.settings")
    import django

    django.setup()
    if migrate and _is_behind():
        from django.core.management import call_command

        click.echo("Menyiapkan basis data …", err=True)
        call_command("migrate", verbosity=0, interactive=False)


def _is_behind() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
