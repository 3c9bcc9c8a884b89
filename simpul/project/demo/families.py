"""Who lives together: couples, children, grandparents, widows, three generations.

Rule: children are born of a mother of 17 to 45 years, two years apart or twins; what she would
bear after today is today's pregnancies, so births and pregnancies agree with each other.
"""

from datetime import date, timedelta
from random import Random

from simpul.project.demo import names
from simpul.project.demo.values import Family, Hood, Pregnancy, Recipe, Resident

YEAR = 365.2425
TERM = 280  # days from the first day of the last menstruation to birth
KNOWN_FROM = 45  # days after which a pregnancy is noticed

# years of age of the woman at the head of the house, and their share
_WOMEN = (
    (19, 24, 8), (25, 29, 11), (30, 34, 13), (35, 39, 13), (40, 44, 12), (45, 49, 11),
    (50, 54, 10), (55, 59, 8), (60, 64, 6), (65, 69, 4), (70, 74, 2), (75, 84, 2),
)  # fmt: skip
_CHILDREN = ((0, 4), (1, 15), (2, 43), (3, 25), (4, 9), (5, 4))
_STAYS_AT_HOME = ((18, 1.0), (20, 0.92), (22, 0.8), (25, 0.62), (30, 0.42), (120, 0.2))


def pick(rng: Random, weighted) -> int:
    """One of the pairs (value, weight)."""
    return rng.choices([one for one, _ in weighted], [weight for _, weight in weighted])[0]


def day_of_age(rng: Random, today: date, years: int) -> date:
    """A birth date of somebody who has completed so many years today."""
    return today - timedelta(days=int((years + rng.random()) * YEAR) + 1)


def make(recipe: Recipe, hood: Hood, number: int) -> Family:
    """The family of this number in the neighbourhood, without facts, moves and deaths."""
    rng = Random(f"{recipe.seed}:{hood.code}:{number}")  # noqa: S311  invented people
    family = Family(
        hood=hood, number=number, address=_address(rng, hood, number),
        rw=(rw := rng.choice(hood.rws)), rt=rng.choice(hood.rts_of(rw)),
        card_number=_card(rng), residents=[], care=rng.triangular(0.55, 1.12, 1.05),
    )  # fmt: skip
    family.people = people = names.people(rng)
    if rng.random() < 0.03:
        _single(rng, recipe, family, people)
    else:
        _couple(rng, recipe, family, people)
    _order(family)
    return family


def _address(rng: Random, hood: Hood, number: int) -> str:
    street = hood.streets[number % len(hood.streets)]
    if street.startswith("Jl. Trans"):
        return f"{street} Km {rng.randint(2, 9)} No. {rng.randint(1, 60)}"
    lane = f" Gang {rng.choice(('I', 'II', 'III', 'IV'))}" if rng.random() < 0.25 else ""
    return f"{street}{lane} No. {rng.randint(1, 90)}"


def _card(rng: Random) -> str:
    """A family card number: area, the day it was issued, a serial; some are not at hand."""
    if rng.random() < 0.08:
        return ""
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(6, 26)
    return f"620301{day:02d}{month:02d}{year:02d}{rng.randint(1, 9999):04d}"


def _single(rng: Random, recipe: Recipe, family: Family, people: str) -> None:
    """Someone living alone: a young worker, or an old widow."""
    sex = rng.choice(("female", "male"))
    years = rng.choice((rng.randint(20, 35), rng.randint(58, 84)))
    family.residents.append(_adult(rng, recipe, people, sex, years, "kepala keluarga"))


def _adult(
    rng: Random, recipe: Recipe, people: str, sex: str, years: int, relation: str
) -> Resident:
    born = day_of_age(rng, recipe.today, years)
    return Resident(names.full_name(rng, people, sex, born.year), sex, born, relation)


def _couple(rng: Random, recipe: Recipe, family: Family, people: str) -> None:
    low, high, _share = rng.choices(_WOMEN, [share for _low, _high, share in _WOMEN])[0]
    years = rng.randint(low, high)
    apart = rng.random() < (0.05 if years < 55 else 0.22 if years < 70 else 0.5)
    father = None
    if not apart:
        older = max(17, years + round(rng.gauss(3.5, 3)))
        his = people if rng.random() < 0.8 else names.people(rng)
        father = _adult(rng, recipe, his, "male", min(older, 92), "kepala keluarga")
        family.residents.append(father)
    mother = _adult(rng, recipe, people, "female", years, "istri" if father else "kepala keluarga")
    family.residents.append(mother)
    bear(rng, recipe, family, mother, father)
    if years >= 43 and rng.random() < 0.6:
        _next_generation(rng, recipe, family, people)
    if years < 52 and rng.random() < 0.22:
        _grandparents(rng, recipe, family, people, mother, father)


