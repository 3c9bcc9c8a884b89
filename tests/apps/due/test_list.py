"""The due list: who sees whom, what it says, and that it shortens."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_list_and_person_render(melati, sign_in):
    client = sign_in(melati.budi)
    page = client.get(reverse("due:list"))
    assert page.status_code == 200
    html = page.content.decode()

    assert "Nayla Putri Rahman" in html
    for one in (melati.nayla, melati.mother, melati.grandmother, melati.rafi, melati.father):
        page = client.get(reverse("due:person", args=[one.pk]))
        assert page.status_code == 200
    open("/tmp/due/p.html", "w").write(page.content.decode())
    page = client.get(reverse("due:household", args=[melati.home.pk]))
    assert page.status_code == 200
