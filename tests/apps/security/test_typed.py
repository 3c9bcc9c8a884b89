"""What is typed into a search stands in no address, no log line and no table in clear."""

import logging
import re
from datetime import date
from urllib.parse import unquote

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from simpul.people import actions as people
from simpul.pws import actions as pws

NIK = "6203014809251234"
SEARCHES = [
    reverse("people:search"),
    reverse("people:register"),
    reverse("due:list"),
    "/pws/names/s/counted/",
]


@pytest.fixture
def budi(melati, sign_in):
    people.edit_person(by=None, person=melati.nayla, nik=NIK, nik_missing="")
    pws.catch_up(month=date(2026, 11, 1))
    return sign_in(melati.budi)


@pytest.mark.parametrize("page", SEARCHES)
@pytest.mark.parametrize("typed", ["Nayla Putri", NIK])
def test_the_address_holds_a_token_only(budi, caplog, page, typed):
    caplog.set_level(logging.DEBUG)
    answer = budi.post(page, {"q": typed, "nik": NIK, "name": "Nayla"})
    assert answer.status_code == 302
    address = unquote(answer["Location"]).replace("+", " ")
    assert typed not in address
    assert NIK not in address
    assert "Nayla" not in address
    shown = budi.get(answer["Location"])
    assert f'value="{typed}"' in shown.content.decode()
    lines = "\n".join(r.getMessage() for r in caplog.records if r.name.startswith("django.req"))
    assert typed not in lines


@pytest.mark.parametrize("page", SEARCHES)
def test_nothing_typed_into_an_address_is_taken(budi, page):
    assert 'value="Nayla' not in budi.get(page, {"q": "Nayla"}).content.decode()


@pytest.mark.parametrize("page", SEARCHES)
def test_a_search_needs_the_token_of_the_form(melati, page):
    client = Client(enforce_csrf_checks=True)
    client.force_login(melati.budi, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(page, {"q": "Nayla"}).status_code == 403
    html = client.get(page).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)[1]
    assert client.post(page, {"q": "Nayla", "csrfmiddlewaretoken": token}).status_code == 302


def test_while_typing_the_address_of_the_page_is_replaced(budi):
    answer = budi.post(SEARCHES[0], {"q": "Nayla"}, headers={"HX-Request": "true"})
    assert "Nayla Putri Rahman" in answer.content.decode()
    assert re.fullmatch(r"/people/\?q=[\w-]{8}", answer["HX-Replace-Url"])
    again = budi.get(answer["HX-Replace-Url"]).content.decode()
    assert "Nayla Putri Rahman" in again


def test_the_session_keeps_it_sealed_and_only_for_its_owner(budi, melati):
    token = budi.post(SEARCHES[0], {"q": NIK})["Location"]
    [session] = Session.objects.all()
    assert NIK not in str(session.get_decoded())
    other = Client()
    other.force_login(melati.eko, backend="django.contrib.auth.backends.ModelBackend")
    assert "Nayla" not in other.get(token).content.decode()


def test_an_ended_session_carries_nothing_to_the_login(melati, client):
    answer = client.post(SEARCHES[0], {"q": NIK})
    assert answer["Location"] == "/accounts/login/?next=/people/"


def test_links_of_a_searched_list_keep_the_search(budi):
    html = budi.post(
        reverse("due:list"), {"q": "Nayla", "urgency": ["urgent", "late", "due"]}, follow=True
    )
    text = html.content.decode()
    assert "Rafi Aditya" not in text
    sheet = re.search(r'href="(/due/sheet/[^"]+)"', text)[1].replace("&amp;", "&")
    assert "urgency=urgent" in sheet
    assert budi.get(sheet).status_code == 200
