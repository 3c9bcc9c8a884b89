"""Tags, filters, base page and error pages, rendered by Django."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.http import Http404
from django.template import Context, Template, loader
from django.test import RequestFactory
from django.utils import translation

from simpul.ui import context, gallery, specimens

TODAY = date(2026, 11, 20)


def show(source, **values):
    return Template("{% load i18n ui %}" + source).render(Context(values))


@pytest.fixture(params=["id", "en"])
def language(request):
    with translation.override(request.param):
        yield request.param


def test_status_is_colour_shape_and_word():
    pill = show("{% status 'late' %}")
    assert 'class="st st-late"' in pill
    assert "#i-late" in pill
    assert "Terlambat" in pill
    assert "Tidak berlaku" in show("{% status 'not_applicable' %}")
    other = show("{% status 'due' label shape='up' %}", label="<Cukup>")
    assert "#i-up" in other
    assert "&lt;Cukup&gt;" in other


def test_icons_are_in_the_sprite():
    sprite = Path(finders.find("ui/icons.svg")).read_text()
    for name in gallery.ICONS.split():
        assert f'id="i-{name}"' in sprite
    assert sprite.count("<symbol") == len(gallery.ICONS.split())
    assert 'role="img"><title>Ubah' in show("{% icon 'pen' label='Ubah' %}")


def test_filters_follow_the_language(language):
    shown = show(
        "{{ birth|age:today }}|{{ today|day_long }}|{{ 1250.5|number }}|{{ none|day }}"
        "|{{ none|age:today }}|{{ missing|percent }}|{{ missing|kg }}|{{ at|moment }}",
        birth=date(2024, 7, 1), today=TODAY, none=None,
        at=datetime(2026, 11, 20, 18, 5, tzinfo=UTC),
    )  # fmt: skip
    assert (
        shown
        == {
            "id": "2 th 4 bln|Jumat, 20 Nov 2026|1.250,5|–|–|–|–|21 Nov 2026 01.05",
            "en": "2 y 4 mo|Friday, 20 Nov 2026|1,250.5|–|–|–|–|21 Nov 2026 01:05",
        }[language]
    )


def test_field_joins_label_hint_and_error():
    shown = show("{% field form.weight unit='kg' %}{% field form.length %}", form=specimens.form())
    assert 'for="id_weight"' in shown
    assert 'id="id_weight_error"' in shown
    assert "<span>kg</span>" in shown
    assert 'aria-invalid="true"' in shown
    assert 'aria-describedby="id_length_helptext"' in shown
    assert 'id="id_length_helptext">Terakhir 73,5 cm' in shown


def test_summary_of_errors_links_to_the_fields():
    shown = show("{% form_errors form %}", form=specimens.form())
    assert 'href="#id_weight"' in shown
    assert not show("{% form_errors form %}", form=specimens.Measuring()).strip()


def test_pager_keeps_the_filter():
    request = RequestFactory().get("/due/?village=3&page=2")
    shown = show("{% pager page %}", page=Paginator(range(38), 8).page(2), request=request)
    assert "?village=3&amp;page=3" in shown
    assert "Halaman 2 dari 5" in shown
    assert not show("{% pager page %}", page=Paginator([], 8).page(1), request=request).strip()


def test_empty_and_why_escape_what_is_given():
    shown = show(
        "{% empty title=t sign='done' %}<p>x</p>{% endempty %}{% why t source=t %}", t="<i>"
    )
    assert "<p>x</p>" in shown
    assert "<i>" not in shown


@pytest.mark.parametrize("code", ["400", "403", "403_csrf", "404", "500"])
def test_error_pages_say_what_to_do_without_any_context(code, language):
    page = loader.render_to_string(f"{code}.html")
    assert f'<html lang="{language}">' in page
    assert "<h1>" in page
    assert 'href="/"' in page
    assert "style=" not in page


class Somebody:
    is_authenticated = True

    def __str__(self):
        return "Bidan Rusmini <x>"


@pytest.mark.urls("tests.unit.test_ui_tags")
def test_menu_shows_what_exists_and_is_allowed():
    request = RequestFactory().get("/people/duplicates/7/")
    request.user = Somebody()
    request.menu_counts = {"people:duplicates": 3}
    shown = {i["url"]: (i["current"], i["count"]) for i in context.page(request)["nav"]}
    assert shown == {"/people/": (False, None), "/people/duplicates/": (True, 3)}
    request.scope = type("Scope", (), {"may_write": False})()
    assert [i["url"] for i in context.page(request)["nav"]] == ["/people/"]


@pytest.mark.urls("tests.unit.test_ui_tags")
def test_menu_is_closed_to_strangers():
    request = RequestFactory().get("/people/")
    assert context.page(request)["nav"] == []


@pytest.mark.urls("tests.unit.test_ui_tags")
def test_base_page():
    request = RequestFactory().get("/people/")
    request.user = Somebody()
    page = loader.render_to_string("ui/base.html", {"user": request.user}, request)
    assert 'hx-headers:inherited=\'{"X-CSRFToken":' in page
    assert "Bidan Rusmini &lt;x&gt;" in page
    assert 'aria-current="page"' in page
    assert "includeIndicatorCSS" in page


def test_gallery_is_closed_outside_demonstration(settings):
    settings.DEBUG = settings.DEMO = False
    with pytest.raises(Http404):
        gallery.gallery(RequestFactory().get("/gallery/"))


# the URLs of the menu tests

from django.urls import include, path  # noqa: E402


def _page(request):
    return None


urlpatterns = [
    path(
        "people/",
        include(
            (
                [path("", _page, name="search"), path("duplicates/", _page, name="duplicates")],
                "people",
            )
        ),
    )
]
