"""Addresses of this app."""

from django.urls import path

from sunlot.office.papers.views import blanks, case, new, papers, printed, seal

app_name = "papers"
urlpatterns = [
    path("", papers.list_all, name="list"),
    path("many/void/", papers.void_many, name="void-many"),
    path("register/", papers.register, name="register"),
    path("check/", papers.check, name="check"),
    path("seal/", seal.keep, name="seal"),
    path("seal/picture/", seal.picture, name="seal-picture"),
    path("seal/withdraw/", seal.withdraw, name="seal-withdraw"),
    path("blank/", blanks.blanks, name="blanks"),
    path("blank/<str:kind>/", blanks.blank, name="blank"),
    path("visits/<int:visit>/to-sign/", new.to_sign, name="to-sign"),
    path("visits/<int:visit>/<str:kind>/", new.new, name="new"),
    path("case/<str:place>/<int:number>/", case.case, name="case"),
    path("case/<str:place>/<int:number>/cover/", case.cover, name="cover"),
    path("<int:number>/", papers.one, name="one"),
    path("<int:number>/pdf/", printed.pdf, name="pdf"),
    path("<int:number>/word/", printed.word, name="word"),
    path("<int:number>/pages/<int:order>/", papers.scanned, name="scanned"),
    path("<int:number>/scan/", papers.scan, name="scan"),
    path("<int:number>/serve/", papers.serve, name="serve"),
    path("<int:number>/stamp/", seal.stamp, name="stamp"),
    path("<int:number>/void/", papers.void, name="void"),
]
