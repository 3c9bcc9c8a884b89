"""A pregnancy ends, the newborn is registered, owes HB0, gets it, and the figure moves."""

import uuid

import pytest
from django.urls import reverse

from simpul.people.models import Person
from tests.apps.due.steps import record
from tests.flow.reading import names_behind, owed_by

pytestmark = pytest.mark.django_db


def test_from_pregnancy_to_hb0(melati, sign_in):
    budi = sign_in(melati.budi)
    mother = melati.mother.pk

    begun = budi.post(
        reverse("due:pregnancy", args=[mother]),
        {"envelope": str(uuid.uuid4()), "lmp": "12 Feb 2026", "edd_usg": ""},
    )
    assert begun.status_code in (200, 302)
    assert "K6" in owed_by(budi, mother) or "K4" in owed_by(budi, mother)
    assert names_behind(budi, "k1", "missed") == ["Siti Aminah"]

    budi.post(
        reverse("due:pregnancy-end", args=[mother]),
        {"envelope": str(uuid.uuid4()), "ended": "birth", "on": "19 Nov 2026"},
    )
    owed = owed_by(budi, mother)
    assert "Kunjungan nifas" in owed
    assert "Pemeriksaan kehamilan" not in owed

    registered = budi.post(
        f"{reverse('people:register')}?mother={mother}",
        {
            "name": "Bayi Siti Aminah", "sex": "male", "birth_date": "19 Nov 2026", "nik": "",
            "nik_missing": "newborn", "mother": mother, "relation": "anak",
        },
    )  # fmt: skip
    baby = int(registered["Location"].rstrip("/").rsplit("/", 1)[1])
    assert Person.objects.get(pk=baby).mother == melati.mother
    assert "HB0" in owed_by(budi, baby) or "Hepatitis B" in owed_by(budi, baby)
    assert "Bayi Siti Aminah" in names_behind(budi, "imm.hb0", "missed")

    answer = record(budi, Person.objects.get(pk=baby), ["imm.hb0"], vaccine__hb0="on")
    assert answer.status_code in (200, 302)
    assert "HB0" not in owed_by(budi, baby)
    assert "Bayi Siti Aminah" in names_behind(budi, "imm.hb0", "reached")
    assert "Bayi Siti Aminah" not in names_behind(budi, "imm.hb0", "missed")
