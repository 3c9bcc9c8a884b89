"""The fixed cast: Ani (kader), Budi (midwife), Dewi (counter), Eko (head), Fitri (district), Citra
(works elsewhere: must see nothing)."""

from datetime import date
from types import SimpleNamespace

from simpul.accounts import actions as accounts
from simpul.people import actions as people
from simpul.places import actions as places

PASSWORD = "kapuas-2026-uji"


def make_melati() -> SimpleNamespace:
    """Places, facilities, users and two households; attributes named after them."""
    it = SimpleNamespace()
    add = places.add_place
    it.province = add(code="62", kind="province", name="Kalimantan Tengah")
    it.regency = add(code="62.03", kind="regency", name="Kapuas", parent=it.province)
    it.district = add(code="62.03.01", kind="district", name="Selat", parent=it.regency)
    it.panamas = add(code="62.03.01.1010", kind="village", name="Panamas", parent=it.district)
    it.hulu = add(code="62.03.01.1011", kind="village", name="Selat Hulu", parent=it.district)
    it.far = add(code="62.03.09.2001", kind="village", name="Tamban", parent=it.regency)
    it.rt3 = places.add_below(parent=it.panamas, kind="rt", name="RT 003/RW 001")
    it.puskesmas = places.add_facility(
        code="P-MELATI", kind="puskesmas", name="Melati", village=it.panamas,
        covers=[it.panamas, it.hulu],
    )  # fmt: skip
    it.pustu = places.add_facility(
        code="T-PANAMAS", kind="pustu", name="Pustu Panamas", village=it.panamas,
        parent=it.puskesmas, covers=[it.panamas], phone="0812-0000-0000",
    )  # fmt: skip
    it.dahlia = places.add_facility(
        code="Y-DAHLIA", kind="posyandu", name="Dahlia", village=it.panamas, parent=it.puskesmas,
        covers=[it.rt3],
    )  # fmt: skip
    it.elsewhere = places.add_facility(
        code="P-TAMBAN", kind="puskesmas", name="Tamban", village=it.far, covers=[it.far]
    )
    _users(it)
    _families(it)
    return it


def _users(it: SimpleNamespace) -> None:
    def user(username, name, role, **where):
        return accounts.add_user(
            username=username, password=PASSWORD, name=name, role=role, **where
        )

    it.ani = user("ani", "Ani", "kader", facility=it.dahlia)
    it.budi = user("budi", "Budi", "midwife", facility=it.pustu)
    it.dewi = user("dewi", "Dewi", "clerk", facility=it.puskesmas)
    it.eko = user("eko", "Eko", "head", facility=it.puskesmas)
    it.fitri = user("fitri", "Fitri", "district", area=it.regency)
    it.citra = user("citra", "Citra", "midwife", facility=it.elsewhere)


def _families(it: SimpleNamespace) -> None:
    it.home = people.register_household(
        by=None,
        new=people.NewHousehold(
            village=it.panamas, rt=it.rt3, posyandu=it.dahlia, address="Jl. Barito Gang II No. 7",
            rt_label="RT 003/RW 001", head_name="Abdul Rahman",
        ),
    )  # fmt: skip

    def person(name, sex, birth, **more):
        return people.register_person(
            by=None,
            new=people.NewPerson(
                household=it.home, name=name, sex=sex, birth_date=date.fromisoformat(birth), **more
            ),
        )

    it.father = person("Abdul Rahman", "male", "1992-04-11")
    it.mother = person("Siti Aminah", "female", "1995-08-02")
    it.nayla = person("Nayla Putri Rahman", "female", "2025-09-08", mother=it.mother)
    it.rafi = person("Rafi Aditya Rahman", "male", "2022-10-14", mother=it.mother)
    it.grandmother = person("Hj. Masniah", "female", "1959-03-05")
