"""URLs of due."""

app_name = "due"
urlpatterns: list = []
