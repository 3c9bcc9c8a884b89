"""Pages of imports: bring a file, name its columns, look before importing, see what came of it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from simpul.accounts import actions as accounts
from simpul.accounts.http import Request
from simpul.exchange import actions, bringing, queries, refused_sheet, showing, storage
from simpul.exchange.forms import ColumnsForm, UploadForm
from simpul.exchange.queries import WORKING, State
from simpul.exchange.registers.sheet import Unreadable
from simpul.exchange.wording import unreadable

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RECENT = 20
REFUSED_PER_PAGE = 50
NOTES_SHOWN = 100


def _must_import(request: Request) -> None:
    if not request.scope.may_import:
        raise PermissionDenied


def _job(request: Request, uid):
    _must_import(request)
    job = queries.job(request.scope, uid)
    if job is None:
        raise Http404
    return job


@require_http_methods(["GET", "POST"])
def start(request: Request) -> HttpResponse:
    """Bring a file; the imports before."""
    _must_import(request)
    form = UploadForm(
        request.POST if request.method == "POST" else None, request.FILES or None,
        is_too_large=getattr(request, storage.TOO_LARGE, False),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            job = bringing.bring(by=request.user, upload=form.cleaned_data["file"])
        except Unreadable as error:
            form.add_error("file", unreadable(error.code, error.detail))
        else:
            return _to(job)
    jobs = queries.jobs(request.scope)[:RECENT]
    context = {"form": form, "jobs": [showing.line(job) for job in jobs]}
    return render(request, "exchange/start.html", context, status=422 if form.errors else 200)


def _to(job) -> HttpResponse:
    name = "imports:columns" if job.state == State.NEW else "imports:job"
    return redirect(name, uid=job.uid)


@require_http_methods(["GET", "POST"])
def columns(request: Request, uid) -> HttpResponse:
    """Say what the columns of a table mean."""
    job = _job(request, uid)
    if job.state not in (State.NEW, State.CHECKED, State.FAILED) or not job.stored_as:
        return redirect("imports:job", uid=uid)
    sheet = bringing.sheet_of(job)
    data = request.POST or None
    form = ColumnsForm(data, header=job.header, scope=request.scope, initial=showing.initial(job))
    if request.method == "POST" and form.is_valid():
        bringing.choose(by=request.user, job=job, form=form)
        return redirect("imports:job", uid=uid)
    context = {
        "job": job,
        "form": form,
        "columns": showing.samples(form, sheet),
        "steps": showing.steps(job),
    }
    return render(request, "exchange/columns.html", context, status=422 if form.errors else 200)


@require_GET
def job(request: Request, uid) -> HttpResponse:
    """One import as it stands: being worked on, to be decided, done, or failed."""
    found = _job(request, uid)
    if found.state == State.NEW:
        return redirect("imports:columns", uid=uid)
    context = {"job": found, "steps": showing.steps(found)}
    if found.state in WORKING:
        return render(request, "exchange/working.html", context | showing.progress(found))
    if found.state in (State.FAILED, State.DROPPED):
        context["trouble"] = unreadable(found.trouble)
        return render(request, "exchange/ended.html", context)
    refused = queries.rows(found, "refused")
    context |= {
        "counts": found.counts,
        "refused": Paginator(refused, REFUSED_PER_PAGE).get_page(request.GET.get("page")),
        "doubts": queries.rows(found, "doubt")[:NOTES_SHOWN],
        "changes": queries.rows(found, "change")[:NOTES_SHOWN],
    }
    brings = any(found.counts.get(what) for what in ("persons_new", "measurements", "changed"))
    context["is_known"] = not brings and bool(found.counts.get("persons_known"))
    showing.word(context)
    _log_look(request, found)
    name = "exchange/preview.html" if found.state == State.CHECKED else "exchange/result.html"
    return render(request, name, context)


def _log_look(request: Request, found) -> None:
    n = found.counts.get("refused", 0)
    accounts.log(
        by=request.user, action="look.import", object_kind="import", object_id=found.pk,
        note=f"import, {n} refused rows",
    )  # fmt: skip


@require_GET
def progress(request: Request, uid) -> HttpResponse:
    """The progress bar, asked for again and again; the page reloads when the work is done."""
    found = _job(request, uid)
    if found.state not in WORKING:
        return HttpResponseClientRefresh()
    return render(request, "ui/_progress.html", showing.progress(found))


@require_POST
def confirm(request: Request, uid) -> HttpResponse:
    """Import what was looked at."""
    found = _job(request, uid)
    if not actions.confirm(by=request.user, job=found):
        messages.warning(request, _("This import has been decided already."))
    return redirect("imports:job", uid=uid)


@require_POST
def drop(request: Request, uid) -> HttpResponse:
    """Do not import this file."""
    found = _job(request, uid)
    if actions.drop(by=request.user, job=found):
        messages.success(request, _("Not imported. Nothing was changed."))
        return redirect("imports:start")
    return redirect("imports:job", uid=uid)


@require_POST
def again(request: Request, uid) -> HttpResponse:
    """Try a failed import once more."""
    found = _job(request, uid)
    if not actions.check_again(by=request.user, job=found):
        messages.warning(request, _("The file is no longer kept here: bring it again."))
        return redirect("imports:start")
    return redirect("imports:job", uid=uid)


@require_GET
def refused(request: Request, uid) -> HttpResponse:
    """The refused rows as XLSX, to be corrected and imported again."""
    found = _job(request, uid)
    _log_look(request, found)
    body = refused_sheet.workbook(
        found.header, queries.rows(found, "refused"), queries.rows(found, "doubt")
    )
    answer = HttpResponse(body, content_type=XLSX)
    what = _("refused-rows")  # msgids are not found inside an f-string
    name = f"{what}-{found.created_at:%Y-%m-%d}-{found.pk}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
