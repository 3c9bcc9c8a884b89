"""All URLs: each app brings its own; only the home page and the error pages are named here."""

from django.conf import settings
from django.urls import include, path

from simpul.project import views

urlpatterns = [
    path("", views.home, name="home"),
    path("book/", views.book, name="book"),
    path("book/<str:service>/", views.book_service, name="book-service"),
    path("language/", include("django.conf.urls.i18n")),
    path("accounts/", include("simpul.accounts.urls")),
    path("people/", include("simpul.people.urls")),
    path("due/", include("simpul.due.urls")),
    path("pws/", include("simpul.pws.urls")),
    path("imports/", include("simpul.exchange.urls")),
]

if settings.DEBUG or settings.DEMO:
    urlpatterns.append(path("gallery/", views.gallery, name="gallery"))
