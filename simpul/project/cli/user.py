"""`simpul user`: accounts from the command line. Passwords are asked for, never an argument."""

import sys

import click

from simpul.project.cli import fail

ROLES = ["kader", "midwife", "nurse", "clerk", "head", "district"]


@click.group()
def user() -> None:
    """Add and change accounts."""
    from simpul.project.cli import django_ready

    django_ready.setup()


@user.command()
@click.argument("username")
@click.option("--name", required=True, help="Full name, as it is shown.")
@click.option("--role", required=True, type=click.Choice(ROLES), help="What this person does.")
@click.option(
    "--facility", "facility_code", metavar="CODE", help="Place of work: Posyandu, Pustu …"
)
@click.option(
    "--area", "area_code", metavar="CODE", help="Regency or province, of a health office."
)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def add(username, name, role, facility_code, area_code, password_stdin) -> None:
    """Make an account."""
    from django.core.exceptions import ValidationError

    from simpul.accounts import actions, queries

    if queries.user_named(username):
        fail(f"Nama pengguna '{username}' sudah dipakai. Pilih nama lain.")
    where = {"facility": _facility(facility_code), "area": _area(area_code)}
    if not any(where.values()):
        fail("Sebutkan tempat kerja: --facility KODE, atau --area KODE untuk dinas kesehatan.")
    password = _password(password_stdin, username, name)
    try:
        made = actions.add_user(username=username, password=password, name=name, role=role, **where)
    except ValidationError as problem:
        fail("\n".join(problem.messages))
    click.echo(f"Akun {made.username} dibuat: {made.name}, {made.get_role_display()}.")


@user.command("list")
def list_() -> None:
    """Show all accounts."""
    from simpul.accounts import queries
    from simpul.accounts.scope import EVERYTHING

    for one in queries.users(EVERYTHING):
        state = "" if one.is_active else "\tditutup"
        where = one.facility or one.area or "tanpa tempat kerja"
        click.echo(f"{one.username}\t{one.name}\t{one.get_role_display()}\t{where}{state}")


@user.command()
@click.argument("username")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def password(username, password_stdin) -> None:
    """Give an account another password."""
    from simpul.accounts import actions

    found = _user(username)
    new = _password(password_stdin, username, found.name)
    actions.change_password(user=found, password=new, by=None)
    click.echo(f"Kata sandi {found.username} diganti.")


@user.command()
@click.argument("username")
def deactivate(username) -> None:
    """Close an account; what it recorded stays."""
    _switch(username, is_active=False)


@user.command()
@click.argument("username")
def activate(username) -> None:
    """Open a closed account again."""
    _switch(username, is_active=True)


def _switch(username: str, *, is_active: bool) -> None:
    from simpul.accounts import actions

    found = actions.switch(user=_user(username), is_active=is_active, by=None)
    click.echo(f"Akun {found.username} {'dibuka' if is_active else 'ditutup'}.")


def _user(username: str):
    from simpul.accounts import queries

    found = queries.user_named(username)
    if found is None:
        fail(f"Tidak ada akun '{username}'. Lihat semua akun: simpul user list")
    return found


def _facility(code: str | None):
    from simpul.places import queries as places

    found = places.facility_by_code(code) if code else None
    if code and found is None:
        fail(f"Fasilitas dengan kode '{code}' tidak ada.")
    return found


def _area(code: str | None):
    from simpul.places import queries as places

    found = places.place_by_code(code) if code else None
    if code and found is None:
        fail(f"Wilayah dengan kode '{code}' tidak ada. Muat dahulu kodenya: simpul places --help")
    return found


def _password(from_stdin: bool, username: str, name: str) -> str:
    """Read a password, twice by hand or one line from standard input, and check its strength."""
    from django.core.exceptions import ValidationError

    from simpul.accounts import queries

    if from_stdin:
        text = sys.stdin.readline().rstrip("\r\n")
    else:
        text = click.prompt("Kata sandi", hide_input=True, confirmation_prompt="Sekali lagi")
    try:
        queries.check_password(text, username, name)
    except ValidationError as problem:
        fail("\n".join(problem.messages))
    return text
