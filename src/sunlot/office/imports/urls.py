"""Addresses of this app."""

from django.urls import path

from sunlot.office.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.list_all, name="list"),
    path("new/", views.new, name="new"),
    path("drop/", views.drop_many, name="drop-many"),
    path("<int:number>/", views.one, name="one"),
    path("<int:number>/report/", views.report, name="report"),
    path("<int:number>/changes/", views.changes, name="changes"),
    path("<int:number>/map/", views.remap, name="map"),
    path("<int:number>/again/", views.again, name="again"),
    path("<int:number>/apply/", views.apply, name="apply"),
    path("<int:number>/undo/", views.undo, name="undo"),
    path("<int:number>/drop/", views.drop, name="drop"),
]
