"""Addresses of this app."""

from django.urls import URLPattern

app_name = "release"
urlpatterns: list[URLPattern] = []
