"""Addresses of this app."""

from django.urls import path

from sunlot.office.ceremony import views

app_name = "ceremony"
urlpatterns = [
    path("<int:number>/", views.desk, name="desk"),
    path("<int:number>/screen/", views.screen, name="screen"),
    path("<int:number>/state.json", views.state, name="state"),
    path("<int:number>/minutes/", views.minutes, name="minutes"),
    path("p/<str:token>/", views.phone, name="phone"),
    path("p/<str:token>/state.json", views.told, name="told"),
    path("p/<str:token>/<slug:act>/", views.do, name="do"),
]
