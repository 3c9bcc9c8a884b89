"""Closed by default: no page opens for a stranger, and none shows a person of another area."""

import re

import pytest
from django.urls import URLPattern, get_resolver

PUBLIC = {"accounts:login", "set_language", "gallery"}
LOGIN = "/accounts/login/"


def patterns(found=None, path="", names=()):
    """Every URL of the project as (name, path with <arguments>)."""
    for one in found or get_resolver().url_patterns:
        route = path + str(one.pattern).lstrip("^").rstrip("$")
        if isinstance(one, URLPattern):
            yield ":".join((*names, one.name or "?")), route
        else:
            below = (*names, one.namespace) if one.namespace else names
            yield from patterns(one.url_patterns, route, below)


def filled(route, values=None):
    """The path with its arguments filled in."""
    values = values or {}

    def fill(match):
        kind, _, name = match[1].rpartition(":")
        if name in values:
            return str(values[name])
        return {"uuid": "00000000-0000-0000-0000-000000000001", "int": "1"}.get(kind, "x")

    return "/" + re.sub(r"<([^>]+)>", fill, route)


ALL = sorted(set(patterns()))


def test_there_are_pages_to_walk():
    assert len(ALL) > 20
    assert {"people:search", "accounts:login"} <= {name for name, _ in ALL}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "route"), ALL)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_the_login(client, method, name, route):
    if name in PUBLIC:
        pytest.skip("open to all")
    answer = getattr(client, method)(filled(route))
    is_to_login = answer.status_code == 302 and answer["Location"].startswith(LOGIN)
    assert is_to_login or answer.status_code in (403, 404, 405), answer


def _of_person(melati):
    return {
        "person_id": melati.nayla.pk, "household_id": melati.home.pk, "user_id": melati.ani.pk,
    }  # fmt: skip


ABOUT_SOMEBODY = [
    (name, route) for name, route in ALL if re.search(r"person_id|household_id|user_id", route)
]


@pytest.mark.parametrize(("name", "route"), ABOUT_SOMEBODY)
def test_somebody_of_another_area_finds_no_person_of_melati(melati, sign_in, name, route):
    client = sign_in(melati.citra)
    for method in (client.get, client.post):
        answer = method(filled(route, _of_person(melati)))
        assert answer.status_code in (404, 405), (name, answer.status_code)
        assert "Nayla" not in answer.content.decode()


@pytest.mark.parametrize(("name", "route"), ALL)
def test_no_page_shows_a_user_without_a_place_of_work_anybody(melati, sign_in, name, route):
    melati.budi.facility = None
    melati.budi.save()
    answer = sign_in(melati.budi).get(filled(route, _of_person(melati)))
    assert answer.status_code in (200, 302, 403, 404, 405), (name, answer.status_code)
    if hasattr(answer, "content"):
        text = answer.content.decode(errors="ignore")
        assert "Nayla" not in text
        assert "Abdul Rahman" not in text
