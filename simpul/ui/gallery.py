"""The gallery: every component and chart on one page, with invented data.
Rule: it exists only in DEBUG and in demo mode."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from simpul.ui import charts, specimens

ICONS = (
    "urgent late due done later missed na home print file cal tel pen scale drop talk list up down "
    "flat alert baby back bell book chart check chevron clock copy database eye filter globe go "
    "heart history hospital id inbox info left link lock login logout map menu merge phone pill "
    "pin plus question refresh right search send settings shield stetho table trash undo upload "
    "user users x"
)


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    if not (settings.DEBUG or getattr(settings, "DEMO", False)):
        raise Http404
    return render(
        request,
        "ui/gallery.html",
        {
            "crumbs": [("Puskesmas Melati", "#"), ("Kecamatan Selat", "#"), ("Desa Panamas", "")],
            "today": specimens.TODAY,
            "birth": specimens.BIRTH,
            "form": specimens.form(),
            "page": Paginator(range(38), 8).page(2),
            "icons": ICONS.split(),
            "statuses": ("urgent", "late", "due", "done", "later", "missed", "na"),
            "levels": ("success", "info", "warning", "error"),
            "villages": specimens.VILLAGES,
            "key": charts.map_key(["di bawah 70%", "70–79,9%", "80–89,9%", "90% ke atas"]),
            "bars_key": charts.bars_key("Oktober", "November"),
            "dots_key": charts.dots_key("Oktober", "November"),
            "s": specimens,
        },
    )
