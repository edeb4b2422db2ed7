"""Addresses of this app."""

from django.urls import path

from sunlot.office.roster import views

app_name = "roster"
urlpatterns = [
    path("", views.list_all, name="list"),
    path("firms/<str:pk>/", views.one, name="one"),
]
