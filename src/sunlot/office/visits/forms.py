"""What the office fills in about visits."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sunlot.draw.substitution import INSPECTOR_REASONS
from sunlot.office.roster.models import Status
from sunlot.office.shell.fields import Day, listed
from sunlot.office.shell.language import in_words_later
from sunlot.office.visits import joint
from sunlot.office.visits.making import Arrangement
from sunlot.office.visits.models import Origin
from sunlot.office.visits.offsite import OFFSITE
from sunlot.policy.vocabulary import VISIT_KINDS


class ReasonForm(forms.Form):
    """A reason, and nothing else."""

    reason = forms.CharField(label=_("理由"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


class NoticeForm(forms.Form):
    """How the firms were told, and whom one spoke to."""

    pk = forms.CharField(widget=forms.HiddenInput)
    notice = forms.CharField(
        label=_("通知方式和接收人"), max_length=200, help_text=_("例如：电话通知办公室王某，已告知检查事项、时间和权利")
    )

    def numbers(self) -> list[int]:
        """Return the numbers of the visits."""
        return [int(number) for number in self.cleaned_data["pk"].split(",") if number.isdigit()]


class ArrangeForm(forms.Form):
    """A visit that no draw leads to."""

    firm = forms.CharField(label=_("统一社会信用代码"), max_length=32)
    origin = forms.ChoiceField(
        label=_("来源"), choices=[(value, text) for value, text in Origin.choices if value != Origin.DRAW]
    )
    kind = forms.ChoiceField(
        label=_("检查种类"),
        choices=[
            (value, in_words_later(text)) for value, text in VISIT_KINDS.items() if value not in ("random", OFFSITE)
        ],
        help_text=_("种类决定是否计入企业年度检查频次上限"),
    )
    source = forms.CharField(label=_("来源文书"), max_length=200, help_text=_("投诉编号、方案文号、重点单位名单"))
    reason = forms.CharField(
        label=_("检查理由"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=_("检查组会在手机上看到；不要写举报人的姓名、电话等能认出举报人的内容"),
    )
    window_from = Day(label=_("检查期起"))
    window_to = Day(label=_("检查期止"))
    team = forms.CharField(
        label=_("检查组"), max_length=200, help_text=_("人员编号，组长在前，用顿号分开；至少两名持证人员")
    )
    items = forms.CharField(
        label=_("检查事项编号"), required=False, max_length=400, help_text=_("只能是清单上的事项；不填为全部启用事项")
    )
    departments = forms.CharField(
        label=_("联合部门"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("种类为联合检查时填，每行一个：部门：事项编号：姓名 执法证号、姓名 执法证号"),
    )
    secret = forms.BooleanField(label=_("不事先通知企业"), required=False)
    offsite = forms.BooleanField(
        label=_("非现场检查"), required=False, help_text=_("核查材料、监测数据，不入企；种类不变，台账记为非现场检查")
    )
    urgent = forms.BooleanField(label=_("情况紧急，先检查、事后补办审批"), required=False)

    def wanted(self) -> Arrangement:
        """Return the visit as it is wanted."""
        data: dict[str, Any] = dict(self.cleaned_data)
        for name in ("team", "items"):
            data[name] = listed(data[name])
        departments = joint.read(data["departments"])
        return Arrangement(**data | {"firm": data["firm"].strip().upper(), "departments": departments})


class KeyFirmsForm(forms.Form):
    """What the visits of several key firms have in common."""

    pk = forms.CharField(widget=forms.HiddenInput)
    source = forms.CharField(label=_("来源文书"), max_length=200, help_text=_("年度计划的文号或名称"))
    reason = forms.CharField(label=_("送审理由"), widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)
    window_from = Day(label=_("检查期起"))
    window_to = Day(label=_("检查期止"))
    team = forms.CharField(
        label=_("检查组"), max_length=200, help_text=_("人员编号，组长在前，用顿号分开；至少两名持证人员")
    )
    items = forms.CharField(
        label=_("检查事项编号"), required=False, max_length=400, help_text=_("只能是清单上的事项；不填为全部启用事项")
    )
    secret = forms.BooleanField(label=_("不事先通知企业"), required=False)
    offsite = forms.BooleanField(label=_("非现场检查"), required=False)

    def numbers(self) -> list[int]:
        """Return the numbers of the entries."""
        return [int(number) for number in self.cleaned_data["pk"].split(",") if number.isdigit()]

    def common(self) -> Arrangement:
        """Return what the visits share."""
        data: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if name != "pk"}
        for name in ("team", "items"):
            data[name] = listed(data[name])
        return Arrangement(firm="", origin=Origin.KEY.value, kind="key", **data)


class JointForm(forms.Form):
    """The departments of a joint visit."""

    departments = forms.CharField(
        label=_("联合部门"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("每行一个：部门：事项编号：姓名 执法证号、姓名 执法证号；每个部门至少两名"),
    )
    whole_draw = forms.BooleanField(label=_("同一抽取待批准的检查都由这些部门联合实施"), required=False)


class SwapForm(forms.Form):
    """An officer of a drawn visit who cannot go; who comes is not chosen."""

    out = forms.ChoiceField(label=_("不能参加的人"))
    reason = forms.ChoiceField(label=_("理由"), choices=list(INSPECTOR_REASONS.items()))
    evidence = forms.CharField(label=_("证明材料"), max_length=200)

    def __init__(self, *args: Any, team: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["out"] = forms.ChoiceField(label=_("不能参加的人"), choices=team)


class TeamForm(forms.Form):
    """Other people at a visit that no draw led to; a second person approves."""

    team = forms.CharField(label=_("新的检查组"), max_length=200, help_text=_("人员编号，组长在前，用顿号分开"))
    reason = forms.ChoiceField(label=_("理由"), choices=list(INSPECTOR_REASONS.items()))
    evidence = forms.CharField(label=_("证明材料"), max_length=180)

    def members(self) -> list[str]:
        """Return the numbers of those who shall go."""
        return list(listed(self.cleaned_data["team"]))


class AdditionForm(forms.Form):
    """What was done to reach a firm; published with the draw, so no person may be named."""

    evidence = forms.CharField(
        label=_("上门和联系情况"),
        max_length=200,
        help_text=_("随抽取公开，不得写个人姓名、电话；照片由上门记录自动列入"),
    )


class EvidenceForm(forms.Form):
    """What proves that a drawn firm is closed or gone."""

    evidence = forms.CharField(label=_("证明材料"), max_length=200, help_text=_("例如：登记机关注销信息、现场照片"))


class ExplanationForm(forms.Form):
    """How something implausible came about."""

    explanation = forms.CharField(label=_("核实情况"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


class FoundStatusForm(forms.Form):
    """The firm's status as it was found."""

    status = forms.ChoiceField(label=_("经营状态"), choices=Status.choices)


class AnswerForm(forms.Form):
    """What came of a complaint."""

    answer = forms.CharField(
        label=_("处理情况"), required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=2000
    )
