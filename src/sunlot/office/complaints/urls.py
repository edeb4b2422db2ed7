"""Addresses of this app."""

from django.urls import URLPattern

app_name = "complaints"
urlpatterns: list[URLPattern] = []