def bear(
    rng: Random, recipe: Recipe, family: Family, mother: Resident, father: Resident | None
) -> None:
    """Her births until today, and her pregnancy today when the next child is on its way."""
    index = family.residents.index(mother)
    wanted = pick(rng, _CHILDREN)
    day = mother.birth_date + timedelta(days=int(min(37, max(17.3, rng.gauss(23.4, 3.6))) * YEAR))
    while wanted > 0 and day < mother.birth_date + timedelta(days=int(44.5 * YEAR)):
        lmp = day - timedelta(days=TERM + round(rng.gauss(0, 7)))
        if day > recipe.today:
            if lmp <= recipe.today - timedelta(days=KNOWN_FROM):
                family.pregnancies.append(Pregnancy(index, lmp))
            break
        twins = rng.random() < 0.011
        for _ in range(2 if twins else 1):
            _child(rng, recipe, family, mother, father, day)
        family.pregnancies.append(Pregnancy(index, lmp, day))
        wanted -= 1
        day += timedelta(days=int(rng.triangular(2.0, 7.5, 3.4) * YEAR))
    _maybe_loss(rng, recipe, family, index)


def _maybe_loss(rng: Random, recipe: Recipe, family: Family, index: int) -> None:
    """A few pregnancies of the last year ended early."""
    mother = family.residents[index]
    mine = [one for one in family.pregnancies if one.mother == index]
    last = max((one.ended_on or recipe.today for one in mine), default=mother.birth_date)
    lmp = recipe.today - timedelta(days=rng.randint(120, 500))
    if 18 <= mother.age_on(lmp) < 44 and rng.random() < 0.012 and (lmp - last).days > 90:
        ended = lmp + timedelta(days=rng.randint(50, 110))
        family.pregnancies.append(Pregnancy(index, lmp, ended, is_loss=True))


def _child(
    rng: Random, recipe: Recipe, family: Family, mother: Resident, father: Resident | None, on: date
) -> None:
    years = recipe.today.year - on.year
    stays = next(share for limit, share in _STAYS_AT_HOME if years < limit)
    if rng.random() >= stays:
        return
    sex = "male" if rng.random() < 0.512 else "female"
    taken = [one.name for one in family.residents]
    people = names.people(rng) if rng.random() < 0.1 else family.people
    name = names.full_name(rng, people, sex, on.year, father.name if father else "", taken)
    index = family.residents.index(mother)
    family.residents.append(Resident(name, sex, on, "anak", mother=index, mother_name=mother.name))


def _next_generation(rng: Random, recipe: Recipe, family: Family, people: str) -> None:
    """A grown daughter or son married and stayed: a second couple and its children."""
    grown = [
        one for one in family.residents if one.relation == "anak" and one.age_on(recipe.today) >= 20
    ]
    if not grown:
        return
    stayed = grown[0]
    years = stayed.age_on(recipe.today)
    other = "male" if stayed.sex == "female" else "female"
    spouse = _adult(rng, recipe, people, other, max(19, years + rng.randint(-3, 4)), "menantu")
    family.residents.append(spouse)
    wife, husband = (stayed, spouse) if stayed.sex == "female" else (spouse, stayed)
    before = len(family.residents)
    bear(rng, recipe, family, wife, husband)
    for grandchild in family.residents[before:]:
        grandchild.relation = "cucu"


def _grandparents(
    rng: Random, recipe: Recipe, family: Family, people: str, mother: Resident,
    father: Resident | None,
) -> None:  # fmt: skip
    """The mother of one of the couple lives with them, sometimes with her husband."""
    child = father if father and rng.random() < 0.45 else mother
    years = child.age_on(recipe.today) + rng.randint(19, 33)
    if years > 90:
        return
    granny = _adult(rng, recipe, people, "female", years, "orang tua")
    if (child.birth_date - granny.birth_date).days < 18 * YEAR:
        return
    family.residents.append(granny)
    child.mother, child.mother_name = len(family.residents) - 1, granny.name
    if rng.random() < 0.35 and years < 80:
        family.residents.append(
            _adult(rng, recipe, people, "male", years + rng.randint(1, 6), "orang tua")
        )


def _order(family: Family) -> None:
    """Those whose mother is not in the house still know her name."""
    rng = Random(f"{family.hood.code}:{family.number}:mothers")  # noqa: S311
    for one in family.residents:
        if one.mother is None and not one.mother_name:
            people = names.people(rng)
            one.mother_name = names.full_name(rng, people, "female", one.birth_date.year - 25)
