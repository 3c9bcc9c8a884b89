"""Reads of what is owed: who has to be looked for first, and how many they are.

A status is worked out from dates and a day here, in SQL, for lists; the plan is the engine's.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import itemgetter

import msgspec
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, Count, IntegerField, Min, Q, QuerySet, Sum, Value, When

from simpul import packs
from simpul.accounts.scope import Scope
from simpul.due import groups, stages
from simpul.due.models import DueItem, PlanState
from simpul.people import queries as people
from simpul.places.spelling import search_words

URGENT, LATE, DUE = range(3)
URGENCIES = ("urgent", "late", "due")
# village, posyandu, household, person, rank and stage, bits of the groups
PersonRow = tuple[int, int, int, int, int, int]
PERSON, BOTH, BITS = 3, 4, 5
_TENS = 10  # `both` is ten times the rank, and the stage
_AT_ONCE = 800  # below SQLite's limit of variables


class Where(msgspec.Struct, frozen=True):
    """What a list is narrowed to. Empty means all of the scope."""

    text: str = ""
    village: int | None = None
    place: int | None = None  # a hamlet, RW or RT
    posyandu: int | None = None
    household: int | None = None
    person: int | None = None
    group: str = ""
    service: str = ""
    urgencies: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()

    def takes(self, service: str) -> bool:
        """Whether items of this service are asked for."""
        if self.service:
            return service == self.service
        return not self.group or packs.load().services[service].group == self.group


class Found(msgspec.Struct, frozen=True):
    """Everybody a list names, in order of the houses to go to, and the figures above it."""

    houses: list[int]  # ids, the most urgent first
    persons: dict[int, list[int]]  # {household: persons owed, the most urgent first}
    rank: dict[int, int]  # {person: URGENT, LATE or DUE}
    by_urgency: dict[str, int]
    by_stage: dict[str, int]
    by_group: dict[str, int]

    @property
    def n_persons(self) -> int:
        return len(self.rank)

    @property
    def by_rank(self) -> dict[str, int]:
        """How many of those named are urgent, late, due."""
        count = Counter(self.rank.values())
        return {code: count[i] for i, code in enumerate(URGENCIES)}


def found(scope: Scope, day: date, where: Where) -> Found:
    """Who is owed something on this day, by household, the most urgent first, then by place."""
    rows = _owed(scope, day, where)
    if where.group:
        bit = groups.BITS.get(where.group, groups.OTHER)
        by_group = _count_groups(_by_person(rows, day))
        people_owed = _by_person(rows.filter(group=bit), day)
    else:
        people_owed = _by_person(rows, day)
        by_group = _count_groups(people_owed)
    ranks = _indices(where.urgencies, URGENCIES)
    ages = _indices(where.stages, stages.CODES)
    cross = {
        divmod(both, _TENS): n for both, n in Counter(map(itemgetter(BOTH), people_owed)).items()
    }
    kept = people_owed
    if where.urgencies or where.stages:
        wanted = {rank * _TENS + age for rank in ranks for age in ages}
        kept = [row for row in people_owed if row[BOTH] in wanted]
    houses, persons = _by_house(scope, kept)
    return Found(
        houses,
        persons,
        {row[PERSON]: row[BOTH] // _TENS for row in kept},
        {
            code: sum(n for (rank, age), n in cross.items() if rank == i and age in ages)
            for i, code in enumerate(URGENCIES)
        },
        {
            code: sum(n for (rank, age), n in cross.items() if age == i and rank in ranks)
            for i, code in enumerate(stages.CODES)
        },
        by_group,
    )


def _indices(wanted: Iterable[str], codes: Sequence[str]) -> set[int]:
    """Places of the wanted codes; all when none is wanted."""
    chosen = {i for i, code in enumerate(codes) if code in wanted}
    return chosen or set(range(len(codes)))


def _count_groups(rows: Iterable[PersonRow]) -> dict[str, int]:
    """How many persons are owed something of each group."""
    by_bits = Counter(map(itemgetter(BITS), rows))
    return {
        code: sum(n for bits, n in by_bits.items() if bits & bit)
        for code, bit in groups.BITS.items()
    }


def _owed(scope: Scope, day: date, where: Where) -> QuerySet[DueItem]:
    """Items due on this day, in scope, in the places and of the people asked for."""
    still_open = Q(closes_on__isnull=True) | Q(closes_on__gte=day)
    rows = in_scope(scope).filter(still_open, due_on__lte=day)
    for column in ("village", "posyandu", "household"):
        wanted = getattr(where, column)
        if wanted is not None:
            rows = rows.filter(**{f"{column}_id": wanted})
    if where.person is not None:
        rows = rows.filter(plan_id=where.person)
    if where.place is not None:
        rows = rows.filter(household__rt__path__contains=f"/{where.place}/")
    if where.service:
        rows = rows.filter(service=where.service)
    for spellings in search_words(where.text):
        named = Q()
        for key in spellings:
            named |= Q(plan__person__name_key__contains=key)
            named |= Q(plan__person__mother_key__contains=key)
        rows = rows.filter(named)
    return rows


def in_scope(scope: Scope) -> QuerySet[DueItem]:
    """Open items of the persons this scope may see."""
    rows = DueItem.objects.all()
    if scope.villages is not None:
        rows = rows.filter(village_id__in=scope.villages)
    if scope.posyandu is not None:
        rows = rows.filter(posyandu_id__in=scope.posyandu)
    return rows


def rank_on(day: date) -> Case:
    """Urgency of an item that is due, as a number that sorts."""
    return Case(
        When(is_urgent=True, then=Value(URGENT)),
        When(late_on__lte=day, then=Value(LATE)),
        default=Value(DUE),
        output_field=IntegerField(),
    )


def _stage_on(day: date) -> Case:
    edges = stages.born_after(day)
    return Case(
        When(maternal_since__lte=day, maternal_until__gte=day, then=Value(stages.MATERNAL)),
        *[When(birth_date__gt=edge, then=Value(group)) for group, edge in edges.items()],
        default=Value(stages.ELDERLY),
        output_field=IntegerField(),
    )


def _by_person(rows: QuerySet[DueItem], day: date) -> list[PersonRow]:
    """One row per person. Grouped in the order of the index, so that nothing is sorted."""
    found = (
        rows.order_by()
        .values_list("village_id", "posyandu_id", "household_id", "plan_id")
        # every row of a person has the same stage: one minimum carries both
        .annotate(
            both=Min(rank_on(day) * Value(_TENS) + _stage_on(day)), bits=Sum("group", distinct=True)
        )
    )
    # 30,000 rows of integers: taken from the cursor, for the ORM would take as long as the database
    try:
        sql, params = found.query.sql_with_params()
    except EmptyResultSet:  # a scope without villages: there is nothing to ask for
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def _rank_then_id(row: PersonRow) -> int:
    """One integer to sort by: tuples would take twice as long."""
    return (row[BOTH] // _TENS << 48) + row[PERSON]


def _by_house(scope: Scope, rows: Sequence[PersonRow]) -> tuple[list[int], dict[int, list[int]]]:
    """Households by their most urgent person, then village, RT and address; persons in each."""
    persons: dict[int, list[int]] = {}
    worst: dict[int, int] = {}
    for _v, _p, house, person, both, _bits in sorted(rows, key=_rank_then_id):
        if house in worst:
            persons[house].append(person)
        else:
            persons[house], worst[house] = [person], both // _TENS
    bands: list[list[int]] = [[] for _ in URGENCIES]
    for house in people.household_ids_by_place(scope):
        if house in worst:
            bands[worst[house]].append(house)
    return [house for band in bands for house in band], persons


# what is not fresh


def not_planned_since(person_ids: Iterable[int], seq: int) -> list[int]:
    """Those of these persons whose plan has not seen the log up to `seq`, in order."""
    ids = list(person_ids)
    fresh: set[int] = set()
    for start in range(0, len(ids), _AT_ONCE):
        rows = PlanState.objects.filter(person_id__in=ids[start : start + _AT_ONCE], seq__gte=seq)
        fresh.update(rows.values_list("person_id", flat=True))
    return [pk for pk in ids if pk not in fresh]


def not_planned_after_change(changed: Mapping[int, int]) -> list[int]:
    """Those of {person: id of the newest change} whose plan has not seen that change, in order."""
    ids = list(changed)
    seen: dict[int, int] = {}
    for start in range(0, len(ids), _AT_ONCE):
        rows = PlanState.objects.filter(person_id__in=ids[start : start + _AT_ONCE])
        seen.update(rows.values_list("person_id", "change"))
    return [pk for pk in ids if seen.get(pk, -1) < changed[pk]]


def stale_ids(scope: Scope, today: date) -> list[int]:
    """Persons in scope whose stored plan has run out."""
    rows = PlanState.objects.filter(replan_on__lte=today)
    if scope.villages is not None:
        rows = rows.filter(village_id__in=scope.villages)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def n_registered(scope: Scope, where: Where) -> int:
    """How many residents are registered where the list looks."""
    rows = people.in_scope(scope)
    for column in ("village", "posyandu", "household"):
        wanted = getattr(where, column)
        if wanted is not None:
            rows = rows.filter(**{f"{column}_id": wanted})
    if where.place is not None:
        rows = rows.filter(household__rt__path__contains=f"/{where.place}/")
    return rows.count()


def n_by_village(scope: Scope) -> dict[int, int]:
    """{village: how many residents are registered there}; villages with nobody are left out."""
    rows = people.in_scope(scope).order_by().values_list("village_id").annotate(n=Count("pk"))
    return dict(rows)
