"""The page of the situation, by the client, with the fixed cast."""

import pytest

pytestmark = pytest.mark.django_db


def test_a_midwife_sees_her_village(melati, sign_in):
    page = sign_in(melati.budi).get("/pws/")
    assert page.status_code == 200
    assert "Panamas" in page.content.decode()
