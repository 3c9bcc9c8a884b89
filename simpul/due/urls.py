"""URLs of due."""

from django.urls import path

from simpul.due import views

app_name = "due"
urlpatterns = [
    path("", views.due_list, name="list"),
    path("sheet/", views.sheet_of_list, name="sheet"),
    path("household/<int:household_id>/", views.household, name="household"),
    path("person/<int:person_id>/", views.person, name="person"),
    path("person/<int:person_id>/record/", views.record, name="record"),
    path("person/<int:person_id>/pregnancy/", views.begin_pregnancy, name="pregnancy"),
    path("person/<int:person_id>/pregnancy/end/", views.end_pregnancy, name="pregnancy-end"),
    path("fact/<int:seq>/correct/", views.correct, name="correct"),
    path("fact/<int:seq>/retract/", views.retract, name="retract"),
]
