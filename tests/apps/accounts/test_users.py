"""The head looks after the accounts of the own Puskesmas; roles and places of work must fit."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from simpul.accounts import actions, queries
from simpul.accounts.models import AuditEntry, User
from tests.cast import PASSWORD

USERS, ADD = reverse("accounts:users"), reverse("accounts:user-add")


def test_the_head_sees_the_accounts_of_the_own_puskesmas_only(melati, sign_in):
    text = sign_in(melati.eko).get(USERS).content.decode()
    for name in ("Ani", "Budi", "Dewi"):
        assert f'<span class="nm">{name}</span>' in text
    assert "Citra" not in text
    assert "Fitri" not in text


def test_the_district_sees_the_accounts_of_its_facilities(melati, sign_in):
    page = sign_in(melati.fitri).get(USERS)
    assert b"Citra" in page.content
    assert ADD.encode() not in page.content


@pytest.mark.parametrize("who", ["ani", "budi", "dewi"])
def test_others_do_not_find_the_pages(melati, sign_in, who):
    client = sign_in(getattr(melati, who))
    for page in (USERS, ADD, reverse("accounts:activity")):
        assert client.get(page).status_code == 404


def test_the_head_adds_a_kader_and_hands_over_a_password_once(melati, sign_in):
    client = sign_in(melati.eko)
    page = client.post(
        ADD,
        {"name": "Lilis", "username": "Lilis", "role": "kader", "facility": melati.dahlia.pk},
    )
    assert page.status_code == 200
    lilis = queries.user_named("lilis")
    password = page.context["password"]
    assert lilis.check_password(password)
    assert password in page.content.decode()
    assert password not in client.get(USERS).content.decode()
    assert AuditEntry.objects.filter(action="add.user", object_id=str(lilis.pk)).exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"username": "ani"}, "sudah dipakai"),
        ({"username": "dua kata"}, "tanpa spasi"),
        ({"role": "kader", "facility": "pustu"}, "Kader bekerja di Posyandu"),
        ({"facility": "elsewhere"}, "Tempat kerja"),
        ({"role": "head", "facility": "puskesmas"}, "Peran"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(melati, sign_in, changed, said):
    sent = {"name": "Lilis", "username": "lilis", "role": "midwife", "facility": "pustu", **changed}
    sent["facility"] = getattr(melati, sent["facility"]).pk
    answer = sign_in(melati.eko).post(ADD, sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not User.objects.filter(name="Lilis").exists()


def test_the_head_resets_and_closes_accounts_of_the_own_people_only(melati, sign_in):
    client = sign_in(melati.eko)
    page = client.post(reverse("accounts:user-password", args=[melati.ani.pk]))
    assert queries.user_named("ani").check_password(page.context["password"])
    client.post(reverse("accounts:user-switch", args=[melati.ani.pk]))
    assert not queries.user_named("ani").is_active
    client.post(reverse("accounts:user-switch", args=[melati.ani.pk]))
    assert queries.user_named("ani").is_active
    for other in (melati.citra, melati.fitri, melati.eko):
        assert client.post(reverse("accounts:user-switch", args=[other.pk])).status_code == 404
        answer = client.post(reverse("accounts:user-password", args=[other.pk]))
        assert answer.status_code == 404
        other.refresh_from_db()
        assert other.is_active
        assert other.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("role", "where", "said"),
    [
        ("kader", {"facility": "pustu"}, "Kader bekerja di Posyandu"),
        ("head", {"facility": "pustu"}, "Kepala memimpin Puskesmas"),
        ("district", {"facility": "puskesmas"}, "Dinas kesehatan memakai wilayah"),
        ("district", {"area": "panamas"}, "kabupaten/kota atau provinsi"),
        ("midwife", {"area": "regency"}, "Hanya dinas kesehatan"),
    ],
)
def test_role_and_place_of_work_must_fit(melati, role, where, said):
    where = {key: getattr(melati, name) for key, name in where.items()}
    with pytest.raises(ValidationError) as raised:
        actions.add_user(username="baru", password=PASSWORD, name="Baru", role=role, **where)
    assert said in " ".join(raised.value.messages)


def test_the_activity_page_shows_what_the_own_people_did(melati, sign_in):
    actions.log(
        by=melati.ani, action="look.person", object_kind="person", object_id=melati.nayla.pk
    )
    actions.log(by=melati.citra, action="look.list", note="rahasia")
    client = sign_in(melati.eko)
    page = reverse("accounts:activity")
    text = client.get(page).content.decode()
    assert "membuka halaman orang" in text
    assert "rahasia" not in text
    assert "membuka halaman orang" not in client.get(page, {"kind": "write"}).content.decode()
    assert "membuka halaman orang" in client.get(page, {"user": melati.ani.pk}).content.decode()
