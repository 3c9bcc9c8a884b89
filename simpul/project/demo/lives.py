"""Families with their whole history: the generator that everything else reads.

Rule: pure and streaming; one family depends on the seed, its neighbourhood and its number only.
"""

from collections.abc import Iterator
from random import Random

from simpul.project.demo import adults, children, families, fates, mothers, named
from simpul.project.demo.values import DemoFact, Family, Hood, Recipe, Resident

CHILD_UNTIL = 18
_LEAN_WITHOUT = frozenset(("body.waist", "body.muac", "birth.length", "supplement.iron"))


def live(recipe: Recipe, hood: Hood, number: int) -> Family:
    """One family, its moves and deaths, and every fact about its people in order of day."""
    family = families.make(recipe, hood, number)
    rng = Random(f"{recipe.seed}:{hood.code}:{number}:life")  # noqa: S311  invented people
    fates.settle(rng, recipe, family)
    record(rng, recipe, family)
    return family


def record(rng: Random, recipe: Recipe, family: Family) -> None:
    """Fill in what was observed about each of the family."""
    for one in family.residents:
        one.facts = []
        years = one.age_on(recipe.today)
        if years < CHILD_UNTIL:
            one.facts += children.facts(rng, recipe, family, one)
        if years >= adults.FROM_YEARS:
            one.facts += adults.facts(rng, recipe, family, one)
    for index, fact in mothers.facts(rng, recipe, family):
        family.residents[index].facts.append(fact)
    for one in family.residents:
        kept = {(f.on, f.name): f for f in one.facts if _is_kept(recipe, one, f)}  # once a day
        one.facts = [kept[key] for key in sorted(kept)]


def _is_kept(recipe: Recipe, one: Resident, fact: DemoFact) -> bool:
    """Seen between birth and the last day here, and asked for by somebody."""
    if recipe.is_lean and fact.name in _LEAN_WITHOUT:
        return False
    return one.birth_date <= fact.on <= one.last_day(recipe.today)


def stream(recipe: Recipe, hood: Hood, holds: int) -> Iterator[Family]:
    """Families of a neighbourhood until as many live there as it holds."""
    number, living = 0, 0
    for family in named.families(recipe, hood):
        living += len(family.residents)
        yield family
    while living < holds:
        family = live(recipe, hood, number)
        number += 1
        living += sum(one.is_current for one in family.residents)
        yield family
