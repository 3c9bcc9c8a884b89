"""Registers the ui app so that its templates, static files and catalogue are found."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "simpul.ui"
    label = "ui"
