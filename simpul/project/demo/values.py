"""What the generator makes: families of residents with their facts, not yet in any database."""

from datetime import date

import msgspec

Value = float | str | bool | date


class Recipe(msgspec.Struct, frozen=True):
    """What to make: how many residents, of which seed, how long a history, as of which day."""

    today: date
    seed: int = 1
    residents: int = 3000
    growth_months: int = 60  # weighings older than this are left out
    screening_years: int = 3
    is_lean: bool = False  # leave out what no list and no indicator asks for


class Hood(msgspec.Struct, frozen=True):
    """The neighbourhood of one Posyandu: where it lies and how well it works (0 to 1)."""

    code: str  # of the Posyandu
    name: str
    village_code: str
    village: str
    hamlet: str
    number: int  # of the hood in its village, from 0
    rws: tuple[int, ...]
    rts: tuple[int, ...]
    weekday: int  # the Posyandu day: Monday is 0 …
    nth: int  # … of which week of the month
    attendance: float
    vaccination: float
    antenatal: float
    screening: float
    streets: tuple[str, ...]

    def rts_of(self, rw: int) -> tuple[int, ...]:
        """The numbers of the RT in one of its RW."""
        each = len(self.rts) // len(self.rws)
        first = self.rws.index(rw) * each
        return self.rts[first : first + each]


class DemoFact(msgspec.Struct, frozen=True, gc=False):
    """One observation. `at` is where: posyandu, pustu, puskesmas, home."""

    name: str
    on: date
    value: Value
    at: str = "posyandu"


class Resident(msgspec.Struct):
    """One person of a family; `mother` is the index of the mother in the same family."""

    name: str
    sex: str
    birth_date: date
    relation: str
    mother: int | None = None
    mother_name: str = ""
    nik: str | None = None
    nik_missing: str = ""
    since: date | None = None
    died_on: date | None = None
    left_on: date | None = None
    facts: list[DemoFact] = []

    def age_on(self, day: date) -> int:
        """Completed years."""
        before = (day.month, day.day) < (self.birth_date.month, self.birth_date.day)
        return day.year - self.birth_date.year - before

    def last_day(self, today: date) -> date:
        """The last day on which anything could be observed here."""
        return min(day for day in (today, self.died_on, self.left_on) if day)

    @property
    def is_current(self) -> bool:
        return self.died_on is None and self.left_on is None


class Pregnancy(msgspec.Struct, frozen=True):
    """One pregnancy of a family: whose, from when, and how it ended."""

    mother: int
    lmp: date
    ended_on: date | None = None  # None: still pregnant
    is_loss: bool = False


class Family(msgspec.Struct):
    """The people of one house."""

    hood: Hood
    number: int
    address: str
    rw: int
    rt: int
    card_number: str
    residents: list[Resident]
    pregnancies: list[Pregnancy] = []
    people: str = ""  # whose names they bear
    care: float = 1.0  # how readily this family comes, around 1

    @property
    def head_name(self) -> str:
        return self.residents[0].name

    @property
    def rt_label(self) -> str:
        return f"RT {self.rt:03d}/RW {self.rw:03d}"
