"""Signing in and out, one's own account, the accounts of a Puskesmas, and what they did."""

from datetime import timedelta

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from simpul.accounts import actions, queries
from simpul.accounts.forms import NewUserForm, OwnPasswordForm, SignInForm
from simpul.accounts.http import Request
from simpul.project import clock

_FAILED_SINCE = timedelta(days=7)


@sensitive_post_parameters("password")
@never_cache
@login_not_required
def login(request: HttpRequest) -> HttpResponse:
    """Sign in; the axes middleware answers instead when the account rests after failures."""
    if request.user.is_authenticated:
        return redirect(_next(request))
    form = SignInForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.get_user()
        auth.login(request, user)
        actions.log(by=user, action="login.user", object_kind="user", object_id=user.pk)
        return redirect(_next(request))
    context = {"form": form, "next": _next(request), "accounts": settings.DEMO_ACCOUNTS}
    return render(request, "accounts/login.html", context)


def _next(request: HttpRequest) -> str:
    """Where the user wanted to go, when that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    if url_has_allowed_host_and_scheme(wanted, hosts, require_https=request.is_secure()):
        return wanted
    return resolve_url(settings.LOGIN_REDIRECT_URL)


@require_POST
def logout(request: Request) -> HttpResponse:
    """Sign out; the session is gone from the machine and from the server."""
    user = request.user
    actions.log(by=user, action="logout.user", object_kind="user", object_id=user.pk)
    auth.logout(request)
    messages.success(request, _("You are logged out."))
    return redirect(settings.LOGOUT_REDIRECT_URL)


@sensitive_post_parameters()
def me(request: Request) -> HttpResponse:
    """One's own account: who simpul thinks I am, and another password."""
    form = OwnPasswordForm(request.user, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["new_password1"]
        actions.change_password(user=request.user, password=password, by=request.user)
        auth.update_session_auth_hash(request, request.user)
        messages.success(request, _("Your password is changed."))
        return redirect("accounts:me")
    return _answer(request, "accounts/me.html", {"form": form})


def users(request: Request) -> HttpResponse:
    """The accounts of the own Puskesmas."""
    _must_oversee(request)
    found = Paginator(queries.users(request.scope), 50).get_page(request.GET.get("page"))
    return render(request, "accounts/users.html", {"page": found, "is_head": _is_head(request)})


def add_user(request: Request) -> HttpResponse:
    """A new account; its password is shown once, to be handed over."""
    if not _is_head(request):
        raise Http404
    form = NewUserForm(request.POST or None, scope=request.scope)
    if request.method == "POST" and form.is_valid():
        password = actions.made_password()
        user = actions.add_user(**form.cleaned_data, password=password, by=request.user)
        return _hand_over(request, user, password)
    return _answer(request, "accounts/add_user.html", {"form": form})


@require_POST
def reset_password(request: Request, user_id: int) -> HttpResponse:
    """Another password for somebody who forgot it, shown once."""
    user = _managed(request, user_id)
    return _hand_over(request, user, actions.reset_password(user=user, by=request.user))


@require_POST
def switch_user(request: Request, user_id: int) -> HttpResponse:
    """Close an account, or open it again."""
    user = _managed(request, user_id)
    actions.switch(user=user, is_active=not user.is_active, by=request.user)
    said = _("The account of %s is open.") if user.is_active else _("The account of %s is closed.")
    messages.success(request, said % user.name)
    return redirect("accounts:users")


def activity(request: Request) -> HttpResponse:
    """What the people of the own Puskesmas wrote and looked at, newest first."""
    _must_oversee(request)
    chosen, kind = request.GET.get("user", ""), request.GET.get("kind", "")
    rows = queries.activity(
        request.scope, user_id=int(chosen) if chosen.isdecimal() else None, kind=kind
    )
    context = {
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "users": queries.users(request.scope),
        "failed": queries.failed_logins(request.scope, clock.now() - _FAILED_SINCE)[:20],
        "chosen": chosen,
        "kind": kind,
    }
    return render(request, "accounts/activity.html", context)


def _is_head(request: Request) -> bool:
    return request.scope.role == "head" and not request.scope.is_empty


def _must_oversee(request: Request) -> None:
    if request.scope.role not in {"head", "district"}:
        raise Http404


def _managed(request: Request, user_id: int):
    user = queries.user(request.scope, user_id)
    if user is None:
        raise Http404
    return user


@never_cache
def _hand_over(request: Request, user, password: str) -> HttpResponse:
    """The page that shows a made password: not stored, so it cannot be shown again."""
    return render(request, "accounts/hand_over.html", {"user_made": user, "password": password})


def _answer(request: Request, template: str, context: dict) -> HttpResponse:
    """A page with a form: 422 when what was sent must be mended."""
    status = 422 if request.method == "POST" else 200
    return render(request, template, context, status=status)
