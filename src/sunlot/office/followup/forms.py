"""What people fill in about orders, major hazards and transfers."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sunlot.office.followup.cut_models import Measure
from sunlot.office.followup.deadlines import LONGEST as MOST_WORKDAYS
from sunlot.office.followup.deadlines import Term
from sunlot.office.followup.evidence import LONGEST
from sunlot.office.followup.findings import Found
from sunlot.office.followup.hazards import Facts
from sunlot.office.followup.models import Hazard, Level, Problem, Service, Verdict
from sunlot.office.followup.transfer_models import Sort
from sunlot.office.followup.verdicts import Judged
from sunlot.office.shell.fields import Day, Files

SEPARATORS = re.compile(r"[、,，;；\s]+")
ACCEPTED = ".jpg,.jpeg,.png,.pdf"
_FILES_HELP = _("JPEG、PNG 图片或 PDF，每个不超过 12 MB，一次最多 10 个")


def _files(label: Any) -> Files:
    return Files(label=label, accept=ACCEPTED, required=False, help_text=_FILES_HELP, allow_empty_file=True)


def _long(label: Any, required: bool = True, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


class ReasonForm(forms.Form):
    """A reason, and nothing else."""

    reason = _long(_("理由"))


class OrderForm(forms.Form):
    """The order: which problems of the record, by when, where the firm may turn."""

    findings = forms.MultipleChoiceField(label=_("责令整改的问题"), widget=forms.CheckboxSelectMultiple)
    workdays = forms.IntegerField(
        label=_("整改期限（工作日）"),
        required=False,
        min_value=1,
        max_value=MOST_WORKDAYS,
        help_text=_("从明天起算，周末和法定节假日不计；与下面的日期填一项"),
    )
    deadline = Day(label=_("整改期限（日期）"), required=False)
    put_off = forms.BooleanField(
        label=_("所填日期是休息日的，期限顺延到其后第一个工作日"), required=False, help_text=_("指令书上写顺延后的日期")
    )
    measures = _long(_("整改期间的措施和要求"), required=False)
    government = forms.CharField(label=_("行政复议机关"), max_length=80, help_text=_("例如：青禾县人民政府"))
    court = forms.CharField(label=_("行政诉讼法院"), max_length=80, help_text=_("例如：青禾县人民法院"))

    def __init__(self, data: Any, problems: Sequence[Found], severities: dict[str, str], **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["findings"] = forms.MultipleChoiceField(
            label=_("责令整改的问题"),
            widget=forms.CheckboxSelectMultiple,
            choices=[(one.id, _told(one, severities)) for one in problems],
        )

    def term(self) -> Term:
        """Return the deadline as it was given."""
        return Term(self.cleaned_data["deadline"], self.cleaned_data["workdays"], self.cleaned_data["put_off"])


def _told(one: Found, severities: dict[str, str]) -> str:
    return f"{one.text}（{'，'.join(filter(None, [severities.get(one.severity, ''), one.article]))}）"


class ServeForm(forms.Form):
    """How the firm got the order."""

    on = Day(label=_("送达日期"))
    to = forms.CharField(label=_("签收人"), max_length=80)
    service = forms.ChoiceField(label=_("送达方式"), choices=Service.choices)


class ExtendForm(forms.Form):
    """What the firm asks for."""

    wanted = Day(label=_("申请延至"))
    reason = _long(_("企业的延期理由"))


class HandInForm(forms.Form):
    """Evidence: a text, files, and whether that is all of it."""

    text = _long(_("整改情况"), required=False)
    uploads = _files(_("照片和扫描件"))
    done = forms.BooleanField(label=_("企业报告已全部整改完成"), required=False)


class Moment(forms.DateTimeField):
    """A time in China."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class CutForm(forms.Form):
    """What is cut off, from when, and which decision was not obeyed."""

    measure = forms.ChoiceField(label=_("采取的措施"), choices=Measure.choices)
    supplier = forms.CharField(label=_("供应单位"), max_length=80, help_text=_("供电企业或民用爆炸物品供应单位的全称"))
    decided_on = Day(label=_("原决定日期"))
    decision = forms.CharField(
        label=_("没有执行的决定"), max_length=120, help_text=_("停产停业、停止施工、停止使用设施设备的决定")
    )
    reason = _long(_("拒不执行的情况和现实危险"))
    starts_at = Moment(label=_("停止供应的时间"))
    urgent = forms.BooleanField(
        label=_("危及生产安全的紧急情形"), required=False, help_text=_("停止供电除紧急情形外须提前通知企业")
    )
    government = forms.CharField(label=_("行政复议机关"), max_length=80, help_text=_("例如：青禾县人民政府"))
    court = forms.CharField(label=_("行政诉讼法院"), max_length=80, help_text=_("例如：青禾县人民法院"))


class RestoreForm(forms.Form):
    """That the firm has obeyed, and from when it is supplied again."""

    corrected_on = Day(label=_("履行决定的日期"))
    restored_at = Moment(label=_("恢复供应的时间"))
    reason = _long(_("履行决定、消除隐患的情况"))


class HazardEvidenceForm(forms.Form):
    """Evidence for a major hazard."""

    text = _long(_("治理情况"), required=False)
    uploads = _files(_("照片和扫描件"))


class RecheckForm(forms.Form):
    """When the team comes again, and who where it cannot."""

    window_from = Day(label=_("检查期起"))
    window_to = Day(label=_("检查期止"))
    team = forms.CharField(
        label=_("检查组"), max_length=200, help_text=_("人员编号，组长在前，用顿号分开；一般为原检查组")
    )
    others = _long(_("另派人员的理由"), required=False, help_text=_("与原检查组不同时必填，由审批人决定"))

    def members(self) -> tuple[str, ...]:
        """Return the numbers of those who shall go."""
        return tuple(dict.fromkeys(filter(None, SEPARATORS.split(self.cleaned_data["team"].upper()))))


