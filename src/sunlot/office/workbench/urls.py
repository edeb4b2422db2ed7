"""The address of the first page."""

from django.urls import path

from sunlot.office.workbench import views

app_name = "workbench"
urlpatterns = [path("", views.home, name="home")]
