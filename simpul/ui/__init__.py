"""Common parts of pages: base page, components, charts, words. Rule: ui knows no other app."""
