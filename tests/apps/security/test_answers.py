"""What every answer carries, what a form needs, and how sessions begin and end."""

import logging
import re
import subprocess
import sys

import pytest
from axes.models import AccessAttempt
from django.conf import settings as installation
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from simpul.accounts import actions as accounts
from simpul.accounts import queries
from simpul.accounts.models import AuditEntry
from simpul.project.discreet import Discreet
from tests.cast import PASSWORD
from tests.repo.test_closed import ALL, filled

LOGIN = reverse("accounts:login")
BACKEND = "django.contrib.auth.backends.ModelBackend"


def enter(client, username="budi", password=PASSWORD, **more):
    return client.post(LOGIN, {"username": username, "password": password, **more})


# answers


def test_every_answer_is_kept_nowhere_and_framed_nowhere(melati, client):
    client.force_login(melati.budi, backend=BACKEND)
    pages = ["/due/", "/due/person/0/", "/nowhere/", "/", LOGIN, "/accounts/users/", "/imports/"]
    answers = [client.get(url) for url in pages]
    answers += [client.post("/accounts/logout/"), client.get("/due/")]
    answers.append(Client(enforce_csrf_checks=True).post(LOGIN, {}))
    answers.append(Client().get(LOGIN, headers={"Host": "evil.example"}))
    assert {one.status_code for one in answers} == {200, 302, 400, 403, 404}
    for one in answers:
        assert "no-store" in one["Cache-Control"]
        assert "private" in one["Cache-Control"]
        policy = one["Content-Security-Policy"]
        assert "script-src 'self';" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        if one.status_code != 400:  # answered before anything of ours: no page, no referrer
            assert one["X-Frame-Options"] == "DENY"
        assert one["Referrer-Policy"] == "same-origin"
        assert one["X-Content-Type-Options"] == "nosniff"


def test_a_failure_shows_and_logs_nothing_of_anybody(melati, client, monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise ValueError(melati.nayla.name)

    monkeypatch.setattr("simpul.due.queries.found", fail)
    client.force_login(melati.budi, backend=BACKEND)
    client.raise_request_exception = False
    answer = client.get("/due/")
    assert answer.status_code == 500
    assert "Nayla" not in answer.content.decode()
    assert "Content-Security-Policy" in answer
    for record in caplog.records:
        if record.levelno >= logging.WARNING:
            line = Discreet().format(logging.makeLogRecord({**record.__dict__, "exc_text": None}))
            assert "Nayla" not in line
            assert "ValueError" in line
    handlers = installation.LOGGING["handlers"]
    assert {one["formatter"] for one in handlers.values()} == {"discreet"}
    assert not installation.DEBUG


def test_static_files_are_served_without_a_listing(db, client):
    sheet = client.get("/static/ui/simpul.css")
    assert "no-store" not in sheet["Cache-Control"]
    sheet.close()
    for path in ("/static/", "/static/ui/", "/static/../simpul/project/settings.py"):
        assert client.get(path).status_code in (301, 302, 404)


def test_the_check_for_going_live_is_clean(tmp_path):
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env={"PATH": "", "SIMPUL_DATA": str(tmp_path / "d"), "SIMPUL_HTTPS": "1"},
        cwd=installation.PACKAGE.parent, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


# forms


@pytest.mark.parametrize(("name", "route"), ALL)
def test_no_form_is_taken_from_elsewhere(melati, name, route):
    client = Client(enforce_csrf_checks=True)
    client.force_login(melati.eko, backend=BACKEND)
    values = {
        "person_id": melati.nayla.pk, "household_id": melati.home.pk, "user_id": melati.ani.pk,
    }  # fmt: skip
    for headers in ({}, {"HX-Request": "true"}):
        answer = client.post(filled(route, values), {"x": "y"}, headers=headers)
        assert answer.status_code in (403, 405), name


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "http:x"],
)
def test_the_login_leads_to_our_own_pages_only(melati, client, wanted):
    assert enter(client, next=wanted)["Location"] == "/"
    assert client.get(LOGIN, {"next": wanted})["Location"] == "/"
    told = client.post(reverse("set_language"), {"language": "en", "next": wanted})
    assert "evil" not in told["Location"]


# sessions


def test_a_session_given_beforehand_is_worth_nothing(melati, client):
    session = client.session
    session["x"] = 1
    session.save()
    client.cookies[installation.SESSION_COOKIE_NAME] = session.session_key
    assert enter(client).status_code == 302
    assert client.cookies[installation.SESSION_COOKIE_NAME].value != session.session_key


