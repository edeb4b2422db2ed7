"""The checklist as a page of the office: what is typed becomes changes over what the page had shown, so that nothing of a colleague's is lost."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sunlot.draw.moments import SPELLING
from sunlot.office.shell.fields import Files
from sunlot.office.shell.language import in_words
from sunlot.office.visits.entering import tidy
from sunlot.office.visits.fields import LONGEST
from sunlot.office.visits.labels import Labels
from sunlot.office.visits.merge import Held
from sunlot.office.visits.sheet import ONSITE
from sunlot.office.visits.signing import NO_WITNESS

TEXTS = {"place": _("检查场所"), "summary": _("检查情况"), "handling": _("处理情况")}
TIMES = {"times/arrived": _("到达时间"), "times/left": _("离开时间")}
OFFSITE_TIMES = {"times/arrived": _("核查开始时间"), "times/left": _("核查结束时间")}
PERSON = {"name": _("企业现场负责人姓名"), "phone": _("联系电话")}


def _worded(labels: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(code, in_words(text)) for code, text in labels.items()]


class Moment(forms.DateTimeField):
    """A time in China, kept as UTC text."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def clean(self, value: Any) -> Any:
        """Return UTC text, None for nothing."""
        found = super().clean(value)
        return found.astimezone(UTC).strftime(SPELLING) if found else None


