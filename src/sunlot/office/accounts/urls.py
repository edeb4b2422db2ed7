"""Addresses of logins and of one's own account."""

from django.urls import path

from sunlot.office.accounts import second_factor_views, views

app_name = "accounts"
urlpatterns = [
    path("login/", views.Login.as_view(), name="login"),
    path("login/code/", second_factor_views.code, name="code"),
    path("logout/", views.Logout.as_view(), name="logout"),
    path("password/", views.password, name="password"),
    path("sessions/", views.own_sessions, name="sessions"),
    path("second-factor/", second_factor_views.own, name="second-factor"),
]
