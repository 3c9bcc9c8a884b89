"""Words of the page that depend on a value: groups, statuses, lists, ways to compare."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.packs.model import Indicator


def group_title(name: str) -> str:
    """The heading of a group of tiles."""
    return {
        "nutrition": _("Weighing (SKDN) and nutrition"),
        "immunisation": _("Immunisation"),
        "mother": _("Mothers and newborns"),
        "adults": _("Adults and elderly"),
    }.get(name, _("Others"))


def status_word(status: str) -> str:
    """Baik, Kurang, Cukup, Jelek; of a share that should be small: within or beyond the limit."""
    return {
        "good": _("Good"),
        "falling": _("Falling"),
        "rising": _("Rising"),
        "poor": _("Poor"),
        "within": _("Within the limit"),
        "beyond": _("Beyond the limit"),
    }.get(status, "")


WORST_FIRST = ("poor", "beyond", "falling", "rising", "within", "good")
STATUS_LOOKS = {  # colour and shape of ui.status
    "good": ("done", "done"),
    "falling": ("late", "down"),
    "rising": ("due", "up"),
    "poor": ("urgent", "urgent"),
    "within": ("done", "done"),
    "beyond": ("urgent", "urgent"),
}


def which_word(indicator: Indicator, which: str) -> str:
    """The three lists behind a number, in the words of its kind."""
    if which == "counted":
        return _("All")
    if indicator.kind == "prevalence":
        return _("Cases") if which == "reached" else _("Not cases")
    return _("Reached") if which == "reached" else _("Not yet")


def way_word(by: str) -> str:
    """By what an area is compared."""
    return {
        "village": _("By village"),
        "district": _("By district"),
        "puskesmas": _("By Puskesmas"),
        "posyandu": _("By Posyandu"),
        "rt": _("By RT"),
    }.get(by, by)


def comparison_title(by: str, n: int) -> str:
    """How many parts of which kind stand beside each other."""
    said = {
        "village": ngettext("Comparison of %(n)d village", "Comparison of %(n)d villages", n),
        "district": ngettext("Comparison of %(n)d district", "Comparison of %(n)d districts", n),
        "puskesmas": ngettext("Comparison of %(n)d Puskesmas", "Comparison of %(n)d Puskesmas", n),
        "posyandu": ngettext("Comparison of %(n)d Posyandu", "Comparison of %(n)d Posyandu", n),
        "rt": ngettext("Comparison of %(n)d RT", "Comparison of %(n)d RT", n),
    }
    return said.get(by, _("Comparison")) % {"n": n}


def part_word(by: str) -> str:
    """The heading of the first column of a comparison."""
    return {
        "village": _("Village"),
        "district": _("District"),
        "puskesmas": _("Puskesmas"),
        "posyandu": _("Posyandu"),
        "rt": _("RT"),
    }.get(by, by)


def now_word(now: str) -> str:
    """What became of somebody who was counted."""
    return {
        "dead": _("has died since"),
        "away": _("has moved away"),
        "merged": _("merged with another record"),
    }.get(now, "")
