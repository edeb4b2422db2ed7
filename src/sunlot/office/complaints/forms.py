"""What is filled in: by the public, by the reporter behind his code, by the office."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sunlot.office.bureau.models import Bureau
from sunlot.office.bureau.queries import territories
from sunlot.office.complaints import intake, queries
from sunlot.office.complaints.handling import ANSWERED_HOW, LONGEST
from sunlot.office.complaints.models import Channel
from sunlot.office.complaints.states import Result
from sunlot.office.complaints.uploads import TOO_LARGE
from sunlot.office.complaints.verifying import Going
from sunlot.office.shell.fields import Day, Files, listed
from sunlot.office.shell.language import in_words, in_words_later

PHONE = re.compile(r"[0-9+\-() （）转]{5,30}")


class FilesField(Files):
    """Several files, as their bytes; an empty choice is an empty tuple."""

    def __init__(self, accept: str, **more: Any) -> None:
        super().__init__(accept=accept, required=False, **more)

    def clean(self, data: Any, initial: Any = None) -> tuple[bytes, ...]:
        """Return the bytes of each file. Raises ValidationError for one that is too large."""
        files = tuple(file.read() for file in (data or ()) if file)
        if TOO_LARGE in files:
            raise forms.ValidationError(_("有文件超过大小限制，没有收下；请选择较小的文件。"))
        return files


def _text(label: Any, length: int, rows: int = 4, help_text: Any = "", required: bool = True) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=length, widget=area, help_text=help_text, required=required)


def _line(label: Any, length: int = 200, help_text: Any = "", required: bool = False, **attrs: str) -> forms.CharField:
    widget = forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, max_length=length, help_text=help_text, required=required, widget=widget)


class AboutForm(forms.Form):
    """What happened, where, at whose place."""

    kind = forms.ChoiceField(label=_("反映哪一类问题"), widget=forms.RadioSelect)
    text = _text(
        _("发生了什么"),
        intake.LONGEST,
        7,
        _("请写清楚事实：什么设备、什么作业、有什么危险。不想暴露自己的，不要写只有您知道的细节。"),
    )
    firm = _line(_("哪个单位（名称或统一社会信用代码，可不填）"))
    place = _line(_("在什么地方（可不填）"))
    township = forms.ChoiceField(label=_("哪个镇街（可不填）"), required=False)
    when = _line(_("什么时候（可不填）"), 80, _("例如：每天夜里、上周二"))
    photos = FilesField(
        "image/jpeg,image/png",
        label=_("照片（可不选，最多 5 张）"),
        help_text=_("JPEG 或 PNG，每张不超过 10 MB。照片里的拍摄地点、时间和手机型号会被去掉，再加密保存。"),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        kinds: Any = self.fields["kind"]
        kinds.choices = [(code, in_words(title)) for code, title in queries.kinds()]
        kinds.error_messages["required"] = _("请选择一类；拿不准的选最后一项。")
        self.fields["text"].error_messages["required"] = _("请写明发生了什么。")
        towns: Any = self.fields["township"]
        bureau = Bureau.objects.first()
        towns.choices = [("", "——"), *((town, town) for town in (territories(bureau) if bureau else []))]

    def clean_text(self) -> str:
        """Return the text, long enough to be of use."""
        text = str(self.cleaned_data["text"]).strip()
        if len(text) < intake.SHORTEST:
            raise forms.ValidationError(
                _("至少写 %(least)s 个字，说清楚是什么问题；现在是 %(now)s 个字。")
                % {"least": intake.SHORTEST, "now": len(text)}
            )
        return text

    def clean_photos(self) -> tuple[bytes, ...]:
        """Return the photos, not more than may come at once."""
        photos: tuple[bytes, ...] = self.cleaned_data["photos"]
        if len(photos) > intake.PHOTOS:
            raise forms.ValidationError(
                _("照片不超过 %(most)s 张，现在选了 %(now)s 张；其余的可以用查询码补充。")
                % {"most": intake.PHOTOS, "now": len(photos)}
            )
        return photos


class ReportForm(AboutForm):
    """The public form. `web_address` is a trap: people do not see it."""

    named = forms.ChoiceField(
        label=_("是否留下姓名"),
        widget=forms.RadioSelect,
        initial="no",
        choices=[("no", _("匿名：不留姓名和电话，凭查询码查看答复")), ("yes", _("实名：只有经办人和监督员能看到"))],
    )
    name = _line(_("姓名（实名时填写）"), 40, autocomplete="name")
    phone = _line(_("电话（实名时填写）"), 30, autocomplete="tel", inputmode="tel")
    consent = forms.BooleanField(
        label=_("我已阅读上面的说明：所反映的情况尽我所知是真实的，同意为处理这件举报使用我填写的内容"),
        error_messages={"required": _("请阅读说明后勾选；不同意的，可以打电话或者写信举报。")},
    )
    answer = _line(_("算式的得数"), 8, _("用来识别机器"), required=True, autocomplete="off", inputmode="numeric")
    web_address = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )
    ticket = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["answer"].error_messages["required"] = _("请写出算式的得数。")

    def clean(self) -> dict[str, Any]:
        """Return the data; of an anonymous reporter neither name nor telephone."""
        data = dict(super().clean() or {})
        if data.get("named") != "yes":
            return data | {"name": "", "phone": ""}
        if not data.get("name"):
            self.add_error("name", _("选择实名的，请填写姓名；不想留姓名的请选匿名。"))
        if not PHONE.fullmatch(data.get("phone", "")):
            self.add_error("phone", _("请填写能联系到您的电话号码，例如 13800000000。"))
        return data


class CodeForm(forms.Form):
    """The tracking code."""

    code = _line(
        _("查询码"), 40, _("16 个字母和数字，横线和大小写不影响"), required=True, autocomplete="off", spellcheck="false"
    )


class AddForm(forms.Form):
    """What the reporter adds."""

    text = _text(_("补充情况或者回答"), LONGEST, 4, required=False)
    photos = FilesField("image/jpeg,image/png", label=_("照片（可不选，最多 5 张）"))


class IntakeForm(AboutForm):
    """A report that came by telephone, letter or in person, as the clerk writes it down."""

    channel = forms.ChoiceField(
        label=_("来源"), choices=[choice for choice in Channel.choices if choice[0] != Channel.WEB]
    )
    name = _line(_("举报人姓名（匿名的不填）"), 40)
    phone = _line(_("举报人电话"), 30)
    address = _line(_("举报人地址"))
    scans = FilesField(
        "image/jpeg,image/png,application/pdf",
        label=_("来信扫描件"),
        help_text=_("PDF、JPEG 或 PNG，每份不超过 20 MB。笔迹和署名会暴露举报人，只有经办人和监督员能打开。"),
    )
    field_order = ("channel", "kind", "text", "firm", "place", "township", "when", "name", "phone", "address")


class FirmForm(forms.Form):
    """Which firm of the roster it is."""

    firm = _line(_("单位名称或统一社会信用代码"), required=True)


class AssignForm(forms.Form):
    """Who is to handle a report."""

    handler = forms.TypedChoiceField(label=_("经办人"), coerce=int)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        people: Any = self.fields["handler"]
        people.choices = queries.handlers()


class TextForm(forms.Form):
    """A text for the reporter, which may stay empty."""

    text = _text(_("告知举报人的话（可不填）"), LONGEST, 4, _("举报人凭查询码看到；不要写其他举报人的情况。"), False)


class RefuseForm(TextForm):
    """Why a report is not accepted."""

    reason = forms.ChoiceField(label=_("不予受理的理由"))
    field_order = ("reason", "text")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        from sunlot.office.catalog.policies import office_policy
        from sunlot.office.visits.moment import today

        reasons: Any = self.fields["reason"]
        found = office_policy(today()).labels("complaint.refusals")
        reasons.choices = [(code, in_words(title)) for code, title in found.items()]


class TransferForm(forms.Form):
    """To whom a report is passed on."""

    receiver = _line(_("移送到"), 80, _("负责处理这类事项的部门全称"), required=True)


class JoinForm(forms.Form):
    """With which report it is handled."""

    into = _line(_("并入的举报件编号"), 12, _("例如 2026-00012"), required=True)


class QuestionForm(forms.Form):
    """What to ask the reporter."""

    text = _text(_("向举报人提问"), LONGEST, 4, _("举报人凭查询码看到并回答，不需要知道他是谁。"))


class GoingForm(forms.Form):
    """How a report is verified on site; no free text, by which the reporter could be known."""

    window_from = Day(label=_("检查期起"))
    window_to = Day(label=_("检查期止"))
    team = _line(_("检查组"), 200, _("人员编号，组长在前，用顿号分开；至少两名持证人员"), required=True)
    items = _line(_("检查事项编号"), 400, _("只能是清单上的事项；不填为全部启用事项"))
    secret = forms.BooleanField(label=_("不事先通知企业"), required=False, initial=True)
    urgent = forms.BooleanField(label=_("情况紧急，先检查、事后补办审批"), required=False)

    def going(self) -> Going:
        """Return the visit as it is wanted."""
        data: dict[str, Any] = dict(self.cleaned_data)
        for name in ("team", "items"):
            data[name] = listed(data[name])
        return Going(**data)


class FindingForm(forms.Form):
    """What the verification found."""

    result = forms.ChoiceField(label=_("核查结果"), choices=Result.choices, widget=forms.RadioSelect)
    finding = _text(_("核查情况"), LONGEST, 6, _("依法形成的书面材料：查了什么、查明什么、怎样处理。密存在举报件内。"))


class AnswerForm(forms.Form):
    """What the reporter is told in the end, and how."""

    text = _text(_("答复内容"), LONGEST, 6, _("举报人凭查询码看到。"))
    how = forms.ChoiceField(
        label=_("另外怎样告知"), choices=[(code, in_words_later(title)) for code, title in ANSWERED_HOW.items()]
    )


class RewardForm(forms.Form):
    """A reward."""

    amount = forms.IntegerField(label=_("奖励金额（元）"), min_value=1)
    ground = _line(_("计算依据"), 200, _("例如：罚款 20000 元的 15%，按下限 3000 元"), required=True)
    payee = _text(_("领奖人和收款方式"), 300, 2, _("加密保存，只有经办人和监督员能看到。"))


class VoucherForm(forms.Form):
    """That a reward was paid."""

    voucher = _line(_("发放凭证号"), 60, required=True)


class NothingForm(forms.Form):
    """Nothing but the wish."""


class SpanForm(forms.Form):
    """From when to when."""

    first = Day(label=_("起"), required=False)
    last = Day(label=_("止"), required=False)
