"""The book of rules: everything in the pack with its source, found by its words."""

import pytest
from django.utils import translation

from simpul import packs
from simpul.project import book as books

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(melati, sign_in):
    return sign_in(melati.budi)


def test_every_service_is_in_the_book_and_has_a_page(reader):
    page = reader.get("/book/").content.decode()
    for name, service in packs.load().services.items():
        assert f"/book/{name}/" in page
        chapter = reader.get(f"/book/{name}/")
        assert chapter.status_code == 200
        assert service.title["id"] in chapter.content.decode()


def test_what_is_not_sure_says_so(reader):
    unsure = next(one for one in packs.load().services.values() if one.confidence != "H")
    assert "perlu verifikasi" in reader.get(f"/book/{unsure.name}/").content.decode()


def test_facts_and_indicators_are_in_it(reader):
    page = reader.get("/book/").content.decode()
    for indicator in packs.load().indicators.values():
        assert f'id="indicator-{indicator.id}"' in page
    for fact in packs.load().facts:
        assert f"<code>{fact}</code>" in page


def test_it_is_searched_in_any_spelling(reader):
    page = reader.get("/book/", {"q": "tjampak"}).content.decode()
    assert "/book/imm.mr/" in page
    assert "/book/screen.bp/" not in page


def test_nothing_found_says_what_to_do(reader):
    page = reader.get("/book/", {"q": "kulkas"}).content.decode()
    assert "Coba satu kata saja" in page


def test_an_unknown_service_is_not_there(reader):
    assert reader.get("/book/imm.nothing/").status_code == 404


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get("/book/").status_code == 302


@pytest.mark.parametrize(("lang", "dose"), [("id", "Dosis 1"), ("en", "Dose 1")])
def test_both_languages_say_the_rule(reader, lang, dose):
    with translation.override(lang):
        chapter = books.chapter(packs.load(), packs.load().services["imm.mr"], lang)
    assert chapter.editions[0].lines[0].label == dose
    assert chapter.editions[0].lines[0].says
