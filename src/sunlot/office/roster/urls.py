"""Addresses of this app."""

from django.urls import path

from sunlot.office.roster.views import causes, corrections, duplicates, firms, health, many, snapshots, visits

app_name = "roster"
urlpatterns = [
    path("", firms.list_all, name="list"),
    path("add/", firms.add, name="add"),
    path("many/", many.change, name="many"),
    path("many/confirm/", many.confirm, name="confirm"),
    path("firms/<str:pk>/", firms.one, name="one"),
    path("firms/<str:pk>/edit/", firms.edit, name="edit"),
    path("firms/<str:pk>/status/", firms.status, name="status"),
    path("firms/<str:pk>/history/", firms.events, name="history"),
    path("firms/<str:pk>/visit/", firms.visit, name="visit"),
    path("firms/<str:pk>/cause/", causes.enter, name="cause"),
    path("firms/<str:pk>/correct/", corrections.ask, name="correct"),
    path("visits/", visits.list_all, name="visits"),
    path("causes/", causes.list_all, name="causes"),
    path("causes/withdraw/", causes.withdraw_many, name="uncause-many"),
    path("causes/<int:number>/withdraw/", causes.withdraw, name="uncause"),
    path("corrections/", corrections.list_all, name="corrections"),
    path("corrections/accept/", corrections.accept_many, name="accept-many"),
    path("corrections/decline/", corrections.decline_many, name="decline-many"),
    path("corrections/<int:number>/", corrections.one, name="correction"),
    path("corrections/<int:number>/decide/", corrections.decide, name="decide"),
    path("duplicates/", duplicates.list_all, name="duplicates"),
    path("duplicates/<str:first>/<str:second>/", duplicates.pair, name="pair"),
    path("duplicates/<str:first>/<str:second>/apart/", duplicates.apart, name="apart"),
    path("health/", health.overview, name="health"),
    path("health/<str:code>/", health.ailing, name="ailing"),
    path("snapshots/", snapshots.list_all, name="snapshots"),
    path("snapshots/take/", snapshots.take, name="snapshot"),
    path("snapshots/<int:pk>/", snapshots.difference, name="difference"),
    path("public/", snapshots.public, name="public"),
]
