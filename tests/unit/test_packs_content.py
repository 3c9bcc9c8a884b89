"""The pack that is shipped: every case holds, everything has a source, the check is clean."""

import pytest

from simpul.packs import folder, load
from simpul.packs.cases import failure_of, read_cases
from simpul.packs.check import check
from simpul.packs.read import Reading

PACK = load()
CASES = read_cases(folder(), PACK, Reading())


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case(case):
    assert failure_of(PACK, case) == ""


def test_shipped_pack_has_no_problem():
    assert [str(problem) for problem in check(folder())] == []


SERVICES = """
imm.hb0 imm.bcg imm.opv imm.ipv imm.dpt_hb_hib imm.pcv imm.rv imm.mr imm.je imm.hpv imm.dt imm.td
growth.weigh growth.length growth.headc supplement.vitamin_a supplement.deworming anc.visit
postnatal.visit neonatal.visit screen.bp screen.glucose screen.elderly follow.bp follow.glucose
follow.two_t follow.nutrition
"""
INDICATORS = """
s k d n t two_t bgm stunting wasting underweight idl baduta imm.hb0 imm.bcg imm.opv4 imm.dpt1
imm.dpt3 imm.ipv2 imm.pcv2 imm.rv3 imm.mr1 imm.mr2 dropout_dpt1_mr1 k1 k1_pure k6 kf1 kf_complete
kn1 kn_complete vita deworming bp_screened glucose_screened elderly_screened
"""


def test_names_that_other_parts_are_written_against():
    assert set(SERVICES.split()) == set(PACK.services)
    assert set(INDICATORS.split()) == set(PACK.indicators)


def test_conflicts_of_the_sources_are_recorded():
    assert {f"C{number}" for number in range(1, 18)} <= set(PACK.conflicts)


def test_record_facts_of_every_service_are_known():
    for service in PACK.services.values():
        assert service.records
        assert set(service.records) <= set(PACK.facts)


def test_words_in_both_languages():
    things = [*PACK.facts.values(), *PACK.services.values(), *PACK.indicators.values()]
    for thing in things:
        assert thing.title["id"]
        assert thing.title["en"]
        assert thing.source in PACK.sources


def test_usual_is_possible():
    for fact in PACK.facts.values():
        if fact.hard and fact.plausible:
            assert fact.hard[0] <= fact.plausible[0] < fact.plausible[1] <= fact.hard[1], fact.name
