"""Addresses of people and logins."""

from django.urls import path

from sunlot.office.accounts import views

app_name = "accounts"
urlpatterns = [
    path("login/", views.Login.as_view(), name="login"),
    path("logout/", views.Logout.as_view(), name="logout"),
    path("password/", views.password, name="password"),
    path("users/", views.users, name="users"),
]
