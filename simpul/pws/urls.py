"""URLs of pws."""

from django.urls import path

from simpul.pws import views

app_name = "pws"
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("sheet/", views.sheet, name="sheet"),
    path("count/", views.count, name="count"),
    path("names/<str:indicator>/<str:which>/", views.names, name="names"),
    path("names/<str:indicator>/<str:which>/sheet/", views.names_sheet, name="names-sheet"),
]
