"""Claims and finishes chores. Rule: whoever changes the row by the conditional UPDATE has it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q

from simpul.project import clock
from simpul.project.models import Chore

LEASE = timedelta(minutes=5)  # renewed while the work goes on
AFTER_TROUBLE = timedelta(minutes=10)


def plan(names: Iterable[str]) -> None:
    """Make the rows of chores that are new; they are due at once."""
    Chore.objects.bulk_create(
        [Chore(name=name, due_at=clock.now()) for name in names], ignore_conflicts=True
    )


def waiting() -> list[str]:
    """Chores that are due and free: only looked at, so that an idle worker writes nothing."""
    now = clock.now()
    return list(Chore.objects.filter(_free(now), due_at__lte=now).values_list("name", flat=True))


def wake(name: str) -> None:
    """Let a chore be done now."""
    now = clock.now()
    Chore.objects.filter(name=name, due_at__gt=now).update(due_at=now)


def claim(name: str, who: str) -> bool:
    """Take a chore that is due and not held by another."""
    now = clock.now()
    return bool(
        Chore.objects.filter(_free(now), name=name, due_at__lte=now).update(
            claimed_by=who, claimed_until=now + LEASE
        )
    )


def _free(now: datetime) -> Q:
    return Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)


def renew(name: str, who: str) -> bool:
    """Hold on to a chore that takes long; False when another has taken it meanwhile."""
    return bool(
        Chore.objects.filter(name=name, claimed_by=who).update(claimed_until=clock.now() + LEASE)
    )


def finish(name: str, who: str, *, again_in: timedelta) -> None:
    """Give a chore back, done."""
    now = clock.now()
    Chore.objects.filter(name=name, claimed_by=who).update(
        claimed_by="", claimed_until=None, done_at=now, due_at=now + again_in, trouble=""
    )


def give_up(name: str, who: str, trouble: str = "") -> None:
    """Give a chore back undone: at once when simpul stops, later when there was trouble."""
    wait = AFTER_TROUBLE if trouble else timedelta(0)
    Chore.objects.filter(name=name, claimed_by=who).update(
        claimed_by="", claimed_until=None, due_at=clock.now() + wait, trouble=trouble[:80]
    )


def in_trouble() -> list[tuple[str, str]]:
    """(chore, kind of error) of what failed the last time."""
    return list(Chore.objects.exclude(trouble="").values_list("name", "trouble").order_by("name"))
