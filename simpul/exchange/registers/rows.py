"""Reads and checks the rows of a register: who, where, what was measured; what is refused and why.
Its one rule: a bad row stops nobody but itself, and keeps its cells as they stood."""

from collections.abc import Callable, Iterator
from datetime import date

import msgspec

from simpul import packs
from simpul.exchange.registers import fields, values
from simpul.exchange.registers.values import BadValue
from simpul.exchange.registers.whereabouts import LEVELS, Whereabouts
from simpul.people import nik as niks

YOUNG_DAYS = 6 * 366
LIMITS_OF_THE_YOUNG = {"body.weight": (0.5, 60.0), "body.lenhei": (25.0, 145.0)}
OLDEST_YEARS = 120
# doubts about the person, not the row: told once, not for every month of weighing
_OF_THE_PERSON = {"nik_invalid", "nik_from_excel", "nik_unfit", "sex_unknown", "sex_from_nik"}
GRAMS_FROM = 100.0  # a birth weight of 3200 was written in grams


class Who(msgspec.Struct, frozen=True, gc=False):
    """A person and the home as one row gives them. Numbers point into Whereabouts."""

    name: str
    birth_date: date
    sex: str | None  # None: left blank, not known
    nik: str = ""
    nik_is_bad: bool = False
    mother: str = ""
    area: int = -1
    post: int = -1
    corner: int = -1
    rt_label: str = ""
    address: str = ""
    card: str = ""
    head: str = ""
    relation: str = ""
    is_estimated: bool = False


class Visit(msgspec.Struct, frozen=True, gc=False):
    """What one row says was observed. `who` is a number into Register.whos."""

    line: int
    who: int
    on: date | None
    values: tuple[tuple[str, float | str], ...]


class Problem(msgspec.Struct, frozen=True):
    """What is wrong in one cell."""

    field: str
    code: str
    detail: str = ""
    value: str = ""


class Refused(msgspec.Struct, frozen=True):
    """A row that was not taken in: every problem, the first one first, and its cells."""

    line: int
    problems: tuple[Problem, ...]
    cells: tuple[str, ...]


class Doubt(msgspec.Struct, frozen=True):
    """Something unusual about a row that was taken in."""

    line: int
    code: str
    value: str = ""
    other: str = ""


class Register(msgspec.Struct):
    """All that was read from a file."""

    where: Whereabouts
    header: list[str]
    n_rows: int = 0
    n_blank: int = 0
    whos: list[Who] = []
    visits: list[Visit] = []
    refused: list[Refused] = []
    doubts: list[Doubt] = []


class _Row:
    """One row being read: collects problems instead of stopping at the first."""

    def __init__(self, cells: list, at: dict[str, int]):
        self.cells, self.at = cells, at
        self.problems: list[Problem] = []
        self.doubts: list[tuple[str, str, str]] = []

    def cell(self, field: str):
        index = self.at.get(field, -1)
        return self.cells[index] if 0 <= index < len(self.cells) else None

    def text(self, field: str) -> str:
        cell = self.cell(field)
        return "" if cell is None or values.is_blank(cell) else values.text(cell)

    def refuse(self, field: str, code: str, detail: str = "") -> None:
        self.problems.append(Problem(field, code, detail, values.text(self.cell(field))[:60]))

    def read(self, field: str, reader: Callable, *options):
        """The value, or None with a problem noted when the cell cannot be read."""
        cell = self.cell(field)
        if cell is None or cell == "":
            return None
        try:
            return reader(cell, *options)
        except BadValue as bad:
            self.refuse(field, field, bad.code)
            return None


