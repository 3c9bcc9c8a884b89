"""Backup and restore of a PostgreSQL database by COPY: needs nothing but the connection.

Rule: restored into a new schema, brought to the newest tables there, then swapped by one
transaction; what was replaced stays in the database as the schema replaced_<time>.
"""

from collections.abc import Iterable
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from simpul.project.archive.bundle import Table

NEW = "simpul_restoring"
_OWN = "django_migrations"


def dump(folder: Path) -> list[Table]:
    """Write every table to a file of its own, all as of one moment."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        names = sorted(set(connection.introspection.table_names(cursor)) - {_OWN})
        return [_dump_table(cursor, folder, name) for name in names]


def _dump_table(cursor, folder: Path, name: str) -> Table:
    columns = [one.name for one in connection.introspection.get_table_description(cursor, name)]
    target = folder / f"{name}.copy"
    target.touch(mode=0o600)
    with target.open("wb") as out, cursor.copy(f"COPY {_into(name, columns)} TO STDOUT") as rows:
        for chunk in rows:
            out.write(chunk)
    return Table(name, columns, cursor.rowcount)


def _into(name: str, columns: Iterable[str]) -> str:
    quote = connection.ops.quote_name
    return f"{quote(name)} ({', '.join(map(quote, columns))})"


def restore(
    folder: Path, tables: list[Table], migrations: set[tuple[str, str]], aside: str
) -> None:
    """Put the dumped tables in place of the present ones."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        (schema,) = cursor.fetchone()
        cursor.execute(f"DROP SCHEMA IF EXISTS {NEW} CASCADE")
        cursor.execute(f"CREATE SCHEMA {NEW}")
        cursor.execute(f"SET search_path TO {NEW}")
    try:
        _fill(folder, tables, migrations)
        call_command("migrate", verbosity=0, interactive=False)
        with transaction.atomic(), connection.cursor() as cursor:
            quote = connection.ops.quote_name
            cursor.execute(f"ALTER SCHEMA {quote(schema)} RENAME TO {quote(aside)}")
            cursor.execute(f"ALTER SCHEMA {NEW} RENAME TO {quote(schema)}")
    finally:
        connection.close()  # forgets the search path
        with connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {NEW} CASCADE")


def _fill(folder: Path, tables: list[Table], migrations: set[tuple[str, str]]) -> None:
    """Tables as they were when the backup was made, with its rows and running numbers."""
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    last = [
        node
        for node in migrations
        if node in graph.nodes
        and not any(child.key in migrations for child in graph.node_map[node].children)
    ]
    executor.migrate(last)
    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables:
            _load_table(cursor, folder / f"{table.name}.copy", table)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)


def _load_table(cursor, source: Path, table: Table) -> None:
    name = connection.ops.quote_name(table.name)
    cursor.execute(f"DELETE FROM {name}")  # noqa: S608  quoted by Django
    with (
        source.open("rb") as rows,
        cursor.copy(f"COPY {_into(table.name, table.columns)} FROM STDIN") as copy,
    ):
        while chunk := rows.read(1 << 20):
            copy.write(chunk)
    if cursor.rowcount != table.rows:
        raise ValueError(f"{table.name}: {cursor.rowcount} rows instead of {table.rows}")
