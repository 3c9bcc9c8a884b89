"""URLs of the import pages."""

from django.urls import path

from simpul.exchange import views

app_name = "imports"
urlpatterns = [
    path("", views.start, name="start"),
    path("<uuid:uid>/", views.job, name="job"),
    path("<uuid:uid>/columns/", views.columns, name="columns"),
    path("<uuid:uid>/progress/", views.progress, name="progress"),
    path("<uuid:uid>/confirm/", views.confirm, name="confirm"),
    path("<uuid:uid>/drop/", views.drop, name="drop"),
    path("<uuid:uid>/again/", views.again, name="again"),
    path("<uuid:uid>/refused/", views.refused, name="refused"),
]
