"""Writes of accounts: users, and the audit chain."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db import transaction

from simpul.accounts.models import AuditEntry, AuditHead, User
from simpul.project import clock

if TYPE_CHECKING:
    from simpul.places.models import Facility, Place


@transaction.atomic
def add_user(
    *,
    username: str,
    password: str | None,
    name: str,
    role: str,
    facility: Facility | None = None,
    area: Place | None = None,
    by: User | None = None,
) -> User:
    """Make an account. Raises ValidationError when the role or the name is not allowed.

    Without a password nobody can sign in with it: for who only stands behind records.
    """
    user = User.objects.create_user(
        username, password, name=name, role=role, facility=facility, area=area
    )
    log(by=by, action="add.user", object_kind="user", object_id=user.pk)
    return user


@transaction.atomic
def change_password(*, user: User, password: str, by: User | None) -> User:
    """Give a user another password; the caller has checked its strength."""
    user.set_password(password)
    user.save(update_fields=["password"])
    log(by=by, action="edit.password", object_kind="user", object_id=user.pk)
    return user


def reset_password(*, user: User, by: User | None) -> str:
    """Give a user a password made by chance, to be handed over once; return it."""
    password = made_password()
    change_password(user=user, password=password, by=by)
    return password


def made_password() -> str:
    """Twelve letters and digits that cannot be mistaken for each other: 'kx7m-p2qd-9wtz'."""
    letters = [secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(12)]
    return "-".join("".join(letters[start : start + 4]) for start in (0, 4, 8))


@transaction.atomic
def switch(*, user: User, is_active: bool, by: User | None) -> User:
    """Close an account, or open it again. Nothing the user did is removed."""
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    action = "open.user" if is_active else "close.user"
    log(by=by, action=action, object_kind="user", object_id=user.pk)
    return user


@transaction.atomic
def log(
    *,
    by: User | int | None,
    action: str,
    object_kind: str = "",
    object_id: object = "",
    note: str = "",
) -> AuditEntry:
    """Append one entry to the audit chain: `note` holds counts and filters, never health data."""
    head, _ = AuditHead.objects.select_for_update().get_or_create(pk=1)
    entry = AuditEntry(
        number=head.number + 1,
        at=clock.now(),
        user_id=by.pk if isinstance(by, User) else by,
        action=action,
        object_kind=object_kind,
        object_id=str(object_id),
        note=note[:200],
    )
    entry.digest = _digest(entry, head.digest)
    entry.save(force_insert=True)
    head.number, head.digest = entry.number, entry.digest
    head.save()
    return entry


def broken_links() -> Iterator[int]:
    """Numbers of the audit rows that were edited, dropped or reordered."""
    expected, before = 1, ""
    for entry in AuditEntry.objects.order_by("number").iterator():
        if entry.number != expected or entry.digest != _digest(entry, before):
            yield entry.number
        expected, before = entry.number + 1, entry.digest
    head = AuditHead.objects.filter(pk=1).first()
    if head and (head.number != expected - 1 or head.digest != before):
        yield expected


def _digest(entry: AuditEntry, before: str) -> str:
    said = (
        before,
        entry.number,
        entry.at.isoformat(),
        entry.user_id,
        entry.action,
        entry.object_kind,
        entry.object_id,
        entry.note,
    )
    return hashlib.sha256(repr(said).encode()).hexdigest()
