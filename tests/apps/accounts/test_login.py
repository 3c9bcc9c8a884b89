"""Signing in and out, the lock after failures, one's own password, demonstration accounts."""

import pytest
from axes.models import AccessFailureLog
from django.urls import reverse

from simpul.accounts import queries
from simpul.accounts.models import AuditEntry
from tests.cast import PASSWORD

LOGIN = "/accounts/login/"


def _try(client, username="budi", password=PASSWORD, **more):
    return client.post(LOGIN, {"username": username, "password": password, **more})


def test_a_midwife_signs_in_and_out(melati, client):
    answer = _try(client, "Budi")  # capitals in the name do not matter
    assert answer.status_code == 302
    assert answer["Location"] == reverse("home")
    assert client.get(reverse("accounts:me")).status_code == 200
    assert client.get(LOGIN).status_code == 302  # already inside
    assert client.get(reverse("accounts:logout")).status_code == 405
    client.post(reverse("accounts:logout"))
    assert client.get(reverse("accounts:me")).status_code == 302
    actions = list(AuditEntry.objects.order_by("number").values_list("action", flat=True))
    assert actions[-2:] == ["login.user", "logout.user"]


def test_a_wrong_password_says_what_to_do_and_not_which_was_wrong(melati, client):
    texts = [_try(client, name, "salah").content.decode() for name in ("budi", "siapa")]
    for text in texts:
        assert "Nama pengguna atau kata sandi salah" in text


@pytest.mark.parametrize("wanted", ["https://jahat.example/", "//jahat.example", "javascript:x"])
def test_it_leads_to_no_other_site(melati, client, wanted):
    assert _try(client, next=wanted)["Location"] == reverse("home")
    client.logout()
    assert _try(client, next="/accounts/me/")["Location"] == "/accounts/me/"


def test_five_failures_lock_the_account_for_a_while(melati, client):
    for _ in range(4):
        assert _try(client, password="salah").status_code == 200
    locked = _try(client, password="salah")
    assert locked.status_code == 429
    assert "15 menit" in locked.content.decode()
    assert _try(client).status_code == 429  # the right password must wait too
    assert _try(client, "dewi").status_code == 302  # others are not locked


def test_failures_stay_readable_after_a_success(melati, client):
    _try(client, password="salah")
    _try(client)
    assert AccessFailureLog.objects.get().username == "budi"


def test_a_closed_account_does_not_get_in(melati, client):
    melati.budi.is_active = False
    melati.budi.save()
    assert _try(client).status_code == 200
    client.force_login(melati.budi, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("accounts:me")).status_code == 302


def test_demonstration_accounts_are_shown_in_the_demonstration_only(melati, client, settings):
    account = {
        "username": "budi", "password": PASSWORD, "name": "Budi", "role": "Bidan",
        "workplace": "Pustu Panamas",
    }  # fmt: skip
    assert PASSWORD not in client.get(LOGIN).content.decode()
    settings.DEMO, settings.DEMO_ACCOUNTS = True, [account]
    text = client.get(LOGIN).content.decode()
    assert PASSWORD in text
    assert "Pustu Panamas" in text


def test_one_changes_the_own_password(melati, sign_in, client):
    sign_in(melati.budi)
    page = reverse("accounts:me")
    new = "sungai-barito-2026"
    wrong = client.post(page, {"old_password": "salah", "new_password1": new, "new_password2": new})
    assert wrong.status_code == 422
    assert "Kata sandi lama salah" in wrong.content.decode()
    short = {"old_password": PASSWORD, "new_password1": "budi", "new_password2": "budi"}
    assert client.post(page, short).status_code == 422
    right = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post(page, right).status_code == 302
    assert client.get(page).status_code == 200  # still signed in
    assert queries.user_named("budi").check_password(new)


def test_a_user_without_a_place_of_work_sees_nothing(melati):
    melati.budi.facility = None
    scope = queries.scope_of(melati.budi)
    assert scope.is_empty
    assert not scope.may_write
