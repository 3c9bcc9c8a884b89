"""Puts `request.scope` on every request, and keeps every page out of caches: no view can forget."""

from django.utils.functional import SimpleLazyObject

from simpul.accounts import queries


class PrivateMiddleware:
    """Pages name people, machines are shared: after logging out, Back must not bring one back.

    The outermost, so that refusals and error pages pass here too; static files say otherwise.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        answer = self.get_response(request)
        answer.headers.setdefault("Cache-Control", "no-store, private")
        return answer


class ScopeMiddleware:
    """`request.scope` is what the signed-in user may see; a stranger's is empty."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.scope = SimpleLazyObject(lambda: queries.scope_of(request.user))
        return self.get_response(request)
