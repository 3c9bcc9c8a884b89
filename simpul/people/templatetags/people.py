"""Words for people: masked NIK, sex, what a change of the history says."""

from datetime import date

from django import template
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from simpul.people import nik as niks
from simpul.people import relations
from simpul.people.comparing import reason_words
from simpul.ui import words

register = template.Library()
register.filter("reason_words", reason_words)
register.filter("relation", relations.said)


@register.filter
def masked_nik(tail: str) -> str:
    """{{ person.nik_tail|masked_nik }}: ••••••••••••4785"""
    return niks.masked(tail)


@register.filter
def sex_letter(sex: str | None) -> str:
    """{{ person.sex|sex_letter }}: P or L"""
    letters = {
        "female": pgettext("sex, one letter", "F"),
        "male": pgettext("sex, one letter", "M"),
    }
    return letters.get(sex or "", "–")


@register.filter
def event_words(event: str) -> str:
    """{{ change.event|event_words }}"""
    return {
        "register": _("registered"),
        "birth": _("registered at birth"),
        "edit": _("changed"),
        "move": _("moved to another household"),
        "depart": _("left the area"),
        "death": _("died"),
        "return": _("death or departure taken back"),
        "merge": _("merged"),
        "unmerge": _("merge taken back"),
        "different": _("said to be two people"),
    }.get(event, event)


@register.filter
def field_words(field: str) -> str:
    """{{ change.field|field_words }}: the particular that changed."""
    return {
        "name": _("Name"),
        "sex": _("Sex"),
        "birth_date": _("Birth date"),
        "birth_date_is_estimated": _("Birth date an estimate"),
        "nik": "NIK",
        "nik_missing": _("Why there is no NIK"),
        "mother": _("Mother in the register"),
        "mother_name": _("Mother's name"),
        "relation": _("Relation to the head of the household"),
        "household.address": _("Address"),
        "household.rt_label": "RT/RW",
        "household.posyandu": "Posyandu",
        "household.head_name": _("Head of the household"),
        "household.card_number": _("Family card number (KK)"),
    }.get(field, field)


@register.filter
def value_words(value: str) -> str:
    """{{ change.before|value_words }}: a stored value as it is read."""
    known = {
        "female": _("Female"),
        "male": _("Male"),
        "True": _("yes"),
        "False": _("no"),
        "": _("empty"),
        "newborn": _("newborn, not yet registered"),
        "no_card": _("card not at hand"),
        "never": _("has never had one"),
        "invalid": _("the number given is not valid"),
        "unknown": _("not asked"),
    }
    if value in known:
        return known[value]
    try:
        return words.day(date.fromisoformat(value[:10]), get_language()) + value[10:]
    except ValueError:
        return value
