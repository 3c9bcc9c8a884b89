"""Counts the pairs that wait for a decision, for the badge on the menu; only when a page asks."""

from django.utils.functional import SimpleLazyObject

from simpul.people import queries


class BadgeMiddleware:
    """`request.menu_counts` for ui/base.html."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.menu_counts = SimpleLazyObject(lambda: _counts(request.scope))
        return self.get_response(request)


def _counts(scope) -> dict[str, int]:
    return {"people:duplicates": queries.n_open_pairs(scope) if scope.may_write else 0}
