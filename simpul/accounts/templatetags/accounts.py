"""Words for entries of the audit log."""

from django import template
from django.utils.translation import gettext as _

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
        "import.file": _("imported a file"),
    }.get(action, action)


@register.filter
def is_look(action: str) -> bool:
    """Whether an entry is a look rather than a write."""
    return action.startswith("look.")
