"""Reads of users and of the audit log; the one function that turns a user into a Scope."""

from datetime import datetime

from axes.models import AccessFailureLog
from django.contrib.auth.password_validation import validate_password
from django.db.models import Count, Max, Q, QuerySet

from simpul.accounts.models import AuditEntry, Role, User
from simpul.accounts.scope import EVERYTHING, NOTHING, Scope
from simpul.places import queries as places

_WRITERS = {Role.KADER, Role.MIDWIFE, Role.NURSE, Role.CLERK, Role.HEAD}
_IMPORTERS = {Role.MIDWIFE, Role.NURSE, Role.CLERK, Role.HEAD}
_CLINICAL = {Role.MIDWIFE, Role.NURSE, Role.HEAD}
_OVERSEERS = {Role.HEAD, Role.DISTRICT}
ROLES = {role.value: role.label for role in Role}
GIVEN_BY_HEAD = (Role.KADER, Role.MIDWIFE, Role.NURSE, Role.CLERK)


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
        return Scope(user_id=user.pk, role=user.role)
    return Scope(
        user_id=user.pk,
        role=user.role,
        villages=villages,
        posyandu=posyandu,
        may_write=user.role in _WRITERS,
        may_import=user.role in _IMPORTERS and posyandu is None,  # a file is of whole villages
        sees_clinical=user.role in _CLINICAL,
    )


def user_named(username: str) -> User | None:
    """The user of this name, or None."""
    return User.objects.filter(username=username.lower()).first()


def check_account(username: str, role: str, facility) -> None:
    """Raise ValidationError when the role does not fit the place of work, or the name is none."""
    User(username=username, role=role, facility=facility).clean()


def check_password(password: str, username: str, name: str) -> None:
    """Raise ValidationError when a password is weak for the person of this name."""
    validate_password(password, User(username=username, name=name))


def users(scope: Scope) -> QuerySet[User]:
    """The accounts a scope oversees: a head those of the own Puskesmas, a district its facilities'.

    The command line has all of them; others none.
    """
    everybody = User.objects.select_related("facility", "area").order_by("name")
    if scope is EVERYTHING:
        return everybody
    if scope.role not in _OVERSEERS or scope.is_empty:
        return everybody.none()
    if scope.role == Role.HEAD:
        return everybody.filter(facility__in=facilities(scope))
    return everybody.filter(Q(facility__village_id__in=scope.villages) | Q(pk=scope.user_id or 0))


def user(scope: Scope, user_id: int) -> User | None:
    """An account this head may change: of the own Puskesmas, not another head, not oneself."""
    if scope.role != Role.HEAD:
        return None
    return users(scope).filter(pk=user_id, role__in=GIVEN_BY_HEAD).first()


def facilities(scope: Scope):
    """The facilities whose people a head manages: the own Puskesmas and what hangs below it."""
    head = User.objects.filter(pk=scope.user_id or 0, role=Role.HEAD).first()
    return places.branches(head.facility_id if head and head.facility_id else 0)


def looks_at_person(scope: Scope, person_id: int) -> QuerySet[AuditEntry]:
    """Who has seen or changed this person, newest first (the person has a right to ask)."""
    if scope.is_empty:
        return AuditEntry.objects.none()
    return (
        AuditEntry.objects.filter(object_kind="person", object_id=str(person_id))
        .select_related("user__facility", "user__area")
        .order_by("-number")
    )


def failed_logins(scope: Scope, since: datetime) -> QuerySet:
    """Failed log-ins under the names of accounts a scope oversees: by whom, how many, the last.

    Names that are no account are not told: somebody may have typed a password there.
    """
    names = users(scope).order_by().values("username")
    found = AccessFailureLog.objects.filter(username__in=names, attempt_time__gte=since)
    counted = found.values("username").annotate(n=Count("pk"), last=Max("attempt_time"))
    return counted.order_by("-last")


def activity(scope: Scope, *, user_id: int | None = None, kind: str = "") -> QuerySet[AuditEntry]:
    """What the people a head oversees did and saw, newest first; `kind`: 'look' or 'write'."""
    rows = AuditEntry.objects.select_related("user").order_by("-number")
    if scope is not EVERYTHING:
        rows = rows.filter(user__in=users(scope).order_by().values("pk"))
    if user_id:
        rows = rows.filter(user_id=user_id)
    if kind == "look":
        return rows.filter(action__startswith="look.")
    if kind == "write":
        return rows.exclude(action__startswith="look.")
    return rows
