"""Addresses of this app."""

from django.urls import path

from sunlot.office.catalog import import_views, item_views, policy_views, public_views, views

app_name = "catalog"
urlpatterns = [
    path("", views.lists, name="lists"),
    path("start/", views.start, name="start"),
    path("import/", import_views.upload, name="import"),
    path("doubts/", views.doubtful, name="doubts"),
    path("idle/", views.idle, name="idle"),
    path("<int:number>/", views.one, name="list"),
    path("<int:number>/difference/", views.difference, name="difference"),
    path("<int:number>/head/", views.head, name="head"),
    path("<int:number>/publish/", views.publish, name="publish"),
    path("<int:number>/discard/", views.discard, name="discard"),
    path("<int:number>/add/", item_views.add, name="add"),
    path("items/<int:key>/", item_views.one, name="item"),
    path("items/<int:key>/edit/", item_views.edit, name="edit"),
    path("items/remove/", item_views.remove, name="remove"),
    path("items/enable/", item_views.enable, name="enable"),
    path("items/disable/", item_views.disable, name="disable"),
    path("public/", public_views.in_force, name="public"),
    path("public/<int:edition>/", public_views.edition, name="edition"),
    path("public/<int:edition>/items.<str:form>", public_views.file, name="file"),
    path("policy/", policy_views.policy, name="policy"),
    path("policy/packs/", policy_views.packs, name="packs"),
    path("policy/<str:name>/", policy_views.rule, name="rule"),
]
