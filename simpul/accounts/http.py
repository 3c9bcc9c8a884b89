"""The request as our middleware leaves it, for type checks: someone signed in, with a scope."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from simpul.accounts.models import User
from simpul.accounts.scope import Scope


class Request(HttpRequest):
    """What a view behind the login is given."""

    user: User
    scope: Scope
    htmx: HtmxDetails
    menu_counts: dict[str, int]
