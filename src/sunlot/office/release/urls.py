"""Addresses of this app."""

from django.urls import path

from sunlot.office.release import views

app_name = "release"
urlpatterns = [
    path("", views.list_waiting, name="list"),
    path("penalties/", views.list_penalties, name="penalties"),
    path("released/", views.list_released, name="released"),
    path("ask/", views.ask, name="ask"),
    path("visit/<int:number>/", views.visit, name="visit"),
    path("case/<int:number>/", views.case, name="case"),
    path("<int:number>/", views.one, name="one"),
    path("<int:number>/correct/", views.correct, name="correct"),
    path("<int:number>/withdraw/", views.withdraw, name="withdraw"),
]
