"""Addresses of this app."""

from django.urls import path

from sunlot.office.plan.views import calculators, caps, documents, key_list, plans, public, rounds, steps

app_name = "plan"
urlpatterns = [
    path("", plans.list_all, name="list"),
    path("new/", plans.new, name="new"),
    path("ours/", rounds.ours, name="ours"),
    path("<int:number>/", plans.one, name="one"),
    path("<int:number>/figures/", plans.figures, name="figures"),
    path("<int:number>/diff/", plans.diff, name="diff"),
    path("<int:number>/what-if/", calculators.what_if, name="what_if"),
    path("<int:number>/rounds/", rounds.list_all, name="rounds"),
    path("<int:number>/rounds/add/", rounds.add, name="round_add"),
    path("<int:number>/rounds/drop/", rounds.drop_many, name="rounds_drop"),
    path("rounds/<int:pk>/", rounds.edit, name="round_edit"),
    path("rounds/<int:pk>/drop/", rounds.drop, name="round_drop"),
    path("<int:number>/keys/", key_list.list_all, name="keys"),
    path("<int:number>/keys/add/", key_list.add, name="key_add"),
    path("<int:number>/keys/off/", key_list.take_off, name="key_off"),
    path("<int:number>/keys/place/", key_list.place, name="key_place"),
    path("<int:number>/submit/", steps.submit, name="submit"),
    path("<int:number>/drop/", steps.drop, name="drop"),
    path("<int:number>/take-back/", steps.take_back, name="take_back"),
    path("<int:number>/file/", steps.file, name="file"),
    path("<int:number>/publish/", steps.publish, name="publish"),
    path("<int:number>/amend/", steps.amend, name="amend"),
    path("<int:number>/word/", documents.word, name="word"),
    path("<int:number>/print/", documents.print_view, name="print"),
    path("caps/", caps.caps, name="caps"),
    path("calculator/", calculators.calculator, name="calculator"),
    path("printed/", calculators.printed, name="printed"),
    path("public/", public.list_all, name="public"),
    path("public/<int:year>/", public.one, name="public_year"),
    path("public/<int:year>/word/", public.word, name="public_word"),
]
