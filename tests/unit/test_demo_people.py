"""The people of the demonstration: repeatable, believable, and nothing impossible about them."""

from collections import Counter
from datetime import date, timedelta

import pytest

from simpul import packs
from simpul.engine.checks import check_value
from simpul.engine.plan import plan
from simpul.engine.values import Fact, Person
from simpul.people import nik as niks
from simpul.places.spelling import name_key
from simpul.project.demo import days, land, lives, names
from simpul.project.demo.values import Recipe

TODAY = date(2026, 11, 20)
# Shares of Indonesia's population by five years of age, per cent (projection for 2025).
PYRAMID = (7.9, 8.1, 8.0, 7.9, 7.9, 7.9, 7.7, 7.4, 7.1, 6.6, 6.0, 5.2, 4.2, 3.2, 2.3, 2.6)


def families_of(recipe):
    for hood, holds in land.hoods(recipe.residents, recipe.seed):
        yield from lives.stream(recipe, hood, holds)


@pytest.fixture(scope="module")
def families():
    return list(families_of(Recipe(today=TODAY, residents=3000)))


@pytest.fixture(scope="module")
def residents(families):
    return [one for family in families for one in family.residents]


def test_the_same_seed_makes_the_same_people():
    first, again, other = (
        list(families_of(Recipe(today=TODAY, residents=200, seed=seed))) for seed in (7, 7, 8)
    )
    assert first == again
    assert [f.head_name for f in first] != [f.head_name for f in other]


def test_a_family_depends_on_its_own_number_only():
    recipe = Recipe(today=TODAY, residents=400)
    hood, _holds = land.hoods(400, 1)[1]
    in_order = list(lives.stream(recipe, hood, 120))
    assert lives.live(recipe, hood, 5) == in_order[5]


def test_as_many_live_there_as_were_asked_for(residents):
    assert 3000 <= sum(one.is_current for one in residents) <= 3040


