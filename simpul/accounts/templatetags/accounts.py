"""Words for entries of the audit log."""

import re

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from simpul.accounts import queries

register = template.Library()


@register.filter
def action_words(action: str) -> str:
    """{{ entry.action|action_words }}: 'look.person' as 'opened a person'."""
    return {
        "look.person": _("opened a person's page"),
        "look.household": _("opened a household"),
        "look.list": _("opened a list of names"),
        "look.search": _("searched for people"),
        "login.user": _("logged in"),
        "logout.user": _("logged out"),
        "add.user": _("made an account"),
        "close.user": _("closed an account"),
        "open.user": _("opened an account again"),
        "edit.password": _("changed a password"),
        "register.person": _("registered a person"),
        "register.household": _("registered a household"),
        "edit.person": _("changed particulars"),
        "edit.household": _("changed a household"),
        "move.person": _("recorded a move"),
        "depart.person": _("recorded a departure"),
        "death.person": _("recorded a death"),
        "return.person": _("took back a death or departure"),
        "merge.person": _("merged two entries"),
        "unmerge.person": _("took a merge back"),
        "decide.pair": _("said that two entries are two people"),
        "record.visit": _("recorded a service"),
        "bring.import": _("brought a file"),
        "import.register": _("imported a file"),
        "look.import": _("opened an import"),
        "correct.fact": _("corrected a record"),
        "retract.fact": _("took a record back"),
    }.get(action, action)


@register.filter
def role_words(role: str) -> str:
    """{{ account.role|role_words }}: 'midwife' as 'Bidan'."""
    return str(queries.ROLES.get(role, role))


@register.filter
def note_words(note: str) -> str:
    """{{ entry.note|note_words }}: 'due list, 38 people' as 'sasaran, 38 orang'."""
    lists = {
        "due list": _("due list"),
        "duplicates": _("duplicates"),
        "likely": _("perhaps the same person"),
        "merged": _("merged entries"),
        "sheet": _("download"),
    }
    counted = re.fullmatch(r"(?:(.+), )?(\d+) (people|households)", note)
    if not counted:
        return note
    what, n, kind = counted.groups()
    forms = {
        "people": ngettext("%s person", "%s people", int(n)),
        "households": ngettext("%s household", "%s households", int(n)),
    }
    return ", ".join(part for part in (lists.get(what or "", what), forms[kind] % n) if part)
