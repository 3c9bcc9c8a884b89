"""One person as the rules see them on one day: facts by name in order of day, ages as days.

Its one rule: nothing observed after the day is there, and of two facts on one day the last counts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable
from functools import lru_cache

from simpul.engine.days import Span, add_months, completed_months
from simpul.engine.values import Person, Value


class Track:
    """All days of one fact, ascending, with the value of each day."""

    __slots__ = ("days", "given", "values")

    def __init__(self, days: list[int], values: list[Value]) -> None:
        self.days = days
        self.values = values
        self.given = days  # the days on which the fact does not say no

    def refuse(self) -> None:
        """Leave out the days that say no."""
        pairs = zip(self.days, self.values, strict=True)
        self.given = [day for day, value in pairs if value is not False]


_NOTHING: list[int] = []


class Ages(dict[int, int]):
    """The day on which so many months of age are reached, worked out once each."""

    __slots__ = ("birth",)

    def __init__(self, birth: int) -> None:
        self.birth = birth

    def __missing__(self, months: int) -> int:
        day = self[months] = add_months(self.birth, months)
        return day


# Siblings in birth of one register share their ages; 8192 birthdays are some 20 years.
_ages = lru_cache(maxsize=8192)(Ages)


class Case:
    """A person on a day; `first` begins the period.

    `memo` keeps what several rules ask for on this day, `shared` what is the same on every day.
    """

    __slots__ = ("ages", "at", "birth", "first", "memo", "person", "shared", "tracks")

    def __init__(self, person: Person, at: int, first: int = 0) -> None:
        self.person = person
        self.at = at
        self.first = first
        self.birth = person.birth_date.toordinal()
        self.ages = _ages(self.birth)
        self.memo: dict[Hashable, object] = {}
        self.shared: dict[Hashable, object] = {}
        self.tracks = _tracks(person, at)

    def seen_on(self, day: int) -> Case:
        """The same person on an earlier day."""
        if day == self.at:
            return self
        key = ("seen", day)
        found = self.shared.get(key)
        if found is None:
            earlier = Case.__new__(Case)
            earlier.person, earlier.at, earlier.first = self.person, day, self.first
            earlier.birth, earlier.ages = self.birth, self.ages
            earlier.memo, earlier.shared, earlier.tracks = {}, self.shared, self.tracks
            found = self.shared[key] = earlier
        return found  # type: ignore[return-value]

    def age(self, length: Span) -> int:
        """The day on which this age is reached."""
        return self.ages[length.months] + length.days

    def age_months(self) -> int:
        """Completed months on the day."""
        found = self.memo.get("age_months")
        if found is None:
            found = self.memo["age_months"] = completed_months(self.birth, self.at)
        return found  # type: ignore[return-value]

    def days(self, name: str) -> list[int]:
        """The days on which the fact was observed, up to the day."""
        track = self.tracks.get(name)
        if track is None:
            return _NOTHING
        if track.days[-1] <= self.at:
            return track.days
        return track.days[: bisect_right(track.days, self.at)]

    def given(self, name: str) -> list[int]:
        """The days on which it was given: a fact that says no is not one."""
        track = self.tracks.get(name)
        if track is None:
            return _NOTHING
        if track.days[-1] <= self.at:
            return track.given
        return track.given[: bisect_right(track.given, self.at)]

    def latest(self, name: str) -> Value:
        """The last value observed up to the day; None is unknown."""
        track = self.tracks.get(name)
        if track is None:
            return None
        if track.days[-1] <= self.at:
            return track.values[-1]
        at = bisect_right(track.days, self.at)
        return track.values[at - 1] if at else None

    def on_day(self, name: str, day: int) -> Value:
        """The value observed on exactly that day; None is unknown."""
        track = self.tracks.get(name)
        if track is None:
            return None
        at = bisect_right(track.days, day) - 1
        return track.values[at] if at >= 0 and track.days[at] == day else None


def _tracks(person: Person, at: int) -> dict[str, Track]:
    lists: dict[str, tuple[list[int], list[Value]]] = {}
    unordered: set[str] = set()
    refused: set[str] = set()
    for fact in person.facts:
        day = fact.on.toordinal()
        if day > at:
            continue
        name, value = fact.name, fact.value
        if value is False:
            refused.add(name)
        found = lists.get(name)
        if found is None:
            lists[name] = [day], [value]
            continue
        days, values = found
        if day <= days[-1]:
            unordered.add(name)
        days.append(day)
        values.append(value)
    tracks = {name: Track(days, values) for name, (days, values) in lists.items()}
    for name in unordered:
        tracks[name] = _in_order(person, name, at)
    for name in refused:
        tracks[name].refuse()
    return tracks


def _in_order(person: Person, name: str, at: int) -> Track:
    """The slow way, for facts that come out of order or twice a day."""
    days: list[int] = []
    values: list[Value] = []
    facts = [fact for fact in person.facts if fact.name == name]
    # sorted() is stable: of two facts of one day without numbers the one that came last counts
    for fact in sorted(facts, key=lambda f: (f.on, f.seq)):
        day = fact.on.toordinal()
        if day > at:
            break
        if days and days[-1] == day:
            values[-1] = fact.value
        else:
            days.append(day)
            values.append(fact.value)
    return Track(days, values)
