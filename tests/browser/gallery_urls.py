"""URLs of the gallery test only: both languages and an error page."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import path
from django.utils import translation

from simpul.ui.gallery import gallery


@login_not_required
def english(request):
    with translation.override("en"):
        return gallery(request)


@login_not_required
def error(request):
    return render(request, "404.html")


urlpatterns = [
    path("gallery/", gallery),
    path("en/gallery/", english),
    path("error/", error),
]
