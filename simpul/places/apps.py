from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "simpul.places"
