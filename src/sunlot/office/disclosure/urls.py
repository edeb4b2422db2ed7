"""The addresses of the public site."""

from django.urls import path

from sunlot.office.disclosure import views

app_name = "disclosure"
urlpatterns = [
    path("", views.page, name="front"),
    path("<path:path>", views.page, name="page"),
]
