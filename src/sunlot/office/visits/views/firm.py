"""What the firm's phone shows behind the check code (检查码), without login: this visit, and no other."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from sunlot.office.catalog.policies import office_policy
from sunlot.office.shell.doorkeeper import address
from sunlot.office.shell.forms import refused_on
from sunlot.office.shell.language import in_words
from sunlot.office.visits import firm, moment
from sunlot.office.visits.checklist import items_of
from sunlot.office.visits.labels import kind_told, labels_on
from sunlot.office.visits.models import Visit
from sunlot.office.visits.proof import why_drawn
from sunlot.office.visits.staff import certified
from sunlot.office.visits.urgent import later_approval


class RatingForm(forms.Form):
    """1 to 5, and a text."""

    stars = forms.TypedChoiceField(
        label=_("评分"),
        coerce=int,
        choices=[(5, _("5 很满意")), (4, _("4 满意")), (3, _("3 一般")), (2, _("2 不满意")), (1, _("1 很不满意"))],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("评价（可不填）"), required=False, max_length=firm.LONGEST, widget=forms.Textarea(attrs={"rows": 3})
    )


class ComplaintForm(forms.Form):
    """What went wrong, and how to reach who says so."""

    text = forms.CharField(label=_("反映的问题"), max_length=firm.LONGEST, widget=forms.Textarea(attrs={"rows": 4}))
    contact = forms.CharField(
        label=_("联系方式（可不填）"), required=False, max_length=80, help_text=_("只有监督员可见，执法人员看不到。")
    )


class TrackForm(forms.Form):
    """The tracking code of a complaint."""

    code = forms.CharField(label=_("查询码"), max_length=40, help_text=_("提交投诉时显示的 16 位字母和数字。"))


def code(request: HttpRequest, token: str) -> HttpResponse:
    """Whether the check is genuine: firm, items, persons, why; a rating and a complaint."""
    visit = firm.visit_of(token)
    if visit is None:
        return render(request, "visits/no_code.html", status=404)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    rating = RatingForm(request.POST if act == "rate" else None, prefix="r")
    complaint = ComplaintForm(request.POST if act == "complain" else None, prefix="c")
    tracking = TrackForm(request.POST if act == "track" else None, prefix="t")
    found = None
    if act == "track" and tracking.is_valid():
        with refused_on(tracking):
            found = firm.complaint_of(token, tracking.cleaned_data["code"])
    if act == "rate" and rating.is_valid():
        with refused_on(rating):
            firm.rate(token, rating.cleaned_data["stars"], rating.cleaned_data["text"], address(request))
            messages.success(request, _("谢谢，评价已收到。"))
            return redirect("visits:code", token)
    if act == "complain" and complaint.is_valid():
        with refused_on(complaint):
            given = complaint.cleaned_data
            told = firm.complain(token, given["text"], given["contact"], address(request))
            messages.success(
                request,
                _("投诉已交监督员，执法人员看不到内容。查询码 {code}，请记下，只显示这一次。").format(code=told),
            )
            return redirect("visits:code", token)
    shown = {"rating": rating, "complaint": complaint, "tracking": tracking, "found": found}
    return render(request, "visits/code.html", _context(visit) | shown, status=422 if act and not found else 200)


def _context(visit: Visit) -> dict[str, Any]:
    day = moment.today()
    team = [officer for officer in visit.team.order_by("part", "inspector_id") if not officer.out]
    valid = certified([officer.inspector_id for officer in team], day)
    lines, check_code = why_drawn(visit)
    return {
        "visit": visit,
        "kind": in_words(kind_told(visit.kind, visit.draw, day)),
        "team": [(officer, officer.inspector_id in valid) for officer in team],
        "partners": visit.partners.prefetch_related("guests"),
        "items": items_of([visit])[visit.pk],
        "lines": lines,
        "check_code": check_code,
        "later": later_approval(visit),
        "pledge": office_policy(day).texts("visit.pledge"),
        "outcome": labels_on(day)["outcomes"].get(visit.outcome, ""),
        "least": office_policy(day).count("visit.min_inspectors"),
    }
