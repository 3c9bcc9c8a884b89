"""URLs of accounts."""

from django.urls import path

from simpul.accounts import views

app_name = "accounts"
urlpatterns = [
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
    path("me/", views.me, name="me"),
    path("users/", views.users, name="users"),
    path("users/add/", views.add_user, name="user-add"),
    path("users/<int:user_id>/password/", views.reset_password, name="user-password"),
    path("users/<int:user_id>/switch/", views.switch_user, name="user-switch"),
    path("activity/", views.activity, name="activity"),
]
