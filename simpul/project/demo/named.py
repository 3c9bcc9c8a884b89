"""The few families of Posyandu Dahlia that the guide and the pictures tell of.

Rule: like everybody in the demonstration they are invented; their dates follow `today`.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from simpul.project.demo import adults, vaccines
from simpul.project.demo.days import add_months, months_old, sessions
from simpul.project.demo.values import DemoFact, Family, Hood, Pregnancy, Recipe, Resident

HOOD = "Dahlia"
VILLAGE = "62.03.01.1023"
_INFANT = (4.1, 5.0, 5.8, 6.4, 6.9, 7.3, 7.6, 7.9, 8.2, 8.5, 8.8, 9.0)  # kg by month, all N
_KM = "Jl. Trans Kapuas Km 3 No. 12"


def families(recipe: Recipe, hood: Hood) -> list[Family]:
    """The named families, when this is their Posyandu."""
    if (hood.name, hood.village_code) != (HOOD, VILLAGE):
        return []
    days = list(sessions(hood.weekday, hood.nth, add_months(recipe.today, -62), recipe.today))
    makers = (_rahman, _sugianto, _yuliana, _noraini, _bambang)
    made = [make(recipe, hood, days) for make in makers]
    for number, family in enumerate(made):
        family.number = -1 - number
        family.card_number = f"62030112051{number}000{number + 1}"
        for serial, one in enumerate(family.residents, 1):
            _number(one, recipe.today, 10 * number + serial)
            last = one.last_day(recipe.today)
            one.facts = sorted((f for f in one.facts if f.on <= last), key=lambda f: f.on)
    return made


def _family(hood: Hood, address: str, rt: int, rw: int, *residents: Resident) -> Family:
    return Family(hood, 0, address, rw, rt, "", list(residents))


def _number(one: Resident, today: date, serial: int) -> None:
    born = one.birth_date
    if (today - born).days < 60:
        one.nik_missing = "newborn"
        return
    day = born.day + (40 if one.sex == "female" else 0)
    one.nik = f"620301{day:02d}{born.month:02d}{born.year % 100:02d}{44 + serial:04d}"


def _born(today: date, years: int, months: int = 0, days: int = 0) -> date:
    return add_months(today, -12 * years - months) - timedelta(days=days)


def _adult(name: str, sex: str, born: date, relation: str, mother_name: str) -> Resident:
    return Resident(name, sex, born, relation, mother_name=mother_name)


def _screened(one: Resident, on: date, *, systolic: int = 118, elderly: bool = False) -> None:
    """One screening, all well unless told otherwise."""
    one.facts = [
        *one.facts,
        DemoFact("bp.systolic", on, float(systolic), "posyandu"),
        DemoFact("bp.diastolic", on, 76.0, "posyandu"),
        DemoFact("glucose.random", on, 104.0, "posyandu"),
    ]
    if elderly:
        one.facts += [DemoFact("elderly.aks", on, 20.0), DemoFact("elderly.skilas", on, 0.0)]


def _child(
    name: str, sex: str, born: date, mother: Resident, index: int, relation: str = "anak"
) -> Resident:
    one = Resident(name, sex, born, relation, mother=index, mother_name=mother.name)
    one.facts = [
        DemoFact("birth.weight", born, 3.1, "pustu"),
        DemoFact("birth.length", born, 49.0, "pustu"),
        DemoFact("vaccine.hb0", born, True, "pustu"),
    ]
    for days in (1, 5, 14):
        one.facts.append(DemoFact("neonatal.visit", born + timedelta(days=days), True, "pustu"))
    return one


def _vaccinated(born: date, days: Sequence[date], without: set[str]) -> Iterator[DemoFact]:
    """Every dose at its first Posyandu day, but for those left out ('mr1')."""
    card = vaccines.card(born)
    for day in days:
        if (day - born).days < 18:
            continue
        for dose in vaccines.owed(card, day):
            if f"{dose.vaccine}{dose.number}" not in without:
                vaccines.give(card, dose, day)
                yield DemoFact(f"vaccine.{dose.vaccine}", day, True)


def _weighed(
    born: date, days: Sequence[date], last: dict[date, float] | None = None
) -> Iterator[DemoFact]:
    """Weighed on these days, always gaining enough, but for the weights given for the last."""
    for day in days:
        months = months_old(born, day)
        if not 1 <= months < 60:
            continue
        usual = _INFANT[months - 1] if months <= 12 else 9.0 + 0.2 * (months - 12)
        yield DemoFact("body.weight", day, round((last or {}).get(day, usual), 1))
        if day.month in (2, 8):
            tall = 49 + 2.05 * months if months < 13 else 74 + 0.85 * (months - 12)
            yield DemoFact("body.lenhei", day, round(tall, 1))
            yield DemoFact("body.measure", day, "l" if months < 24 else "h")
        if months in (1, 3, 6, 9, 12, 18, 24, 30, 36, 42, 48, 54):
            yield DemoFact("body.headc", day, round(37 + 10 * (1 - 0.85**months), 1))


def _capsules(born: date, days: Sequence[date]) -> Iterator[DemoFact]:
    for day in days:
        months = months_old(born, day)
        if day.month in (2, 8) and 6 <= months < 60:
            yield DemoFact("supplement.vitamin_a", day, "blue" if months < 12 else "red")
            if day.month == 8 and months >= 12:
                yield DemoFact("supplement.deworming", day, True)


def _rahman(recipe: Recipe, hood: Hood, days: Sequence[date]) -> Family:
    """Nayla has not gained twice and lacks MR; Rafi was not weighed; two adults are due."""
    today = recipe.today
    father = _adult("Abdul Rahman", "male", _born(today, 34, 7, 9), "kepala keluarga", "Salmah")
    mother = _adult("Siti Rahmah", "female", _born(today, 29, 3, 18), "istri", "Arbayah")
    rafi = _child("Rafi Aditya Rahman", "male", _born(today, 4, 1, 6), mother, 1)
    nayla = _child(
        "Nayla Putri Rahman", "female", add_months(days[-1], -14) - timedelta(days=9), mother, 1
    )
    granny = _adult("Hj. Masniah", "female", _born(today, 67, 8, 15), "orang tua", "Aluh Bainah")
    father.mother, father.mother_name = 4, granny.name
    lately = {days[-4]: 8.3, days[-3]: 8.6, days[-2]: 8.7, days[-1]: 8.7}
    before = [day for day in days if months_old(nayla.birth_date, day) not in (5,)]
    young = {
        day: weight
        for day in before
        for weight in [_INFANT[max(0, months_old(nayla.birth_date, day) - 1) % 12] - 0.5]
        if 6 <= months_old(nayla.birth_date, day) < 11
    }
    nayla.facts += _weighed(nayla.birth_date, before, young | lately)
    nayla.facts += _vaccinated(nayla.birth_date, days, {"mr1", "ipv2", "pcv3"})
    nayla.facts += _capsules(nayla.birth_date, days)
    rafi.facts += _weighed(rafi.birth_date, days[:-1])
    rafi.facts += _vaccinated(rafi.birth_date, days, set())
    rafi.facts += [
        one
        for one in _capsules(rafi.birth_date, days)
        if (one.on - today).days < -150 or one.name == "supplement.deworming"
    ]
    _screened(father, today - timedelta(days=505))
    _screened(mother, today - timedelta(days=63))
    _screened(granny, today - timedelta(days=405), elderly=True)
    _screened(granny, today - timedelta(days=66))
    return _family(hood, "Jl. Barito Gang II No. 7", 3, 1, father, mother, rafi, nayla, granny)


def _sugianto(recipe: Recipe, hood: Hood, days: Sequence[date]) -> Family:
    """Wulandari, 32 weeks, lacks K5; her sister-in-law's baby is due for MR."""
    today = recipe.today
    head = _adult("Sugianto", "male", _born(today, 28, 2, 3), "kepala keluarga", "Tukinem")
    wife = _adult("Wulandari", "female", _born(today, 24, 5, 11), "istri", "Sri Hartini")
    sister = _adult("Mariana", "female", _born(today, 31, 1, 20), "famili lain", "Tukinem")
    baby = _child("Dimas Saputra", "male", _born(today, 0, 9, 6), sister, 2, "famili lain")
    lmp = today - timedelta(days=32 * 7 + 5)
    wife.facts = [DemoFact("pregnancy.lmp", lmp + timedelta(days=60), lmp, "puskesmas")]
    for after, who in ((60, "doctor"), (110, "midwife"), (150, "midwife"), (190, "midwife")):
        day = lmp + timedelta(days=after)
        wife.facts += [
            DemoFact("anc.visit", day, who, "puskesmas" if who == "doctor" else "pustu"),
            DemoFact("bp.systolic", day, 112.0, "pustu"),
            DemoFact("bp.diastolic", day, 72.0, "pustu"),
            DemoFact("supplement.iron", day, 30.0, "pustu"),
        ]
    wife.facts.append(DemoFact("lab.hb", lmp + timedelta(days=60), 11.2, "puskesmas"))
    _screened(wife, today - timedelta(days=200))
    _screened(head, today - timedelta(days=120))
    _screened(sister, today - timedelta(days=90))
    baby.facts += _weighed(baby.birth_date, days)
    baby.facts += _vaccinated(baby.birth_date, days, {"mr1", "ipv2"})
    baby.facts += _capsules(baby.birth_date, days)
    family = _family(hood, "Jl. Anggrek No. 21", 3, 1, head, wife, sister, baby)
    family.pregnancies = [
        Pregnancy(1, lmp),
        Pregnancy(2, baby.birth_date - timedelta(days=277), baby.birth_date),
    ]
    return family