class RowReader:
    """Turns rows into whos and visits by the columns of the file."""

    def __init__(self, columns: fields.Columns, where: Whereabouts, today: date):
        self.columns, self.where, self.today = columns, where, today
        self.at = {field: i for i, field in enumerate(columns.fields) if field}
        self.numbers = [field for field in fields.NUMBERS if field in self.at]
        self.facts = packs.load().facts

    def is_blank(self, cells: list) -> bool:
        """Nothing in any column that counts: a row with only its number is blank too."""
        return all(
            index >= len(cells) or values.is_blank(cells[index]) for index in self.at.values()
        )

    def read(self, cells: list) -> tuple[Who | None, tuple, _Row]:
        """(who, (day, values), the row with its problems); who is None when refused."""
        row = _Row(cells, self.at)
        on = row.read("measured_on", values.day, self.columns.date_order)
        name = row.text("name")
        if not name:
            row.refuse("name", "name")
        sex, nik, nik_is_bad = self._identity(row)
        born, is_estimated = self._born(row, on)
        self._order_of_days(row, born, on)
        area = self._area(row)
        observed = self._observed(row, born, on)
        if row.problems or born is None:
            return None, (on, ()), row
        if nik and not niks.read_nik(nik).fits(sex=sex, birth_date=None if is_estimated else born):
            row.doubts.append(("nik_unfit", "", ""))
        who = Who(
            name=name, birth_date=born, sex=sex, nik=nik, nik_is_bad=nik_is_bad,
            mother=row.text("mother_name"), is_estimated=is_estimated, **self._home(row, area),
        )  # fmt: skip
        return who, (on, observed), row

    def _identity(self, row: _Row) -> tuple[str | None, str, bool]:
        sex = row.read("sex", values.sex)
        written = values.nik_text(row.cell("nik"))
        digits = ""
        if written:
            try:
                digits = niks.read_nik(written).digits
            except niks.BadNik as bad:
                if "e+" in written.lower():
                    row.doubts.append(("nik_from_excel", written[:30], ""))
                else:
                    n_digits = str(sum(map(str.isdigit, written)))
                    row.doubts.append(("nik_invalid", bad.code, n_digits))
        if sex is None and not any(p.field == "sex" for p in row.problems):
            sex = niks.read_nik(digits).sex if digits else None
            row.doubts.append(("sex_from_nik" if digits else "sex_unknown", "", ""))
        return sex, digits, bool(written and not digits)

    def _born(self, row: _Row, on: date | None) -> tuple[date | None, bool]:
        n_problems = len(row.problems)
        born = row.read("birth_date", values.day, self.columns.date_order)
        if born is not None or len(row.problems) > n_problems:
            return born, False
        if self.columns.kind == "table" and row.text("age"):
            old = row.read("age", values.age, self.columns.age_unit)
            if old is not None:
                return values.born_about(on or self.today, *old), True
            return None, False
        row.refuse("birth_date", "birth_date", "empty")
        return None, False

    def _order_of_days(self, row: _Row, born: date | None, on: date | None) -> None:
        if born and born > self.today:
            row.refuse("birth_date", "birth_in_future")
        elif born and self.today.year - born.year > OLDEST_YEARS:
            row.refuse("birth_date", "birth_date", "long_ago")
        if on and on > self.today:
            row.refuse("measured_on", "measured_in_future")
        elif born and on and on < born:
            row.refuse("measured_on", "measured_before_birth")

    def _area(self, row: _Row) -> int:
        province, regency, district, village = map(row.text, LEVELS)
        area = self.where.area((province, regency, district, village), row.text("puskesmas"))
        problem = self.where.areas[area].problem
        if problem:
            row.refuse("village", problem)
        return area

    def _home(self, row: _Row, area: int) -> dict:
        label = values.rt_label(row.cell("rt"), row.cell("rw"))[:40]
        return {
            "area": area,
            "post": self.where.post(area, row.text("posyandu")),
            "corner": self.where.corner(area, label),
            "rt_label": label,
            "address": row.text("address")[:200],
            "card": "".join(filter(str.isdigit, values.nik_text(row.cell("card_number"))))[:16],
            "head": row.text("head_name")[:120],
            "relation": row.text("relation")[:40],
        }

    def _observed(self, row: _Row, born: date | None, on: date | None) -> tuple:
        found: list[tuple[str, float | str]] = []
        is_young = bool(born and on and (on - born).days < YOUNG_DAYS)
        for field in self.numbers:
            number = row.read(field, values.number)
            if number is None:
                continue
            fact = fields.NUMBERS[field]
            if field in fields.AT_BIRTH:
                found += self._at_birth(row, field, fact, number)
            elif self._is_possible(fact, number, is_young):
                found.append((fact, number))
            else:
                row.refuse(field, field, "impossible")
        found += self._words(row, born, on, any(fact == "body.lenhei" for fact, _ in found))
        dated = [one for one in found if not one[0].startswith("birth.")]
        if dated and on is None and not any(p.field == "measured_on" for p in row.problems):
            row.refuse("measured_on", "measured_on", "empty")
        return tuple(found)

    def _is_possible(self, fact: str, number: float, is_young: bool) -> bool:
        limits = (LIMITS_OF_THE_YOUNG.get(fact) if is_young else None) or self.facts[fact].hard
        return limits is None or limits[0] <= number <= limits[1]

    def _at_birth(self, row: _Row, field: str, fact: str, number: float) -> Iterator[tuple]:
        """Birth weight and length: zero is 'not known'; what cannot be is left out, doubted."""
        if number == 0:
            return
        if fact == "birth.weight" and number >= GRAMS_FROM:
            number /= 1000
        if self._is_possible(fact, number, False):
            yield fact, number
        else:
            row.doubts.append(("birth_value", row.text(field), fields.FIELDS[field].headings[0]))

    def _words(self, row: _Row, born, on, has_length: bool) -> Iterator[tuple[str, float | str]]:
        if has_length:
            try:
                how = values.measure(row.cell("measure"))
            except BadValue:
                how = None
                row.doubts.append(("measure_unknown", row.text("measure")[:30], ""))
            if how:
                yield "body.measure", how
        both = row.read("pressure", values.pressure)
        if both:
            for fact, number in zip(("bp.systolic", "bp.diastolic"), both, strict=True):
                if self._is_possible(fact, number, False):
                    yield fact, number
                else:
                    row.refuse("pressure", "pressure", "impossible")
        given = row.read("vitamin_a", values.capsule)
        if given and born and on:
            colour = _colour(given, born, on)
            if colour:
                yield "supplement.vitamin_a", colour
            else:
                row.doubts.append(("vitamin_a_age", "", ""))


