"""Addresses of this app."""

from django.urls import path

from sunlot.office.inspectors import leave_views, recusal_views, views

app_name = "inspectors"
urlpatterns = [
    path("", views.staff, name="list"),
    path("many/", views.edit_many, name="many"),
    path("add/", views.add, name="add"),
    path("health/", views.examine, name="health"),
    path("drawable/", views.drawable, name="drawable"),
    path("person/<str:number>/", views.one, name="one"),
    path("person/<str:number>/edit/", views.edit, name="edit"),
    path("person/<str:number>/certificate/", views.certify, name="certify"),
    path("person/<str:number>/merge/", views.merge, name="merge"),
    path("certificate/<int:number>/revoke/", views.revoke, name="revoke"),
    path("leaves/", leave_views.calendar, name="leaves"),
    path("leaves/enter/", leave_views.enter, name="leave"),
    path("leaves/cancel/", leave_views.cancel, name="leave-cancel"),
    path("recusals/", recusal_views.mine, name="recusals"),
    path("recusals/declare/", recusal_views.declare, name="declare"),
    path("recusals/all/", recusal_views.declared, name="declared"),
    path("recusals/counts/", recusal_views.counts, name="counts"),
    path("recusals/<int:number>/", recusal_views.one, name="recusal"),
    path("recusals/<int:number>/revise/", recusal_views.revise, name="recusal-revise"),
    path("recusals/<int:number>/withdraw/", recusal_views.withdraw, name="recusal-withdraw"),
]
