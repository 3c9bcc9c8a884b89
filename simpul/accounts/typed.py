"""Keeps what people type into a search out of addresses, histories and logs: it is sent by POST,
kept sealed in the session, and the address holds a token that means something here only."""

import base64
import hashlib
import secrets
from collections.abc import Callable
from functools import lru_cache, wraps

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import redirect

FIELD = "q"
_KEPT, _MOST = "typed", 30  # tokens of one session; older ones are forgotten
View = Callable[..., HttpResponse]


def text(request: HttpRequest, query: QueryDict | None = None) -> str:
    """What was typed under the token of this address; '' when it means nothing here."""
    token = (request.GET if query is None else query).get(FIELD, "")
    sealed = request.session.get(_KEPT, {}).get(token)
    try:
        return _seal(settings.SECRET_KEY).decrypt(sealed.encode()).decode() if sealed else ""
    except InvalidToken:
        return ""


def search_page(*filters: str) -> Callable[[View], View]:
    """A page whose search is sent by POST: the answer leads to an address without what was typed.

    Only the parameters in `filters` may stand in that address. While typing, htmx gets the part at
    once, and the page's address is replaced.
    """

    def made(view: View) -> View:
        return _page(view, filters)

    return made


def _page(view: View, filters: tuple[str, ...]) -> View:
    @wraps(view)
    def shown(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        if request.method != "POST":
            return HttpResponseNotAllowed(["GET", "POST"])
        query = _without_text(request, filters)
        address = f"{request.path}?{query.urlencode()}" if query else request.path
        if "HX-Request" not in request.headers:
            return redirect(address)
        request.GET = query  # type: ignore[assignment]
        answer = view(request, *args, **kwargs)
        answer["HX-Replace-Url"] = address
        return answer

    return shown


def _without_text(request: HttpRequest, filters: tuple[str, ...]) -> QueryDict:
    """The filters that were sent, a token in place of the text."""
    query = QueryDict(mutable=True)
    for name in filters:
        if values := [value for value in request.POST.getlist(name) if value]:
            query.setlist(name, values)
    typed = request.POST.get(FIELD, "").strip()[:100]
    if typed:
        query[FIELD] = _keep(request, typed)
    return query


def _keep(request: HttpRequest, typed: str) -> str:
    kept = dict(request.session.get(_KEPT, {}))
    token = secrets.token_urlsafe(6)
    kept[token] = _seal(settings.SECRET_KEY).encrypt(typed.encode()).decode()
    request.session[_KEPT] = dict(list(kept.items())[-_MOST:])
    return token


@lru_cache(maxsize=4)
def _seal(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"typed" + key.encode()).digest()))
