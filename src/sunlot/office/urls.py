"""Every address of the office: one prefix an app, one app a step of the work."""

from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("", include("sunlot.office.workbench.urls")),
    path("accounts/", include("sunlot.office.accounts.urls")),
    path("approvals/", include("sunlot.office.approvals.urls")),
    path("language/", set_language, name="set_language"),
]