def _yuliana(recipe: Recipe, hood: Hood, days: Sequence[date]) -> Family:
    """Citra has not come to the Posyandu for two months."""
    today = recipe.today
    mother = _adult("Yuliana", "female", _born(today, 30, 4, 2), "kepala keluarga", "Magdalena")
    citra = _child("Citra Anggraini", "female", _born(today, 2, 4, 9), mother, 0)
    citra.facts += _weighed(citra.birth_date, days[:-2])
    citra.facts += _vaccinated(citra.birth_date, days[:-2], set())
    citra.facts += [
        one
        for one in _capsules(citra.birth_date, days)
        if one.name != "supplement.deworming" or (today - one.on).days > 300
    ]
    _screened(mother, today - timedelta(days=150))
    return _family(hood, "Jl. Anggrek No. 34", 4, 1, mother, citra)


def _noraini(recipe: Recipe, hood: Hood, days: Sequence[date]) -> Family:
    """Noraini gave birth eight days ago and was seen once since."""
    today = recipe.today
    born, lmp = today - timedelta(days=8), today - timedelta(days=8 + 277)
    mother = _adult("Noraini", "female", _born(today, 27, 2, 14), "istri", "Hamsiah")
    father = _adult("Fahmi Hidayat", "male", _born(today, 31, 6, 1), "kepala keluarga", "Norhayati")
    baby = _child("Ahmad Zaini Hidayat", "male", born, mother, 1)
    baby.facts = [one for one in baby.facts if one.on <= born + timedelta(days=1)]
    mother.facts = [DemoFact("pregnancy.lmp", lmp + timedelta(days=70), lmp, "puskesmas")]
    visits = (70, "doctor"), (115, "midwife"), (150, "midwife"), (185, "midwife"), (236, "doctor")
    for after, who in (*visits, (262, "midwife")):
        mother.facts.append(DemoFact("anc.visit", lmp + timedelta(days=after), who, "pustu"))
    mother.facts += [
        DemoFact("pregnancy.ended", born, "birth", "puskesmas"),
        DemoFact("postnatal.visit", born + timedelta(days=1), True, "puskesmas"),
    ]
    _screened(mother, lmp + timedelta(days=115))
    _screened(father, today - timedelta(days=210))
    family = _family(hood, _KM, 5, 2, father, mother, baby)
    family.pregnancies = [Pregnancy(1, lmp, born)]
    return family


def _bambang(recipe: Recipe, hood: Hood, days: Sequence[date]) -> Family:
    """Bambang's blood pressure was high and has not been measured since."""
    today = recipe.today
    head = _adult("Bambang Sutrisno", "male", _born(today, 58, 3, 27), "kepala keluarga", "Paini")
    wife = _adult("Soemarni", "female", _born(today, 55, 9, 5), "istri", "Wagiyem")
    _screened(head, today - timedelta(days=48), systolic=152)
    rng = Random("bambang")  # noqa: S311  invented people
    family = _family(hood, "Jl. Anggrek No. 40", 4, 1, head, wife)
    wife.facts = adults.facts(rng, recipe, family, wife)
    return family
