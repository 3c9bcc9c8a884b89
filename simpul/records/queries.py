"""Reads of the log: what holds now about a person (corrections applied), and what came after n."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Count, Q, QuerySet

from simpul.accounts.scope import Scope
from simpul.engine.values import Fact as EngineFact
from simpul.people import queries as people
from simpul.records.models import Envelope, Fact, LogCounter

RETRACTED = "record.retracted"
_COLUMNS = ("seq", "person_id", "name", "observed_on", "number", "text", "day", "code", "flag")
_BATCH = 900  # below SQLite's limit of variables


def last_seq() -> int:
    """The `seq` of the newest fact; 0 when the log is empty."""
    return LogCounter.objects.filter(pk=1).values_list("seq", flat=True).first() or 0


def current(scope: Scope, person_id: int) -> QuerySet[Fact]:
    """Facts that hold about a person, newest first: superseded and retracted ones left out."""
    if people.person(scope, person_id) is None:
        return Fact.objects.none()
    ids = [person_id, *people.merged_ids([person_id])]
    return (
        Fact.objects.filter(person_id__in=ids, superseded_by__isnull=True)
        .exclude(name=RETRACTED)
        .select_related("recorded_by", "facility")
        .order_by("-observed_on", "-seq")
    )


def history(scope: Scope, person_id: int) -> QuerySet[Fact]:
    """Every fact ever recorded about a person, corrections and what they replaced, newest first."""
    if people.person(scope, person_id) is None:
        return Fact.objects.none()
    ids = [person_id, *people.merged_ids([person_id])]
    return (
        Fact.objects.filter(person_id__in=ids)
        .select_related("recorded_by", "facility")
        .prefetch_related("superseded_by")
        .order_by("-seq")
    )


def fact(scope: Scope, seq: int) -> Fact | None:
    """One fact, or None when absent or its person is out of scope."""
    found = Fact.objects.filter(pk=seq).select_related("person").first()
    if found is None or people.person(scope, found.person_id) is None:
        return None
    return found


def engine_facts(
    person_ids: Iterable[int], until: date | None = None
) -> dict[int, tuple[EngineFact, ...]]:
    """The facts the engine sees for each person, in order of seq, merged persons included.

    Superseded and retracted facts are left out. With `until`, only facts observed by that day.
    Internal to the layers above, which have checked the scope of the persons.
    """
    wanted = list(person_ids)
    kept_as: dict[int, int] = {pk: pk for pk in wanted}
    for start in range(0, len(wanted), _BATCH):
        kept_as.update(people.merged_ids(wanted[start : start + _BATCH]))
    ids = list(kept_as)
    found: dict[int, list[EngineFact]] = defaultdict(list)
    for start in range(0, len(ids), _BATCH):
        for row in _rows(ids[start : start + _BATCH], until):
            found[kept_as[row[1]]].append(_engine_fact(row))
    return {pk: tuple(facts) for pk, facts in found.items()}


def _rows(ids: list[int], until: date | None) -> Iterator[tuple]:
    rows = Fact.objects.filter(person_id__in=ids)
    if until is not None:
        rows = rows.filter(observed_on__lte=until)
    superseded = set(
        Fact.objects.filter(person_id__in=ids, supersedes__isnull=False).values_list(
            "supersedes_id", flat=True
        )
    )
    for row in rows.order_by("seq").values_list(*_COLUMNS):
        if row[0] not in superseded and row[2] != RETRACTED:
            yield row


def _engine_fact(row: tuple) -> EngineFact:
    seq, _person, name, observed_on, number, text, day, code, flag = row
    value = next((v for v in (number, flag, code, day, text) if v is not None), None)
    return EngineFact(name, observed_on, value, seq)


def persons_after(seq: int, limit: int | None = None) -> list[int]:
    """Ids of the persons with facts after `seq` (the person kept, when merged), in order."""
    rows = Fact.objects.filter(seq__gt=seq).order_by("seq").values_list("person_id", flat=True)
    ids = list(dict.fromkeys(rows[:limit] if limit else rows))
    kept: dict[int, int] = {}
    for start in range(0, len(ids), _BATCH):
        kept.update(people.canonical_ids(ids[start : start + _BATCH]))
    return list(dict.fromkeys(kept[pk] for pk in ids))


def known_values(person_ids: Iterable[int], names: Iterable[str]) -> dict[tuple, tuple]:
    """{(person id, name, observed_on): (seq, value)} of what holds now."""
    names = set(names)
    found = {}
    for pk, facts in engine_facts(person_ids).items():
        for one in facts:
            if one.name in names:
                found[pk, one.name, one.on] = (one.seq, one.value)
    return found


def ever_values(person_ids: Iterable[int], names: Iterable[str]) -> dict[tuple, tuple]:
    """{(person id, name, observed_on): every value ever recorded}, corrected ones too.

    So that an old file read again does not bring back what somebody has put right.
    """
    wanted, names = list(person_ids), set(names)
    kept_as: dict[int, int] = {pk: pk for pk in wanted}
    for start in range(0, len(wanted), _BATCH):
        kept_as.update(people.merged_ids(wanted[start : start + _BATCH]))
    found: dict[tuple, tuple] = {}
    ids = list(kept_as)
    for start in range(0, len(ids), _BATCH):
        rows = Fact.objects.filter(person_id__in=ids[start : start + _BATCH], name__in=names)
        for row in rows.values_list(*_COLUMNS):
            key = (kept_as[row[1]], row[2], row[3])
            found[key] = (*found.get(key, ()), _engine_fact(row).value)
    return found


def envelope(envelope_id) -> Envelope | None:
    """The envelope of this id, when it has been accepted."""
    return Envelope.objects.filter(pk=envelope_id).first()


def n_facts(**where) -> int:
    """How many facts there are."""
    return Fact.objects.filter(Q(**where)).count()


def counts(person_ids: Iterable[int]) -> dict[int, int]:
    """{person id: number of facts recorded for this entry}. The caller has checked the scope."""
    rows = Fact.objects.filter(person_id__in=list(person_ids)).values_list("person_id")
    return dict(rows.annotate(n=Count("pk")).order_by())