class SheetForm(forms.Form):
    """Every field of the record but findings, hazards and photos, which have pages of their own."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any,
        held: Mapping[str, Held],
        items: Sequence[Mapping[str, Any]],
        labels: Labels,
        offsite: bool = False,
        departments: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        self.held, self.items = held, items
        super().__init__(data, initial=self._initial())
        for item in items:
            for point in item["points"]:
                self._point(f"{item['number']}/{point['position']}", point["text"], labels)
        for name, title in (OFFSITE_TIMES if offsite else TIMES).items():
            self.fields[name] = Moment(label=title, required=False)
        for name, title in TEXTS.items():
            if offsite and name == "place":
                continue
            area = forms.Textarea(attrs={"rows": 1 if name == "place" else 4})
            self.fields[name] = forms.CharField(label=title, required=False, max_length=LONGEST, widget=area)
        for one in departments:
            title = _("%s没有参加的原因（参加的不填）") % one["name"]
            self.fields[f"joint/{one['code']}/absent"] = forms.CharField(
                label=title, required=False, max_length=LONGEST
            )
        for name, title in PERSON.items():
            self.fields[f"firm/{name}"] = forms.CharField(label=title, required=False, max_length=40)
        self.fields["firm/capacity"] = forms.ChoiceField(
            label=_("身份"), required=False, choices=[("", "—"), *_worded(labels["capacities"])]
        )
        self.fields["outcome"] = forms.ChoiceField(
            label=_("检查结果"), required=False, choices=[("", _("未检查")), *_worded(labels["outcomes"])]
        )
        for name, title in {"methods": _("核查方式"), "dispositions": _("后续处置")}.items():
            choices = [one for one in _worded(labels[name]) if not (offsite and one[0] == ONSITE)]
            self.fields[name] = forms.MultipleChoiceField(
                label=title, required=False, choices=choices, widget=forms.CheckboxSelectMultiple
            )

    def _point(self, point: str, text: str, labels: Labels) -> None:
        self.fields[f"answers/{point}"] = forms.ChoiceField(
            label=text, required=False, choices=_worded(labels["answers"]), widget=forms.RadioSelect
        )
        self.fields[f"notes/{point}"] = forms.CharField(
            label=_("说明"),
            required=False,
            max_length=LONGEST,
            widget=forms.TextInput(attrs={"aria-label": f"{text} {_('说明')}"}),
        )

    def _initial(self) -> dict[str, Any]:
        values = {field: held.value for field, held in self.held.items()}
        person = values.get("firm/representative") or {}
        start: dict[str, Any] = {f"firm/{name}": text for name, text in person.items()}
        for field, value in values.items():
            start[field] = _local(value) if field in TIMES and value else value
        for item in self.items:
            for point in item["points"]:
                start.setdefault(f"answers/{item['number']}/{point['position']}", "unseen")
        heads = {field: [entry.id for entry in held.heads] for field, held in self.held.items()}
        seen = {
            field: [values[field], heads[field]]
            for field in values
            if not field.startswith(("findings", "hazards", "photos"))
        }
        start["seen"] = json.dumps(seen, ensure_ascii=False)
        return start

    def clean_seen(self) -> dict[str, Any]:
        """Return by field the value and heads that the page had shown; what cannot be read was nothing."""
        try:
            seen = json.loads(self.cleaned_data["seen"])
        except ValueError:
            return {}
        sound = isinstance(seen, dict) and all(isinstance(one, list) and len(one) == 2 for one in seen.values())
        return seen if sound else {}

    def entered(self) -> tuple[dict[str, Any], dict[str, list[str]]]:
        """Return what the person changed, and over which heads."""
        seen = self.cleaned_data["seen"]
        values = {name: self.cleaned_data[name] for name in self.fields if name != "seen" and name in self.cleaned_data}
        person = {name: values.pop(f"firm/{name}", "") for name in ("name", "capacity", "phone")}
        values["firm/representative"] = person if any(person.values()) else None
        changed = {
            name: tidy(value) or None
            for name, value in values.items()
            if _plain(name, value) != _plain(name, (seen.get(name) or [None])[0])
        }
        return changed, {
            name: [one for one in seen.get(name, [None, []])[1] if isinstance(one, str)] for name in changed
        }

    def rows(self) -> list[tuple[Mapping[str, Any], list[tuple[str, Any, Any, list[Any]]]]]:
        """Return by item its points: text, answer, note, and what colleagues answered without seeing this."""
        return [
            (
                item,
                [
                    (point["text"], self[f"answers/{name}"], self[f"notes/{name}"], self._parallel(f"answers/{name}"))
                    for point in item["points"]
                    for name in [f"{item['number']}/{point['position']}"]
                ],
            )
            for item in self.items
        ]

    def rest(self) -> list[tuple[Any, list[Any]]]:
        """Return the fields that are not check points, with what colleagues typed without seeing this."""
        names = [name for name in self.fields if not name.startswith(("answers/", "notes/", "seen"))]
        return [(self[name], self._parallel(name)) for name in names]

    def _parallel(self, name: str) -> list[Any]:
        return self.held[name].parallel if name in self.held else []


def _plain(name: str, value: Any) -> Any:
    """Return a value for comparing what was shown with what came back: 未查 is what nobody has answered."""
    if name.startswith("answers/") and value == "unseen":
        return None
    if name in TIMES and value:
        return str(value)[:16]  # pages show no seconds
    return tidy(value) or None


def _local(text: str) -> Any:
    from datetime import datetime

    return timezone.localtime(datetime.fromisoformat(text)).replace(second=0)


class FindingForm(forms.Form):
    """A problem at a check point, or a hazard off the list."""

    text = forms.CharField(label=_("问题"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))
    severity = forms.ChoiceField(label=_("隐患等级"))
    point = forms.ChoiceField(label=_("检查要点"), required=False)
    article = forms.CharField(label=_("依据的条文"), required=False, max_length=400)
    measure = forms.CharField(label=_("采取的措施"), required=False, max_length=LONGEST)
    corrected = forms.BooleanField(label=_("现场已改正"), required=False)
    withdrawn = forms.BooleanField(label=_("删去这一条（留有记录）"), required=False)

    def __init__(self, data: Any, labels: Labels, points: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["severity"] = forms.ChoiceField(label=_("隐患等级"), choices=list(labels["severities"].items()))
        off = [("", _("清单外（另行记录，依法责令排除）"))]
        self.fields["point"] = forms.ChoiceField(label=_("检查要点"), choices=[*points, *off], required=False)


class PhotoForm(forms.Form):
    """A photo, taken now or chosen."""

    file = forms.FileField(
        label=_("照片"), widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"})
    )
    caption = forms.CharField(label=_("说明"), required=False, max_length=200)

    def __init__(self, data: Any, files: Any, offsite: bool = False) -> None:
        super().__init__(data, files)
        if offsite:
            widget = forms.FileInput(attrs={"accept": "image/*,application/pdf"})
            self.fields["file"] = forms.FileField(label=_("材料或截图"), widget=widget)


class PaperForm(forms.Form):
    """The scanned pages on which the record was signed by hand, and the code at their foot, which says whose they are."""

    code = forms.CharField(
        label=_("记录校验值"),
        max_length=200,
        help_text=_("扫描纸上二维码的内容，或手工输入印在二维码旁的校验值前 8 位以上"),
    )
    pages = Files(
        accept="image/jpeg,image/png,image/webp,application/pdf",
        label=_("签字页照片或扫描件"),
        help_text=_("JPEG、PNG、WebP 图片或 PDF，可一次选多个，按页的顺序"),
    )
    name = forms.CharField(label=_("企业签字人姓名"), required=False, max_length=40)
    capacity = forms.ChoiceField(label=_("身份"), required=False)
    witness = forms.CharField(label=_("见证人姓名（有则填）"), required=False, max_length=40)
    refusal = forms.ChoiceField(label=_("企业未签字的原因"), required=False)
    note = forms.CharField(label=_("情况说明"), required=False, max_length=1000)
    no_witness = forms.CharField(
        label=_("无见证人的原因"),
        required=False,
        max_length=200,
        help_text=_("企业未签字、又没有见证人签字的，必须写明"),
    )

    def __init__(self, data: Any, files: Any, labels: Labels) -> None:
        super().__init__(data, files)
        self.fields["capacity"] = forms.ChoiceField(
            label=_("身份"), required=False, choices=[("", "—"), *_worded(labels["capacities"])]
        )
        self.fields["refusal"] = forms.ChoiceField(
            label=_("企业未签字的原因"), required=False, choices=[("", _("企业已签字")), *labels["refusals"].items()]
        )

    def clean(self) -> dict[str, Any]:
        """Return the data. A refusal without a witness says why there is none."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("refusal") and not data.get("witness", "").strip() and not data.get("no_witness", "").strip():
            self.add_error("no_witness", _("企业未签字、又没有见证人签字的，请写明无见证人的原因。"))
        return data

    def refused(self) -> dict[str, str] | None:
        """Return why the firm has not signed, None when it has."""
        data = self.cleaned_data
        return (
            {"reason": data["refusal"], "note": with_witness(data["note"], data["no_witness"])}
            if data["refusal"]
            else None
        )


def with_witness(note: str, reason: str) -> str:
    """Return a note on a refusal with the reason why no witness signed, where there is one."""
    return "；".join(filter(None, [note.strip(), f"{NO_WITNESS}：{reason.strip()}" if reason.strip() else ""]))


class SealForm(forms.Form):
    """The firm's seal, or why there is none."""

    picture = forms.FileField(
        label=_("印章或盖章页的照片、扫描件"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
    )
    reason = forms.CharField(
        label=_("无印章的原因"),
        required=False,
        max_length=200,
        help_text=_("例如：个体工商户没有印章；印章不在现场。印章不是必须的。"),
    )


class ConfirmForm(forms.Form):
    """What an officer says of pages that another has handed in."""

    mine = forms.BooleanField(label=_("签字页属于本记录，上面有我本人的签字"))
