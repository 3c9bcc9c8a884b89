"""What each of the cast may see: the places of their work, never more."""

from simpul.accounts import queries
from simpul.accounts.scope import EVERYTHING, NOTHING
from simpul.people import queries as people


def seen(user):
    return set(people.in_scope(queries.scope_of(user)).values_list("name", flat=True))


def test_each_role_sees_the_places_of_its_work(melati):
    panamas, hulu, far = melati.panamas.pk, melati.hulu.pk, melati.far.pk
    villages = {
        name: queries.scope_of(getattr(melati, name)).villages
        for name in ("ani", "budi", "dewi", "eko", "fitri", "citra")
    }
    assert villages == {
        "ani": {panamas},
        "budi": {panamas},
        "dewi": {panamas, hulu},
        "eko": {panamas, hulu},
        "fitri": {panamas, hulu, far},
        "citra": {far},
    }
    assert queries.scope_of(melati.ani).posyandu == {melati.dahlia.pk}
    assert queries.scope_of(melati.budi).posyandu is None


def test_a_kader_sees_her_posyandu_only(melati):
    assert "Nayla Putri Rahman" in seen(melati.ani)
    melati.nayla.posyandu = None
    melati.nayla.save()
    assert "Nayla Putri Rahman" not in seen(melati.ani)
    assert "Nayla Putri Rahman" in seen(melati.budi)


def test_a_district_sees_its_regency_only(melati):
    from simpul.places import actions as places

    other = places.add_place(
        code="62.04", kind="regency", name="Barito Selatan", parent=melati.province
    )
    village = places.add_place(code="62.04.01.2001", kind="village", name="Buntok", parent=other)
    assert village.pk not in queries.scope_of(melati.fitri).villages
    melati.fitri.area = other
    assert seen(melati.fitri) == set()


def test_a_stranger_and_a_user_without_a_place_see_nothing(melati):
    assert seen(melati.citra) == set()
    melati.budi.facility = None
    assert queries.scope_of(melati.budi).is_empty
    assert seen(melati.budi) == set()
    melati.eko.is_active = False
    assert queries.scope_of(melati.eko) == NOTHING
    assert queries.scope_of(None) == NOTHING
    assert NOTHING.is_empty


def test_what_each_role_may_do(melati):
    may = {
        name: (scope.may_write, scope.may_import, scope.sees_clinical)
        for name in ("ani", "budi", "dewi", "eko", "fitri")
        for scope in [queries.scope_of(getattr(melati, name))]
    }
    assert may == {
        "ani": (True, False, False),
        "budi": (True, True, True),
        "dewi": (True, True, False),
        "eko": (True, True, True),
        "fitri": (False, False, False),
    }
    assert EVERYTHING.villages is None
