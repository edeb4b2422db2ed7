"""Addresses of requests."""

from django.urls import path

from sunlot.office.approvals import views

app_name = "approvals"
urlpatterns = [
    path("", views.list_all, name="list"),
    path("many/grant/", views.grant_many, name="grant-many"),
    path("many/refuse/", views.refuse_many, name="refuse-many"),
    path("<int:number>/", views.one, name="one"),
    path("<int:number>/decide/", views.decide, name="decide"),
]
