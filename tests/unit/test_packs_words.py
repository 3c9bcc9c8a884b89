"""Titles and reasons: complete sentences in Indonesian and English, with dates and the source."""

import re
from datetime import date

import pytest

from simpul.engine.plan import plan
from simpul.packs import folder, load
from simpul.packs.cases import read_cases
from simpul.packs.read import Reading

PACK = load()
ITEMS = {
    (item.service, item.occurrence, item.because.code, item.status, item.because.rule): item
    for case in read_cases(folder(), PACK, Reading())
    for item in plan(PACK, case.person, case.as_of)
}


def one(service, **wanted):
    return next(
        item
        for item in ITEMS.values()
        if item.service == service and all(getattr(item, k) == v for k, v in wanted.items())
    )


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_item_has_a_sentence(lang):
    for item in ITEMS.values():
        title, short = PACK.title_of(item, lang), PACK.short_of(item, lang)
        reason = PACK.reason_of(item, lang)
        for text in (title, short, reason):
            assert text.strip() == text
            assert not re.search(r"[{}]|None|\bnone\b| [.,]|  |@", text), (item, text)
        assert PACK.sources[item.source].title in reason
        assert not re.search(r"\d{4}-\d\d-\d\d", reason), reason


def test_titles():
    assert PACK.title_of(one("imm.mr", occurrence=1)) == "Campak-Rubela (MR) dosis 1"
    assert PACK.title_of(one("imm.mr", occurrence=3)) == "Campak-Rubela (MR) dosis 3 (BIAS kelas 1)"
    assert PACK.title_of(one("imm.bcg")) == "BCG"
    assert PACK.title_of(one("imm.mr", occurrence=2), "en") == "Measles-rubella (MR) dose 2"
    weigh = one("growth.weigh", occurrence=202608)
    assert PACK.title_of(weigh) == "Penimbangan Agustus 2026"
    assert PACK.short_of(weigh) == "Timbang Agu"
    anc = one("anc.visit", occurrence=5, status="later")
    assert (PACK.title_of(anc), PACK.short_of(anc)) == ("Pemeriksaan kehamilan K5", "K5")
    vita = one("supplement.vitamin_a", occurrence=202608, status="done")
    assert PACK.title_of(vita) == "Vitamin A kapsul biru, Agustus 2026"
    assert PACK.short_of(one("imm.opv", occurrence=2)) == "OPV2"


def test_reason_names_rule_facts_dates_and_source():
    early = PACK.reason_of(one("imm.opv", occurrence=2, valid=False))
    assert "14 Mar 2026 tidak dihitung karena terlalu awal, paling cepat 15 Mar 2026" in early
    assert "Sumber: KMK HK.01.07/MENKES/2015/2023, Tabel 7." in early
    waits = PACK.reason_of(one("imm.opv", occurrence=3, waits=True))
    assert "Menunggu dosis 2" in waits


def test_reason_says_what_is_to_be_verified():
    je = one("imm.je", status="done")
    assert PACK.reason_of(je).endswith("Perlu verifikasi.")
    bcg = one("imm.bcg", status="done")
    assert "Perlu verifikasi" not in PACK.reason_of(bcg)


def test_k5_wants_a_doctor():
    assert "dokter" in PACK.reason_of(one("anc.visit", occurrence=5, status="later"))


def test_urgency_is_that_of_the_finding():
    assert PACK.urgency_of(one("follow.bp", status="due")) == "urgent"
    high = next(i for i in ITEMS.values() if i.because.code == "high")
    assert PACK.urgency_of(high) == "normal"
    assert PACK.urgency_of(one("imm.bcg")) == "normal"


def test_old_rules_answer_for_old_days():
    """HPV: two doses before 21 January 2025, one since (conflict C1)."""
    before = {s.name: s for s in PACK.services_on(date(2025, 1, 20).toordinal())}
    after = {s.name: s for s in PACK.services_on(date(2025, 1, 21).toordinal())}
    assert len(before["imm.hpv"].doses) == 2
    assert len(after["imm.hpv"].doses) == 1
    oldest = {s.name for s in PACK.services_on(date(2020, 1, 1).toordinal())}
    assert "imm.mr" in oldest
