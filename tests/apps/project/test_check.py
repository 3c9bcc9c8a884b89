"""`simpul check`: all is well, or what is wrong and how to mend it."""

import pytest

from simpul.accounts import actions as accounts
from simpul.accounts.models import AuditEntry
from simpul.due import actions as due
from simpul.due.models import DueItem
from simpul.project import checkup
from simpul.records import actions as records
from simpul.records.models import LogCounter


@pytest.fixture
def sound(melati, settings, tmp_path):
    settings.DATA = tmp_path
    tmp_path.chmod(0o700)
    records.record_visit(
        by=melati.budi,
        facts=[
            records.NewFact(melati.nayla.pk, "body.weight", melati.nayla.birth_date, 3.1),
            records.NewFact(melati.rafi.pk, "vaccine.bcg", melati.rafi.birth_date, True),
        ],
    )
    due.refresh()
    return melati


def wrong():
    return {finding.subject: finding for finding in checkup.findings() if not finding.is_well}


def test_a_sound_installation(sound):
    assert wrong() == {}


def test_an_edited_audit_row_is_found(sound):
    entry = accounts.log(by=sound.budi, action="look.person", object_kind="person", object_id=1)
    AuditEntry.objects.filter(pk=entry.pk).update(action="look.list")
    assert "putus" in wrong()["Rantai audit"].detail


def test_a_fact_that_was_taken_out_is_found(sound):
    LogCounter.objects.update(seq=99)
    assert "97 nomor hilang" in wrong()["Catatan"].detail


def test_a_list_that_differs_is_found(sound):
    DueItem.objects.filter(plan_id=sound.nayla.pk).delete()
    found = wrong()["Daftar sasaran"]
    assert "1 dari 5" in found.detail
    assert "simpul refresh" in found.mend


def test_secrets_others_can_read_are_found(sound, tmp_path):
    (tmp_path / "nik_key.secret").write_text("x")
    (tmp_path / "nik_key.secret").chmod(0o644)
    assert "chmod 600" in wrong()["Berkas rahasia"].mend


def test_a_full_disk_is_found(sound, monkeypatch):
    monkeypatch.setattr(checkup, "LEAST_FREE", 1 << 62)
    assert "kosongkan" in wrong()["Ruang disk"].mend
