"""A child entered twice: both are seen, a person merges them, their records are read together, and
the merge is taken back without loss."""

import re

import pytest
from django.urls import reverse

from simpul.people.models import LikelyPair, Person
from simpul.records.models import Fact
from tests.apps.due.steps import weigh
from tests.flow.reading import names_behind

pytestmark = pytest.mark.django_db


def test_merge_and_take_back(melati, sign_in):
    budi = sign_in(melati.budi)
    weigh(melati.nayla, d20261115=8.7)
    registered = budi.post(
        f"{reverse('people:register')}?household={melati.home.pk}",
        {
            "name": "Naila Poetri Rahman", "sex": "female", "birth_date": "8 Sep 2025", "nik": "",
            "nik_missing": "no_card", "mother_name": "Siti Aminah", "relation": "anak",
        },
    )  # fmt: skip
    page = registered.content.decode()
    assert "Nayla Putri Rahman" in page  # 'perhaps registered already', before anything is saved
    assert not Person.objects.filter(name="Naila Poetri Rahman").exists()
    budi.post(
        f"{reverse('people:register')}?household={melati.home.pk}",
        {
            "name": "Naila Poetri Rahman", "sex": "female", "birth_date": "8 Sep 2025", "nik": "",
            "nik_missing": "no_card", "mother_name": "Siti Aminah", "relation": "anak",
            **_sure(page),
        },
    )  # fmt: skip
    double = Person.objects.get(name="Naila Poetri Rahman")
    weigh(double, d20261020=8.6)
    assert len(names_behind(budi, "s", "counted")) == 3

    pair = LikelyPair.objects.get()
    assert {pair.first_id, pair.second_id} == {melati.nayla.pk, double.pk}
    n_facts = Fact.objects.count()
    budi.post(reverse("people:pair-decide", args=[pair.pk]), {"keep": melati.nayla.pk})
    assert len(names_behind(budi, "s", "counted")) == 2
    history = budi.get(reverse("due:person", args=[melati.nayla.pk])).content.decode()
    assert "8,6 kg" in history
    assert "8,7 kg" in history

    budi.post(reverse("people:unmerge", args=[double.pk]))
    assert len(names_behind(budi, "s", "counted")) == 3
    assert Fact.objects.count() == n_facts


def _sure(page: str) -> dict[str, str]:
    """The button by which the user says: somebody else, register."""
    return {"asked": re.search(r'name="asked" value="([^"]+)"', page).group(1)}