def _colour(given: str, born: date, on: date) -> str:
    """Blue at 6-11 months, red at 12-59 (domain §2.4); a colour that is named is kept."""
    if given != "any":
        return given
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    if 6 <= months <= 11:
        return "blue"
    return "red" if 12 <= months <= 59 else ""


def read_register(
    sheet, columns: fields.Columns, where: Whereabouts, today: date, progress=None
) -> Register:
    """Every row of the sheet, read and checked. `progress` is called with the rows read so far."""
    reader = RowReader(columns, where, today)
    register = Register(where, sheet.header)
    who_at: dict[Who, int] = {}
    for line, cells in sheet.rows():
        register.n_rows += 1
        if progress and register.n_rows % 500 == 0:
            progress(register.n_rows)
        if reader.is_blank(cells) or _is_header_again(cells, sheet.header):
            register.n_blank += 1
            continue
        who, (on, observed), row = reader.read(cells)
        if who is None or row.problems:
            kept = tuple(values.text(cell) for cell in cells)
            register.refused.append(Refused(line, tuple(row.problems), kept))
            continue
        is_first = who not in who_at
        if is_first:
            who_at[who] = len(register.whos)
            register.whos.append(who)
        register.visits.append(Visit(line, who_at[who], on, observed))
        register.doubts += [
            Doubt(line, *doubt)
            for doubt in row.doubts
            if is_first or doubt[0] not in _OF_THE_PERSON
        ]
    return register


def _is_header_again(cells: list, header: list[str]) -> bool:
    """A report printed in pages repeats its header."""
    if len(cells) < len(header) or values.text(cells[0]) != header[0]:
        return False
    return [values.text(cell) for cell in cells[: len(header)]] == header
