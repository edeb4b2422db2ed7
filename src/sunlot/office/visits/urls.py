"""Addresses of this app."""

from django.urls import path

from sunlot.office.visits import api
from sunlot.office.visits.views import firm, visits

app_name = "visits"
urlpatterns = [
    path("", visits.list_all, name="list"),
    path("<int:number>/", visits.one, name="one"),
    path("api/today/", api.today, name="api-today"),
    path("api/<str:uid>/changes/", api.changes, name="api-changes"),
    path("api/<str:uid>/photos/<str:digest>/", api.photo, name="api-photo"),
    path("api/<str:uid>/record/", api.record, name="api-record"),
    path("code/<str:token>/", firm.code, name="code"),
]
