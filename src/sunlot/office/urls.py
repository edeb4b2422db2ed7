"""Every address of the office: one prefix an app, one app a step of the work."""

from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("", include("sunlot.office.workbench.urls")),
    path("accounts/", include("sunlot.office.accounts.urls")),
    path("accounts/", include("sunlot.office.administration.urls")),
    path("journal/", include("sunlot.office.records.urls")),
    path("approvals/", include("sunlot.office.approvals.urls")),
    path("bureau/", include("sunlot.office.bureau.urls")),
    path("imports/", include("sunlot.office.imports.urls")),
    path("roster/", include("sunlot.office.roster.urls")),
    path("inspectors/", include("sunlot.office.inspectors.urls")),
    path("catalog/", include("sunlot.office.catalog.urls")),
    path("plan/", include("sunlot.office.plan.urls")),
    path("lottery/", include("sunlot.office.lottery.urls")),
    path("public/", include("sunlot.office.disclosure.urls")),
    path("ceremony/", include("sunlot.office.ceremony.urls")),
    path("field/", include("sunlot.office.field.urls")),
    path("papers/", include("sunlot.office.papers.urls")),
    path("followup/", include("sunlot.office.followup.urls")),
    path("cases/", include("sunlot.office.cases.urls")),
    path("release/", include("sunlot.office.release.urls")),
    path("complaints/", include("sunlot.office.complaints.urls")),
    path("firm/", include("sunlot.office.portal.urls")),
    path("visits/", include("sunlot.office.visits.urls")),
    path("language/", set_language, name="set_language"),
]

handler500 = "sunlot.office.shell.trouble.page"
