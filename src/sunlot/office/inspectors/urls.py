"""Addresses of this app."""

from django.urls import URLPattern, path

from sunlot.office.inspectors import views

app_name = "inspectors"
urlpatterns: list[URLPattern] = [
    path("", views.staff, name="list"),
]
