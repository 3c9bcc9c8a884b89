"""Puts `request.scope` on every request, so that no view can forget it."""

from django.utils.functional import SimpleLazyObject

from simpul.accounts import queries


class ScopeMiddleware:
    """`request.scope` is what the signed-in user may see; a stranger's is empty."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.scope = SimpleLazyObject(lambda: queries.scope_of(request.user))
        return self.get_response(request)
