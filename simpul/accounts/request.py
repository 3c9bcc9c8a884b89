"""The request as every view gets it, for type checkers: the middleware adds scope and htmx."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from simpul.accounts.models import User
from simpul.accounts.scope import Scope


class ScopedRequest(HttpRequest):
    """A request of a signed-in user, with what that user may see."""

    user: User  # type: ignore[assignment]  # strangers are stopped by LoginRequiredMiddleware
    scope: Scope
    htmx: HtmxDetails
