"""A place is named with its kind before it, once, in the reader's language."""

import pytest
from django.utils import translation

from simpul.places.naming import full_name

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "name", "said"),
    [
        ("regency", "Kapuas", "Kabupaten Kapuas"),
        ("regency", "Kota Palangka Raya", "Kota Palangka Raya"),
        ("province", "Daerah Istimewa Yogyakarta", "Daerah Istimewa Yogyakarta"),
        ("village", "Panamas", "Desa Panamas"),
        ("rt", "RT 003/RW 001", "RT 003/RW 001"),
        ("posyandu", "Dahlia", "Posyandu Dahlia"),
        ("posyandu", "Posyandu Dahlia", "Posyandu Dahlia"),
        ("clinic", "Sehat", "Sehat"),
    ],
)
def test_the_kind_stands_before_the_name(kind, name, said):
    assert full_name(kind, name) == said


def test_the_kind_is_in_the_language_of_the_reader(melati):
    with translation.override("en"):
        assert melati.regency.full_name == "Regency of Kapuas"


def test_the_top_bar_names_the_regency_as_one(melati, sign_in):
    page = sign_in(melati.fitri).get("/people/", follow=True).content.decode()
    assert "Fitri<br>Kabupaten Kapuas" in page
