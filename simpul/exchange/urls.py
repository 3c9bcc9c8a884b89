"""URLs of the import pages."""

app_name = "imports"
urlpatterns: list = []