def test_ages_are_those_of_indonesia(residents):
    living = [one for one in residents if one.is_current]
    by_five = Counter(min(15, one.age_on(TODAY) // 5) for one in living)
    for group, share in enumerate(PYRAMID):
        assert 100 * by_five[group] / len(living) == pytest.approx(share, abs=2.2), group * 5


def test_households_have_the_size_of_kalimantans(families):
    sizes = [sum(one.is_current for one in family.residents) for family in families]
    assert 3.4 < sum(sizes) / len(sizes) < 4.1
    assert max(sizes) <= 12
    three = sum(any(one.relation == "cucu" for one in family.residents) for family in families)
    assert three > 40  # houses of three generations


def test_a_mother_is_a_living_woman_of_15_to_49(families):
    for family in families:
        for child in family.residents:
            if child.mother is None:
                assert child.mother_name
                continue
            mother = family.residents[child.mother]
            assert mother.sex == "female"
            assert 15 <= mother.age_on(child.birth_date) <= 49
            assert mother.died_on is None or mother.died_on > child.birth_date
            assert child.mother_name == mother.name


def test_some_are_twins_widows_strangers_to_the_register(families, residents):
    births = Counter(
        (family.hood.code, family.number, one.mother, one.birth_date)
        for family in families
        for one in family.residents
        if one.mother is not None
    )
    assert any(n == 2 for n in births.values())
    assert 0.02 < sum(one.nik is None for one in residents) / len(residents) < 0.1
    assert {one.nik_missing for one in residents} == {"", "newborn", "no_card", "never", "unknown"}
    assert any(one.died_on for one in residents)
    assert any(one.left_on for one in residents)
    assert any(one.since for one in residents)


def test_every_nik_fits_its_owner_and_nobody_elses(residents):
    numbers = [one.nik for one in residents if one.nik]
    assert len(set(numbers)) == len(numbers)
    for one in residents:
        if one.nik:
            assert niks.read_nik(one.nik).fits(sex=one.sex, birth_date=one.birth_date)
        assert bool(one.nik) != bool(one.nik_missing)


def test_nothing_is_observed_before_birth_or_after_the_end(residents):
    for one in residents:
        last = one.last_day(TODAY)
        assert one.birth_date <= last
        assert all(one.birth_date <= fact.on <= last for fact in one.facts)
        assert one.died_on is None or one.died_on > one.birth_date


def test_every_fact_is_possible(residents):
    types = packs.load().facts
    for one in residents:
        for fact in one.facts:
            type_ = types[fact.name]
            if type_.type == "number":
                assert isinstance(fact.value, float), fact
                assert check_value(type_, fact.value).level != "impossible", fact
            elif type_.type == "code":
                assert fact.value in type_.codes, fact
            else:
                assert isinstance(fact.value, {"flag": bool, "day": date}[type_.type]), fact


def test_nothing_is_seen_twice_on_a_day(residents):
    for one in residents:
        seen = Counter((fact.name, fact.on) for fact in one.facts)
        assert not [key for key, n in seen.items() if n > 1], one.name


def test_children_never_shrink_and_grow_like_who_says(residents):
    for one in residents:
        tall = [fact.value for fact in one.facts if fact.name == "body.lenhei"]
        assert tall == sorted(tall)


def owed(one):
    pack = packs.load()
    facts = tuple(Fact(f.name, f.on, f.value, seq) for seq, f in enumerate(one.facts))
    items = plan(pack, Person(one.sex, one.birth_date, facts, "62"), TODAY)
    return {
        f"{item.service}.{item.occurrence}"
        if item.service[:4] in ("imm.", "anc.")
        else item.service
        for item in items
        if item.status in ("due", "late")
    }


def test_a_believable_share_is_owed_something(families):
    villages = Counter()
    owing = Counter()
    for family in families:
        for one in family.residents:
            if one.is_current:
                villages[family.hood.village] += 1
                owing[family.hood.village] += bool(owed(one))
    assert 0.10 < owing.total() / villages.total() < 0.25
    shares = {name: owing[name] / n for name, n in villages.items()}
    assert max(shares, key=shares.get) == "Selat Dalam"
    assert min(shares, key=shares.get) == "Selat Hulu"


@pytest.mark.parametrize("today", [TODAY, date(2026, 3, 1), date(2027, 2, 28), date(2028, 2, 29)])
def test_the_named_families_fit_the_guide_on_any_day(today):
    recipe = Recipe(today=today, residents=3000)
    hood = land.hoods(3000, 1)[0][0]
    from simpul.project.demo import named

    people = {one.name: one for family in named.families(recipe, hood) for one in family.residents}
    nayla = people["Nayla Putri Rahman"]
    assert days.months_old(nayla.birth_date, today) in (14, 15)
    assert nayla.nik is not None
    assert people["Abdul Rahman"].age_on(today) == 34
    assert all(f.on <= today for one in people.values() for f in one.facts)


def test_what_the_guide_tells_of_is_there(residents):
    by_name = {one.name: one for one in residents}
    nayla = owed(by_name["Nayla Putri Rahman"])
    assert {"follow.two_t", "imm.mr.1", "imm.ipv.2", "imm.pcv.3"} <= nayla
    assert "anc.visit.5" in owed(by_name["Wulandari"])
    assert "postnatal.visit" in owed(by_name["Noraini"])
    assert "follow.bp" in owed(by_name["Bambang Sutrisno"])
    assert "screen.elderly" in owed(by_name["Hj. Masniah"])
    assert owed(by_name["Siti Rahmah"]) == set()


def test_pregnancies_are_as_many_as_births_need(residents, families):
    current = sum(p.ended_on is None for family in families for p in family.pregnancies)
    born = sum(TODAY - one.birth_date <= timedelta(days=365) for one in residents)
    assert 0.006 < current / 3000 < 0.02
    assert 0.5 < current / (born * 0.65) < 1.8


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("Suparman", "Soeparman"),
        ("Jumiati", "Djoemiati"),
        ("Cipto", "Tjipto"),
        ("Yusuf", "Joesoef"),
    ],
)
def test_old_spelling_is_found_by_the_new(new, old):
    assert names.old_spelling(new) == old
    assert name_key(new) == name_key(old)


def test_four_hundred_thousand_have_places_to_live():
    hoods = land.hoods(400_000, 1)
    assert sum(holds for _hood, holds in hoods) == 400_000
    codes = [hood.code for hood, _holds in hoods]
    assert len(set(codes)) == len(codes)
    villages = land.villages(400_000, 1)
    assert len({village.code for village in villages}) == len(villages) > 100
    assert len({village.name for village in villages}) == len(villages)
    assert [village.name for village in villages[:4]] == [
        "Panamas", "Selat Dalam", "Selat Hulu", "Murung Keramat",
    ]  # fmt: skip


def test_a_large_demonstration_keeps_about_eleven_facts_each():
    recipe = Recipe(today=TODAY, residents=2000, growth_months=14, screening_years=1, is_lean=True)
    people = [one for family in families_of(recipe) for one in family.residents]
    assert 9 < sum(len(one.facts) for one in people) / len(people) < 12.5
