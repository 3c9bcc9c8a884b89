"""Places below a village: each its own, however long the names above it."""

import pytest

from simpul.places import actions as places

pytestmark = pytest.mark.django_db


def test_every_rt_of_an_rw_is_a_place_of_its_own(melati):
    hamlet = places.add_below(parent=melati.panamas, kind="hamlet", name="Sei Asam")
    above = places.add_below(parent=hamlet, kind="rw", name="RW 003")
    labels = [f"RT {number:03d}/RW 003" for number in range(1, 15)]

    made = [places.add_below(parent=above, kind="rt", name=label) for label in labels]

    assert [one.name for one in made] == labels
    assert len({one.pk for one in made}) == len(labels)
    assert {one.parent_id for one in made} == {above.pk}
    assert made[8].code == "62.03.01.1010/sei-asam/rw-003/rt-009"


def test_a_long_name_does_not_cut_the_code(melati):
    name = "Sei Tatas Hilir Seberang Kampung Baru"
    hamlet = places.add_below(parent=melati.panamas, kind="hamlet", name=name)
    first = places.add_below(parent=hamlet, kind="rw", name="RW 001")
    second = places.add_below(parent=hamlet, kind="rw", name="RW 002")

    assert first.pk != second.pk
    assert max(len(place.code) for place in (hamlet, first, second)) <= 40
    assert places.add_below(parent=hamlet, kind="rw", name="RW 001") == first
