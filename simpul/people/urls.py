"""URLs of people."""

from django.urls import path

from simpul.people.views import finding, households, pairs, persons, registering

app_name = "people"
urlpatterns = [
    path("", finding.search, name="search"),
    path("register/", registering.register, name="register"),
    path("household/<int:household_id>/", households.household, name="household"),
    path("household/<int:household_id>/edit/", households.edit, name="household-edit"),
    path("duplicates/", pairs.duplicates, name="duplicates"),
    path("duplicates/<int:pair_id>/", pairs.decide, name="pair-decide"),
    path("merged/", pairs.merged, name="merged"),
    path("merged/<int:person_id>/take-back/", pairs.unmerge, name="unmerge"),
    path("<int:person_id>/edit/", persons.edit, name="person-edit"),
    path("<int:person_id>/history/", persons.history, name="history"),
    path("<int:person_id>/move/", persons.move, name="move"),
    path("<int:person_id>/depart/", persons.depart, name="depart"),
    path("<int:person_id>/death/", persons.death, name="death"),
    path("<int:person_id>/return/", persons.return_, name="return"),
]
