"""Addresses of this app."""

from django.urls import path

from sunlot.office.lottery.views import archive, discs, draws, excluded, rounds, seeds, tasks

app_name = "lottery"
urlpatterns = [
    path("", rounds.list_all, name="rounds"),
    path("new/", rounds.new, name="new"),
    path("rounds/<int:number>/", rounds.one, name="round"),
    path("rounds/<int:number>/plan/", rounds.plan, name="plan"),
    path("rounds/<int:number>/sources/", rounds.sources, name="sources"),
    path("rounds/<int:number>/check/", rounds.check, name="check"),
    path("rounds/<int:number>/excluded/", excluded.excluded, name="excluded"),
    path("rounds/<int:number>/announce/", rounds.announce, name="announce"),
    path("rounds/<int:number>/drop/", rounds.drop, name="drop"),
    path("draws/<slug:name>/", draws.one, name="draw"),
    path("draws/<slug:name>/request/<str:witness>/", draws.request_of, name="request"),
    path("draws/<slug:name>/cosign/", draws.cosign, name="cosign"),
    path("draws/<slug:name>/seed/", seeds.seed, name="seed"),
    path("draws/<slug:name>/seed/<int:number>/", seeds.enter, name="enter"),
    path("draws/<slug:name>/seed/<int:number>/withdraw/", seeds.withdraw, name="withdraw"),
    path("draws/<slug:name>/seal/", seeds.seal, name="seal"),
    path("draws/<slug:name>/run/", draws.run, name="run"),
    path("draws/<slug:name>/result/", draws.result, name="result"),
    path("draws/<slug:name>/teams/", draws.teams, name="teams"),
    path("draws/<slug:name>/explain/", draws.explain, name="explain"),
    path("draws/<slug:name>/substitute/", draws.substitute, name="substitute"),
    path("draws/<slug:name>/void/", draws.void, name="void"),
    path("draws/<slug:name>/opening/", draws.opening, name="opening"),
    path("draws/<slug:name>/hour/", draws.hour, name="hour"),
    path("draws/<slug:name>/archive/", archive.archive, name="archive"),
    path("draws/<slug:name>/archive/<slug:stage>/<str:file>", archive.printed, name="printed"),
    path("draws/<slug:name>/bag/", archive.bag, name="bag"),
    path("draws/<slug:name>/discs/", discs.disc_list, name="discs"),
    path("draws/<slug:name>/discs/make/", discs.make, name="make-discs"),
    path("draws/<slug:name>/discs/file/<path:path>", discs.file, name="disc-file"),
    path("draws/<slug:name>/discs/<slug:seal>/", discs.handle, name="disc"),
    path("tasks/", tasks.tasks, name="tasks"),
]
