"""URLs of pws."""

app_name = "pws"
urlpatterns: list = []
