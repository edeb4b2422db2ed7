"""Addresses of this app."""

from django.urls import path

from sunlot.office.papers.views import printed

app_name = "papers"
urlpatterns = [
    path("<int:number>/pdf/", printed.pdf, name="pdf"),
    path("<int:number>/word/", printed.word, name="word"),
]
