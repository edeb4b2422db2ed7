"""Addresses of the journal."""

from django.urls import path

from sunlot.office.records import checkpoint_views, views

app_name = "records"
urlpatterns = [
    path("", views.events, name="events"),
    path("<int:seq>/", views.event, name="event"),
    path("<int:seq>/proof/", views.proof, name="proof"),
    path("<int:seq>/reveal/", views.reveal, name="reveal"),
    path("checkpoints/", checkpoint_views.checkpoints, name="checkpoints"),
    path("checkpoints/sign/", checkpoint_views.sign, name="sign"),
    path("checkpoints/cosigned/", checkpoint_views.cosigned, name="cosigned"),
    path("checkpoints/<int:size>/", checkpoint_views.checkpoint, name="checkpoint"),
    path("rule/", checkpoint_views.rule, name="rule"),
    path("audit/", checkpoint_views.audit, name="audit"),
    path("of/<path:obj>/", views.history, name="history"),
]
