"""Addresses of this app."""

from django.urls import path

from sunlot.office.complaints.views import figures, handling, office, public

app_name = "complaints"
urlpatterns = [
    path("", office.list_all, name="list"),
    path("new/", public.new, name="new"),
    path("track/", public.track, name="track"),
    path("intake/", office.take_in, name="intake"),
    path("release/", office.release, name="release"),
    path("take/", office.take_many, name="take-many"),
    path("expired/", office.expired, name="expired"),
    path("statistics/", figures.statistics, name="statistics"),
    path("<int:number>/", office.one, name="one"),
    path("<int:number>/identity/", office.identity, name="identity"),
    path("<int:number>/files/<str:piece>/", office.file, name="file"),
    path("<int:number>/receipt/<str:what>/", office.receipt, name="receipt"),
    path("<int:number>/do/<str:act>/", handling.act, name="act"),
]
