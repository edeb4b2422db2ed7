"""What is filled in to make something public, to correct it, to take it away."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sunlot.office.release.draft import Draft
from sunlot.office.release.models import Release
from sunlot.office.release.penalties import to_withdraw
from sunlot.office.release.scan import NAME, Hit, known_names, scan
from sunlot.office.visits.moment import today


class PassingForm(forms.Form):
    """A field for every hit of the scan that might be no name: why it is none. `found`: the hits, named by the texts."""

    def ask_about(self, found: Iterable[Hit]) -> None:
        """Add the fields."""
        self.names = sorted({hit.text for hit in found if hit.what == NAME})
        for number, text in enumerate(self.names):
            self.fields[f"p-{number}"] = forms.CharField(
                label=_("“%s”不是人名，因为") % text,
                required=False,
                max_length=200,
                help_text=_(
                    "是人名的，请改写公示用语，这里不填；不是人名的，写明理由，由审核人逐条确认。电话和证件号码不能这样放行。"
                ),
            )

    def passed(self) -> dict[str, str]:
        """Return the reasons by the texts that are no names."""
        said = {text: self.cleaned_data.get(f"p-{number}", "").strip() for number, text in enumerate(self.names)}
        return {text: why for text, why in said.items() if why}


class WordingForm(PassingForm):
    """A field for every free text that would go public, filled with what the record says; what the scan found stands below it."""

    def __init__(self, data: Any, drafts: Sequence[Draft], **more: Any) -> None:
        super().__init__(data, **more)
        names = known_names()
        self.drafts, self.places = drafts, {}
        all_hits = scan(self.data.get("reason", ""), names)
        for draft in drafts:
            hits = draft.hits(names)
            all_hits += [hit for found in hits.values() for hit in found]
            for number, text in draft.public_texts().items():
                if number.endswith("/text") or number == "facts" or number in hits:
                    name = f"w-{draft.about}-{number}"
                    found = escape("、".join(f"{_(hit.what)}“{hit.text}”" for hit in hits.get(number, ())))
                    self.fields[name] = forms.CharField(
                        label=f"{draft.title}：{_('公示用语')}",
                        initial=text,
                        max_length=4000,
                        widget=forms.Textarea(attrs={"rows": 2}),
                        help_text=_("扫描发现：%s；请改写") % found if found else _("自动扫描没有发现个人信息"),
                    )
                    self.places[name] = (draft.about, number)
        self.ask_about(all_hits)
        self.order_fields([*self.places, *(name for name in self.fields if name not in self.places)])

    def wordings(self) -> dict[int, dict[str, str]]:
        """Return the texts by the number of visit or case."""
        found: dict[int, dict[str, str]] = {}
        for name, (about, number) in self.places.items():
            found.setdefault(int(about.partition("/")[2]), {})[number] = self.cleaned_data[name]
        return found


class AskForm(WordingForm):
    """Asking for a first release. `pk`: the numbers; `kind`: of what."""

    kind = forms.CharField(widget=forms.HiddenInput)
    pk = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("送审说明"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("只给审批人看"),
    )


class CorrectionForm(WordingForm):
    """Asking for a new edition."""

    reason = forms.CharField(
        label=gettext_lazy("更正理由"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("将公开，不要写个人信息"),
    )


class WithdrawalForm(PassingForm):
    """Asking to take a release away."""

    since = forms.DateField(
        label=gettext_lazy("应当撤回之日"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("处罚决定被撤销、变更、确认违法或无效之日，或者发现公示有误之日；期限从这一天起算"),
    )
    reason = forms.CharField(
        label=gettext_lazy("撤回理由"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("将公开，不要写个人信息"),
    )

    def __init__(self, data: Any, release: Release) -> None:
        annulled = {row.pk: day for row, day in to_withdraw()}.get(release.pk)
        reason = _("处罚决定已被撤销") if annulled else ""
        super().__init__(data, initial={"since": annulled or today(), "reason": reason})
        self.release = release
        self.ask_about(scan(self.data.get("reason", ""), known_names()))

    def clean_since(self) -> Any:
        """Return the day. It lies neither in the future nor before the release."""
        day = self.cleaned_data["since"]
        if day > today():
            raise forms.ValidationError(_("应当撤回之日不能晚于今天 %s。") % today())
        return day
