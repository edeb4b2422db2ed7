"""Addresses of this app."""

from django.urls import path

from sunlot.office.cases.acts import ACTS
from sunlot.office.cases.views import cases, reviewers, steps, violations

app_name = "cases"
urlpatterns = [
    path("", cases.list_all, name="list"),
    path("fines/", cases.fines, name="fines"),
    path("own/", cases.own, name="own"),
    path("to-review/", cases.to_review, name="to-review"),
    path("new/", steps.new, name="new"),
    path("violations/", violations.list_all, name="violations"),
    path("violations/found/", violations.found, name="found"),
    path("violations/settle/", violations.settle_many, name="settle-many"),
    path("reviewers/end/", reviewers.end_many, name="reviewers-end"),
    path("violations/<int:number>/", violations.one, name="violation"),
    path("violations/<int:number>/lift/", violations.lift, name="lift"),
    path("violations/<int:number>/settle/", violations.settle, name="settle"),
    path("reviewers/", reviewers.list_all, name="reviewers"),
    path("reviewers/new/", reviewers.new, name="reviewer-new"),
    path("reviewers/<int:number>/end/", reviewers.end, name="reviewer-end"),
    path("<int:number>/", cases.one, name="one"),
    path("<int:number>/evidence/<int:piece>/file/", steps.file, name="evidence-file"),
    path("<int:number>/evidence/<int:piece>/drop/", steps.drop, name="evidence-drop"),
    path("<int:number>/papers/<int:piece>/<str:form>/", cases.paper, name="paper"),
    *(path(f"<int:number>/{name}/", steps.step(name), name=name) for name in ACTS),
]
