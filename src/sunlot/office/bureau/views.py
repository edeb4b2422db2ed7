"""Who this office is, to read and to write."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sunlot.office.bureau import services
from sunlot.office.bureau.models import Bureau
from sunlot.office.shell.forms import form_page


class BureauForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """The particulars of the bureau."""

    class Meta:
        model = Bureau
        fields = ("code", "name", "short", "territories", "address", "telephone", "site", "version")
        widgets = {"version": forms.HiddenInput, "territories": forms.Textarea(attrs={"rows": 8})}


def show(request: HttpRequest) -> HttpResponse:
    """Who this office is."""
    return render(request, "bureau/show.html", {"bureau": Bureau.objects.first()})


def edit(request: HttpRequest) -> HttpResponse:
    """Say who this office is."""
    form = BureauForm(request.POST or None, instance=Bureau.objects.first() or Bureau())

    def act(data: dict[str, Any]) -> str:
        services.describe(request.user.actor, data, data["version"])  # type: ignore[union-attr]
        return reverse("bureau:show")

    return form_page(request, form, act, back=reverse("bureau:show"))