def test_logging_out_ends_the_session_on_the_server(melati, client):
    enter(client)
    key = client.cookies[installation.SESSION_COOKIE_NAME].value
    client.post("/people/", {"q": "Nayla"})
    client.post("/accounts/logout/")
    thief = Client()
    thief.cookies[installation.SESSION_COOKIE_NAME] = key
    assert thief.get("/due/").status_code == 302
    assert not Session.objects.filter(session_key=key).exists()


@pytest.mark.parametrize("how", ["own", "reset", "closed"])
def test_another_password_ends_all_other_sessions(melati, client, how):
    enter(client)
    assert client.get("/due/").status_code == 200
    other = Client()
    enter(other)
    if how == "own":
        new = {"new_password1": "sungai-kapuas-9", "new_password2": "sungai-kapuas-9"}
        other.post("/accounts/me/", {"old_password": PASSWORD, **new})
        assert other.get("/due/").status_code == 200
    elif how == "reset":
        accounts.reset_password(user=melati.budi, by=melati.eko)
    else:
        accounts.switch(user=melati.budi, is_active=False, by=melati.eko)
    assert client.get("/due/").status_code == 302


def test_cookies_are_closed_to_scripts_and_hold_no_name(melati, client):
    enter(client)
    client.post(reverse("people:death", args=[melati.nayla.pk]), {"on": "2026-11-01"})
    client.post(reverse("people:return", args=[melati.nayla.pk]))  # "Nayla … is a resident again"
    for name, cookie in client.cookies.items():
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax"
        assert "Nayla" not in cookie.value
    assert set(client.cookies) == {"sessionid", "csrftoken"}


# failures


def test_after_five_failures_even_the_right_password_waits(melati, client):
    for _ in range(5):
        enter(client, "BUDI ", "salah-salah-1")
    answer = enter(client)
    assert answer.status_code == 429
    assert client.get("/due/").status_code == 302


def test_failures_do_not_tell_whether_an_account_is_there(melati, client):
    accounts.switch(user=melati.ani, is_active=False, by=None)

    def told(username):
        answers = [enter(client, username, "salah-salah-1") for _ in range(7)]
        texts = [re.sub(r'(value=|Token": )"[^"]*"', "", one.content.decode()) for one in answers]
        return [(one.status_code, text) for one, text in zip(answers, texts, strict=True)]

    assert told("budi") == told("nobody") == told("ani")


def test_the_time_of_a_failure_does_not_tell_either(melati, client, monkeypatch):
    """For a name that is no account a password is hashed as well."""
    hashed = []
    hasher = "django.contrib.auth.hashers.MD5PasswordHasher.encode"
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(hasher, lambda *a, **k: hashed.append(1) or encode(*a, **k))
    counts = []
    for name in ("budi", "nobody"):
        hashed.clear()
        enter(client, name, "salah-salah-1")
        counts.append(len(hashed))
    assert counts[0] == counts[1] >= 1


def test_no_password_is_kept_of_a_failure(melati, client):
    enter(client, "budi", "salah-rahasia-1")
    attempt = AccessAttempt.objects.get()
    assert "rahasia" not in str(attempt.__dict__)


def test_failures_appear_on_the_activity_page_of_the_head(melati, client, monkeypatch):
    for name in ("budi", "budi", "kata-sandi-yang-salah-tempat", "citra"):
        enter(client, name, "salah-salah-1")
    client.force_login(melati.eko, backend=BACKEND)
    text = client.get(reverse("accounts:activity")).content.decode()
    assert "Gagal masuk dalam 7 hari terakhir" in text
    assert "<b>budi</b>: 2 kali gagal" in text
    assert "kata-sandi-yang" not in text
    assert "<b>citra</b>" not in text


def test_writes_are_logged_and_the_chain_holds(melati, client):
    client.force_login(melati.budi, backend=BACKEND)
    client.post(reverse("people:household-edit", args=[melati.home.pk]), {
        "address": "Jl. Baru 1", "posyandu": melati.dahlia.pk, "rt": "3", "rw": "1",
        "head_name": "Abdul Rahman", "card_number": "",
    })  # fmt: skip
    assert AuditEntry.objects.filter(action="edit.household", user=melati.budi).count() == 1
    assert list(accounts.broken_links()) == []
    AuditEntry.objects.filter(action="edit.household").update(user=melati.eko)
    assert list(accounts.broken_links())
    assert queries.activity(queries.scope_of(melati.ani)).count() == 0
