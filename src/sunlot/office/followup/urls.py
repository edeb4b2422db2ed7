"""Addresses of the follow-up."""

from django.urls import path

from sunlot.office.followup.views import hazards, incoming, orders, transfers, waivers

app_name = "followup"
urlpatterns = [
    path("", orders.list_all, name="orders"),
    path("waiting/", orders.waiting, name="waiting"),
    path("visits/<int:number>/order/", orders.issue, name="issue"),
    path("visits/<int:number>/no-order/", orders.waive, name="waive"),
    path("orders/<int:number>/", orders.one, name="order"),
    path("orders/<int:number>/serve/", orders.serve, name="serve"),
    path("orders/<int:number>/cancel/", orders.cancel, name="cancel"),
    path("orders/<int:number>/extend/", orders.extend, name="extend"),
    path("orders/<int:number>/extensions/<int:key>/", orders.submit, name="submit"),
    path("orders/<int:number>/evidence/", orders.hand_in, name="hand-in"),
    path("orders/<int:number>/recheck/", orders.recheck, name="recheck"),
    path("orders/<int:number>/conclude/", orders.conclude, name="conclude"),
    path("orders/<int:number>/case/", orders.propose_case, name="propose-case"),
    path("files/<int:number>/", orders.file, name="file"),
    path("waivers/", waivers.list_all, name="waivers"),
    path("hazards/", hazards.list_all, name="hazards"),
    path("hazards/proposed/", hazards.proposed, name="proposed"),
    path("hazards/new/", hazards.new, name="new-hazard"),
    path("visits/<int:number>/hazards/<uuid:finding>/", hazards.register, name="register"),
    path("visits/<int:number>/hazards/<uuid:finding>/no/", hazards.waive, name="waive-hazard"),
    path("hazards/<int:number>/", hazards.one, name="hazard"),
    path("hazards/<int:number>/change/", hazards.change, name="change-hazard"),
    path("hazards/<int:number>/evidence/", hazards.hand_in, name="hazard-evidence"),
    path("hazards/<int:number>/sign-off/", hazards.report, name="sign-off"),
    path("transfers/", transfers.list_all, name="transfers"),
    path("transfers/new/", transfers.new, name="new-transfer"),
    path("transfers/<int:number>/", transfers.one, name="transfer"),
    path("transfers/<int:number>/dispatch/", transfers.dispatch, name="dispatch"),
    path("transfers/<int:number>/urge/", transfers.urge, name="urge"),
    path("incoming/", incoming.list_all, name="incoming"),
    path("incoming/<int:number>/", incoming.one, name="arrived"),
    path("incoming/<int:number>/acknowledge/", incoming.acknowledge, name="acknowledge"),
    path("incoming/<int:number>/reply/", incoming.reply, name="reply"),
    path("transfers/<int:number>/receipt/", transfers.receive, name="receipt"),
    path("transfers/<int:number>/answer/", transfers.answer, name="answer"),
    path("transfers/<int:number>/drop/", transfers.drop, name="drop"),
    path("receivers/", transfers.receivers, name="receivers"),
    path("receivers/new/", transfers.receiver, name="new-receiver"),
    path("receivers/<int:number>/", transfers.receiver, name="receiver"),
]
