"""`{% load ui %}`: words as filters, and the small components as tags.
Rule: what a tag prints is the same everywhere; a page never draws a status or an icon by hand."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from simpul.ui import words

register = template.Library()

SHAPES = {
    "urgent": "urgent",
    "late": "late",
    "due": "due",
    "done": "done",
    "later": "later",
    "missed": "missed",
    "na": "na",
    "not_applicable": "na",
}


def _words_of(code: str) -> str:
    return {
        "urgent": pgettext("status", "Urgent"),
        "late": pgettext("status", "Late"),
        "due": pgettext("status", "Due now"),
        "done": pgettext("status", "Done"),
        "later": pgettext("status", "Later"),
        "missed": pgettext("status", "Missed"),
        "na": pgettext("status", "Not applicable"),
    }[code]


def _local(value: date | None) -> date | None:
    """An instant is shown in the installation's time; nothing given is nothing known."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value or None


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """{% icon 'pen' %}: decoration beside words; with a label it stands alone."""
    href = f"{static('ui/icons.svg')}#i-{name}"
    classes = f"ico {size}".strip()
    if label:
        return format_html(
            '<svg class="{}" role="img"><title>{}</title><use href="{}"/></svg>',
            classes, label, href,
        )  # fmt: skip
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}"/></svg>', classes, href
    )


@register.simple_tag
def status(code: str, label: str = "", shape: str = "") -> SafeString:
    """{% status 'late' %}; {% status 'due' _('Fair') shape='up' %}: other word, other sign."""
    colour = SHAPES.get(str(code), "na")
    return format_html(
        '<span class="st st-{}">{}{}</span>',
        colour, icon(shape or colour), label or _words_of(colour),
    )  # fmt: skip


@register.simple_tag
def status_legend(*codes: str) -> SafeString:
    """{% status_legend 'done' 'late' %}: what the shapes mean, under a life-cycle line."""
    shown = codes or ("done", "urgent", "late", "due", "later", "missed")
    return format_html(
        '<p class="leg"><span class="sr">{}</span>{}</p>',
        _("Meaning of the marks"), SafeString("".join(status(code) for code in shown)),
    )  # fmt: skip


@register.inclusion_tag("ui/_field.html")
def field(
    bound: BoundField, unit: str = "", hint: str = "", wide: bool = False, optional: bool = True
) -> dict[str, Any]:
    """{% field form.weight unit='kg' hint='Terakhir 8,7 kg' %}: label, input, hint, error."""
    kind = getattr(bound.field.widget, "input_type", "")
    is_optional = optional and not bound.field.required and kind != "checkbox"
    return {
        "field": bound,
        "unit": unit or getattr(bound.field, "unit", ""),
        "hint": hint or bound.help_text or (_("May be left empty") if is_optional else ""),
        "wide": wide,
        "is_check": kind == "checkbox" and not bound.use_fieldset,
        "is_group": bound.use_fieldset,
    }


@register.inclusion_tag("ui/_form_errors.html")
def form_errors(*forms: BaseForm) -> dict[str, Any]:
    """{% form_errors form %}: the summary above a form, each line a link to its field."""
    return {
        "fields": [bound for form in forms for bound in form if bound.errors],
        "others": [error for form in forms for error in form.non_field_errors()],
    }


@register.inclusion_tag("ui/_pager.html", takes_context=True)
def pager(context: Context, page: Page[Any]) -> dict[str, Any]:
    """{% pager page %}: a django.core.paginator.Page; keeps the other query parameters."""
    return {"page": page, "request": context.get("request")}


@register.inclusion_tag("ui/_why.html")
def why(text: str, source: str = "") -> dict[str, str]:
    """{% why item.reason source=item.source %}: the reason, unfolded in its place."""
    return {"text": text, "source": source}


@register.simple_block_tag
def empty(content: str, title: str = "", sign: str = "search") -> SafeString:
    """{% empty title=_('…') sign='done' %}what to do next{% endempty %}"""
    return format_html(
        '<div class="empty">{}<h2>{}</h2>{}</div>', icon(sign), title, SafeString(content)
    )


# words


def _filter_of_day(function: Callable[..., str]) -> Callable[[date | None], str]:
    def shown(value: date | None) -> str:
        return function(_local(value), get_language())

    shown.__doc__ = function.__doc__
    return shown


for _function in (
    words.day, words.day_short, words.day_long, words.month, words.month_short, words.moment
):  # fmt: skip
    register.filter(_function.__name__, _filter_of_day(_function))


@register.filter
def isoday(value: date | None) -> str:
    """2026-11-20, for <time datetime> and <input type=date>"""
    shown = _local(value)
    return f"{shown:%Y-%m-%d}" if shown else ""


@register.filter
def age(birth_date: date | None, as_of: date | None) -> str:
    """{{ person.birth_date|age:today }}: 2 th 4 bln"""
    return words.age(birth_date or None, as_of or None, get_language())


@register.filter
def weeks(first: date | None, as_of: date | None) -> str:
    """{{ lmp|weeks:today }}: 31 mg"""
    return words.weeks(first or None, as_of or None, get_language())


@register.filter
def since(value: date | None, as_of: date | None = None) -> str:
    """{{ item.due_on|since:today }}: sejak 8 Jun 2026 (5 bln)"""
    return words.since(_local(value), as_of or None, get_language())


def _known_number(value: Any) -> Any:
    return None if value == "" else value


@register.filter
def number(value: Any, decimals: int | None = None) -> str:
    """{{ 1250.5|number }}: 1.250,5; {{ x|number:1 }}: one decimal"""
    return words.number(_known_number(value), decimals, get_language())


@register.filter
def percent(value: Any) -> str:
    """{{ 76.087|percent }}: 76,1%"""
    return words.percent(_known_number(value), get_language())


@register.filter
def share(part: Any, whole: Any) -> str:
    """{{ 35|share:46 }}: 76,1%"""
    return words.share(_known_number(part), _known_number(whole), get_language())


@register.filter
def kg(value: Any) -> str:
    """{{ 8.7|kg }}: 8,7 kg"""
    return words.kg(_known_number(value), get_language())


@register.filter
def cm(value: Any) -> str:
    """{{ 73.5|cm }}: 73,5 cm"""
    return words.cm(_known_number(value), get_language())


@register.filter
def rupiah(value: Any) -> str:
    """{{ 1250000|rupiah }}: Rp 1.250.000"""
    return words.rupiah(_known_number(value), get_language())
