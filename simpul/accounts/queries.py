"""Reads of users; the one function that turns a user into a Scope."""

from simpul.accounts.models import AuditEntry, Role, User
from simpul.accounts.scope import EVERYTHING, NOTHING, Scope
from simpul.places import queries as places

_WRITERS = {Role.KADER, Role.MIDWIFE, Role.NURSE, Role.CLERK, Role.HEAD}
_IMPORTERS = {Role.MIDWIFE, Role.NURSE, Role.CLERK, Role.HEAD}
_CLINICAL = {Role.MIDWIFE, Role.NURSE, Role.HEAD}


def scope_of(user) -> Scope:
    """What this user may see: the villages the facility covers, for a kader the Posyandu's own.

    A user without a place of work, or switched off, sees nothing.
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return NOTHING
    posyandu = None
    if user.area_id is not None:
        villages = places.village_ids_below(user.area_id)
    elif user.facility_id is not None:
        villages = places.village_ids_covered_by(user.facility_id)
        if user.facility.kind == "posyandu":
            posyandu = frozenset([user.facility_id])
    else:
        return NOTHING
    return Scope(
        user_id=user.pk,
        role=user.role,
        villages=villages,
        posyandu=posyandu,
        may_write=user.role in _WRITERS,
        may_import=user.role in _IMPORTERS,
        sees_clinical=user.role in _CLINICAL,
    )


def user_named(username: str) -> User | None:
    """The user of this name, or None."""
    return User.objects.filter(username=username).first()


def users(scope: Scope):
    """All accounts, for the command line only."""
    return User.objects.order_by("username") if scope is EVERYTHING else User.objects.none()


def looks_at_person(scope: Scope, person_id: int):
    """Who has seen this person, newest first (the person has a right to ask)."""
    if scope.is_empty:
        return AuditEntry.objects.none()
    return (
        AuditEntry.objects.filter(object_kind="person", object_id=str(person_id))
        .select_related("user")
        .order_by("-number")
    )
