"""Addresses of this app."""

from django.urls import path

from sunlot.office.visits.views import visits

app_name = "visits"
urlpatterns = [
    path("", visits.list_all, name="list"),
]
