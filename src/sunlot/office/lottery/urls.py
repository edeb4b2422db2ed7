"""Addresses of this app."""

from django.urls import URLPattern

app_name = "lottery"
urlpatterns: list[URLPattern] = []
