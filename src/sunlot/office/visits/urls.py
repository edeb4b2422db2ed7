"""Addresses of this app."""

from django.urls import path

from sunlot.office.visits import api
from sunlot.office.visits.views import complaints, doubts, firm, key_firms, office, site, visits

app_name = "visits"
urlpatterns = [
    path("", visits.list_all, name="list"),
    path("own/", visits.own, name="own"),
    path("new/", office.new, name="new"),
    path("from-draw/", office.from_draw, name="from-draw"),
    path("key-firms/", key_firms.all_key_firms, name="from-key"),
    path("key-firms/arrange/", key_firms.arrange, name="from-key-arrange"),
    path("draws/<str:draw>/cancel/", office.cancel_draw, name="cancel-draw"),
    path("notify/", office.notify, name="notify"),
    path("doubts/", doubts.all_doubts, name="doubts"),
    path("doubts/<int:number>/", doubts.doubt, name="doubt"),
    path("complaints/", complaints.all_complaints, name="complaints"),
    path("complaints/<int:number>/", complaints.complaint, name="complaint"),
    path("<int:number>/", visits.one, name="one"),
    path("<int:number>/photos/<str:digest>/", visits.photo, name="photo"),
    path("<int:number>/record/<int:edition>/", visits.record, name="record"),
    path("<int:number>/cancel/", office.cancel, name="cancel"),
    path("<int:number>/joint/", office.departments, name="joint"),
    path("<int:number>/again/", office.again, name="again"),
    path("<int:number>/add/", office.add, name="add"),
    path("<int:number>/mode/", office.mode, name="mode"),
    path("<int:number>/ask/", office.ask, name="ask"),
    path("<int:number>/amend/", office.amend, name="amend"),
    path("<int:number>/redraft/", office.redraft, name="redraft"),
    path("<int:number>/report/", office.report, name="report"),
    path("<int:number>/team/", office.team, name="team"),
    path("<int:number>/substitute/", office.substitute, name="substitute"),
    path("<int:number>/status/", office.status, name="status"),
    path("<int:number>/fill/", site.fill, name="fill"),
    path("<int:number>/check-in/", site.check_in, name="check-in"),
    path("<int:number>/findings/<str:one>/", site.finding, name="finding"),
    path("<int:number>/photograph/", site.photograph, name="photograph"),
    path("<int:number>/freeze/", site.freeze, name="freeze"),
    path("<int:number>/go-on/", site.go_on, name="go-on"),
    path("<int:number>/sign/", site.sign, name="sign"),
    path("<int:number>/paper/", site.paper, name="paper"),
    path("<int:number>/paper/confirm/", site.confirm, name="confirm"),
    path("<int:number>/seal/", site.seal, name="seal"),
    path("api/today/", api.today, name="api-today"),
    path("api/<str:uid>/changes/", api.changes, name="api-changes"),
    path("api/<str:uid>/photos/<str:digest>/", api.photo, name="api-photo"),
    path("api/<str:uid>/record/", api.record, name="api-record"),
    path("code/<str:token>/", firm.code, name="code"),
]