class VerdictForm(forms.Form):
    """The verdict on every problem, and the opinion that goes to the firm."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    opinion = _long(_("复查意见"), rows=4, help_text=_("写入整改复查意见书"))

    def __init__(self, data: Any, problems: Sequence[Problem], **more: Any) -> None:
        super().__init__(data, **more)
        self.problems = problems
        choices = [("", "—"), *((value, text) for value, text in Verdict.choices if value != Verdict.OPEN)]
        for row in problems:
            title = f"{row.position}. {row.text}"
            self.fields[f"verdict-{row.pk}"] = forms.ChoiceField(label=title, choices=choices, required=False)
            self.fields[f"note-{row.pk}"] = forms.CharField(
                label=_("第 %(n)s 个问题的说明") % {"n": row.position},
                required=False,
                max_length=400,
                help_text=_("没有全部改正的，写明还差什么"),
            )
        self.order_fields([name for name in self.fields if name != "opinion"] + ["opinion"])

    def judged(self) -> dict[int, Judged]:
        """Return the verdicts by the keys of the problems; those not given are left out."""
        data = self.cleaned_data
        return {
            row.pk: Judged(data[f"verdict-{row.pk}"], data[f"note-{row.pk}"])
            for row in self.problems
            if data[f"verdict-{row.pk}"]
        }


class HazardForm(forms.Form):
    """An entry of the register of major hazards."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = _long(_("隐患内容"))
    basis = forms.CharField(
        label=_("判定依据"), required=False, max_length=400, help_text=_("重大事故隐患判定标准的条款")
    )
    level = forms.ChoiceField(label=_("督办级别"), choices=Level.choices)
    measures = _long(_("治理措施"))
    interim = _long(_("治理期间的临时措施"), help_text=_("例如：停止使用、撤出人员、专人监护"))
    responsible = forms.CharField(label=_("治理责任人"), max_length=80)
    phone = forms.CharField(label=_("联系电话"), required=False, max_length=40)
    deadline = Day(label=_("治理期限"))

    def facts(self) -> Facts:
        """Return what the register shall say."""
        names = ("text", "basis", "level", "measures", "interim", "responsible", "phone", "deadline")
        return Facts(**{name: self.cleaned_data[name] for name in names})


class OtherHazardForm(HazardForm):
    """A major hazard that no visit of ours found."""

    firm = forms.CharField(label=_("统一社会信用代码"), max_length=32)
    found_on = Day(label=_("发现日期"))
    field_order = ("firm", "found_on")


class ConclusionForm(forms.Form):
    """Why a hazard is gone."""

    conclusion = _long(_("治理和核查情况"))


def facts_of(hazard: Hazard) -> dict[str, Any]:
    """Return an entry as the form begins with it."""
    names = ("version", "text", "basis", "level", "measures", "interim", "responsible", "phone", "deadline")
    return {name: getattr(hazard, name) for name in names}


class TransferForm(forms.Form):
    """What goes to whom, and why."""

    about = forms.CharField(
        label=_("移送的事项"), max_length=80, help_text=_("例如 visit/12（检查）、order/3（责令整改）")
    )
    sort = forms.ChoiceField(label=_("种类"), choices=Sort.choices, initial=Sort.CLUE)
    receiver = forms.CharField(
        label=_("接收单位"), max_length=80, help_text=_("常用的接收部门可在列表中选，也可直接填写")
    )
    subject = forms.CharField(label=_("案件或线索名称"), max_length=200)
    facts = _long(_("案情简介"), required=False, help_text=_("案件移送写入案件移送审批表；不填则写案件名称"))
    reason = _long(_("移送理由"), help_text=_("调查中发现了什么，为何不属本机关管辖"))
    basis = forms.CharField(
        label=_("移送依据"), required=False, max_length=200, help_text=_("案件移送必填：法律、条文")
    )
    opened_on = Day(label=_("立案日期"), required=False, help_text=_("案件移送必填"))
    materials = _long(_("移送材料"), required=False, help_text=_("每行一份"))

    def __init__(self, data: Any, receivers: Sequence[str], **more: Any) -> None:
        super().__init__(data, **more)
        self.receivers = receivers
        self.fields["receiver"].widget.attrs["list"] = "receivers"


class DispatchForm(forms.Form):
    """The day on which a transfer left."""

    on = Day(label=_("发出日期"))
    pages = forms.IntegerField(
        label=_("材料总页数"), required=False, min_value=1, help_text=_("案件移送必填，写入案件移送书")
    )


class ReceiptForm(forms.Form):
    """The receipt of the other department."""

    on = Day(label=_("回执日期"))
    receipt = forms.CharField(label=_("回执文号或签收人"), required=False, max_length=200)
    uploads = _files(_("回执扫描件"))


class UrgeForm(forms.Form):
    """How the receiver was reminded."""

    how = _long(_("催问方式和答复"), help_text=_("例如：电话联系李某，答复三日内寄出；不公开"))


class ReplyForm(forms.Form):
    """What the receiving department reports itself."""

    on = Day(label=_("反馈日期"))
    text = _long(_("处理结果"))


class AnswerForm(forms.Form):
    """What the other department reports back."""

    on = Day(label=_("反馈日期"))
    text = _long(_("处理结果"))
    uploads = _files(_("反馈材料扫描件"))


class ReceiverForm(forms.Form):
    """A department of the list."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("单位名称"), max_length=80)
    contact = forms.CharField(label=_("联系人和电话"), required=False, max_length=120)
    closed = forms.BooleanField(label=_("停用"), required=False)
