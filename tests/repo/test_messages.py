"""Every word of every screen is in Indonesian: nothing missing, untranslated or fuzzy."""

import ast

import pytest

from simpul.project import messages

APPS = [app.name for app in messages.apps() if messages.catalogue_path(app).exists()]


@pytest.mark.parametrize("app", [app.name for app in messages.apps()])
def test_catalogue_is_complete(app):
    assert messages.check([app]) == [], f"python -m simpul.project.messages extract {app}"


def test_catalogues_agree_with_each_other():
    assert [p for p in messages.check() if "translated otherwise" in p] == []


@pytest.mark.parametrize("app", APPS)
def test_catalogue_is_written_as_extract_writes_it(app, tmp_path):
    path = messages.catalogue_path(messages.PACKAGE / app)
    again = tmp_path / "django.po"
    messages.write(
        messages.merge(messages.msgids(messages.PACKAGE / app), messages.read(path)), again
    )
    assert again.read_text() == path.read_text(), (
        f"run: python -m simpul.project.messages extract {app}"
    )


def test_extraction_sees_every_way_of_writing_a_message(tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "words.py").write_text(
        "from django.utils.translation import gettext_lazy as _, ngettext, pgettext\n"
        "a = _('Lazy'); b = ngettext('%(n)s one', '%(n)s many', 2); c = pgettext('m', 'May')\n"
    )
    (tmp_path / "templates" / "page.html").write_text(
        "  <p title=\"it's\">{% translate 'Save' %}\n"
        " {% blocktranslate trimmed count n=x %}\n   {{ n }} child\n {% plural %}\n   "
        "{{ n }} children{% endblocktranslate %}{% include 'x' with a=_('Inner') %}"
        "{{ _('Bare') }}{# {% translate 'Commented' %} #}{% translate 'May' context 'verb' %}"
    )
    found = {(m.context, m.id) for m in messages.msgids(tmp_path) if m.id}
    assert found == {
        (None, "Lazy"), (None, ("%(n)s one", "%(n)s many")), ("m", "May"), (None, "Save"),
        (None, ("%(n)s child", "%(n)s children")), (None, "Inner"), (None, "Bare"),
        ("verb", "May"),
    }  # fmt: skip


@pytest.mark.parametrize("app", messages.apps(), ids=lambda app: app.name)
def test_no_message_hides_inside_an_f_string(app):
    """There the extraction does not see it, so that it would stay English unnoticed."""
    hidden = [
        f"{path.name}:{call.lineno}"
        for path in app.rglob("*.py")
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in messages.KEYWORDS
    ]
    assert hidden == []


def test_merging_keeps_translations_and_drops_what_is_unused(tmp_path):
    old, found = messages._empty(), messages._empty()
    old.add("Save", "Simpan")
    old.add("Gone", "Hilang")
    found.add("Save")
    found.add(("%(n)s one", "%(n)s many"))
    path = tmp_path / "django.po"
    messages.write(messages.merge(found, old), path)
    first = path.read_text()
    assert 'msgstr "Simpan"' in first
    assert "Gone" not in first
    messages.write(messages.merge(found, messages.read(path)), path)
    assert path.read_text() == first
