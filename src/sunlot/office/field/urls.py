"""Addresses of this app. Everything stands under one prefix, since a service worker rules over what lies below it."""

from django.urls import path

from sunlot.office.field import views

app_name = "field"
urlpatterns = [
    path("", views.form, name="form"),
    path("<str:name>", views.part, name="part"),
]
