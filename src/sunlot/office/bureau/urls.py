"""Addresses of this app."""

from django.urls import path

from sunlot.office.bureau import views

app_name = "bureau"
urlpatterns = [path("", views.show, name="show"), path("edit/", views.edit, name="edit")]
