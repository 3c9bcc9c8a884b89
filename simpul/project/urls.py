"""All URLs: each app brings its own; only the home page and the error pages are named here."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from simpul.project import views

urlpatterns = [
    path("", views.home, name="home"),
    path("book/", views.book, name="book"),
    path("book/<str:service>/", views.book_service, name="book-service"),
    path("language/", login_not_required(set_language), name="set_language"),
    path("accounts/", include("simpul.accounts.urls")),
    path("people/", include("simpul.people.urls")),
    path("due/", include("simpul.due.urls")),
    path("pws/", include("simpul.pws.urls")),
    path("imports/", include("simpul.exchange.urls")),
]

if settings.DEBUG or settings.DEMO:
    urlpatterns += [
        path("gallery/", views.gallery, name="gallery"),
        path("demo/register.csv", views.sample_register, name="sample-register"),
    ]
