"""The context processor of ui/base.html: menu, version, demo mode.
Rule: an item shows only when its URL exists and the scope allows it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

# name of the URL, label, attribute of the scope that it needs
MENU = (
    ("due:list", _("Due list"), ""),
    ("people:search", _("People"), ""),
    ("pws:dashboard", _("Area monitoring"), ""),
    ("imports:start", _("Import"), "may_import"),
    ("people:duplicates", _("Duplicates"), "may_write"),
    ("book", _("Rule book"), ""),
)


Item = dict[str, Any]


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _menu(request: HttpRequest) -> list[Item]:
    """Items with url, label, current, count; `request.menu_counts` ({url name: n}) adds badges."""
    scope, counts = getattr(request, "scope", None), getattr(request, "menu_counts", {})
    items: list[Item] = []
    for name, label, needs in MENU:
        url = _url(name)
        if url and (not needs or getattr(scope, needs, True)):
            items.append({"url": url, "label": label, "current": False, "count": counts.get(name)})
    here = [item for item in items if request.path.startswith(item["url"]) and item["url"] != "/"]
    for item in sorted(here, key=lambda item: len(item["url"]))[-1:]:
        item["current"] = True
    return items


def page(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return {
        "nav": _menu(request) if signed_in else [],
        "signed_in": signed_in,
        "home_url": _url("home") or "/",
        "login_url": _url("accounts:login"),
        "logout_url": _url("accounts:logout"),
        "language_url": _url("set_language"),
        "account_url": _url("accounts:me"),
        "version": getattr(settings, "VERSION", ""),
        "demo": getattr(settings, "DEMO", False),
    }
