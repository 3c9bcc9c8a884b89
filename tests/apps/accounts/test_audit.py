"""The audit chain: an edited, dropped or reordered row is found."""

from datetime import timedelta

import pytest
from django.db.models import F

from simpul.accounts import actions
from simpul.accounts.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(melati):
    for number in range(10):
        actions.log(by=melati.budi, action="look.person", object_kind="person", object_id=number)
    last = AuditEntry.objects.latest("number").number
    assert list(actions.broken_links()) == []
    return last - 5, last


def test_an_edited_row_is_found(chain):
    number, _ = chain
    for changed in ({"user": None}, {"object_id": "7"}, {"action": "x"}, {"note": "x"}):
        before = AuditEntry.objects.filter(pk=number).values(*changed).get()
        AuditEntry.objects.filter(pk=number).update(**changed)
        assert number in list(actions.broken_links()), changed
        if "user" in before:
            before = {"user_id": before["user"]}
        AuditEntry.objects.filter(pk=number).update(**before)
    AuditEntry.objects.filter(pk=number).update(at=F("at") + timedelta(seconds=1))
    assert number in list(actions.broken_links())


def test_a_dropped_row_is_found(chain):
    number, _ = chain
    AuditEntry.objects.filter(pk=number).delete()
    assert number + 1 in list(actions.broken_links())


def test_dropped_rows_at_the_end_are_found(chain):
    _, last = chain
    AuditEntry.objects.filter(pk__in=(last, last - 1)).delete()
    assert list(actions.broken_links()) == [last - 1]


def test_reordered_rows_are_found(chain):
    number, _ = chain
    AuditEntry.objects.filter(pk=number).update(number=999_999)
    AuditEntry.objects.filter(pk=number + 1).update(number=number)
    AuditEntry.objects.filter(pk=999_999).update(number=number + 1)
    assert number in list(actions.broken_links())


def test_an_edit_with_its_digest_made_anew_is_found_at_the_next_row(chain):
    number, _ = chain
    entry = AuditEntry.objects.get(pk=number)
    entry.object_id = "7"
    before = AuditEntry.objects.get(pk=number - 1).digest
    entry.digest = actions._digest(entry, before)
    entry.save()
    assert list(actions.broken_links()) == [number + 1]
