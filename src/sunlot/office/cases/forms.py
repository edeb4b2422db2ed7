"""What people fill in about cases, violations and reviewers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sunlot.office.accounts.models import User
from sunlot.office.accounts.roles import ADMINISTRATORS
from sunlot.office.cases.documents import Terms
from sunlot.office.cases.investigating import Proposal
from sunlot.office.cases.limits import kinds_on
from sunlot.office.cases.models import EvidenceKind, Ground, Origin, Outcome, Part, Party
from sunlot.office.cases.opening import Opening
from sunlot.office.papers.serving import WAYS
from sunlot.office.shell.fields import Day, listed
from sunlot.office.shell.language import in_words_later
from sunlot.office.visits.moment import today

CONTACT = ("head", "post", "phone", "address", "identity")


def text(label: Any, rows: int = 3, required: bool = True, help_text: Any = "") -> forms.CharField:
    """Return a field for some lines of text."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=area, max_length=8000, required=required, help_text=help_text)


class OpeningForm(forms.Form):
    """A case to be opened."""

    firm = forms.CharField(label=_("统一社会信用代码"), max_length=32)
    origin_kind = forms.ChoiceField(label=_("案件来源"), choices=Origin.choices)
    origin = forms.CharField(
        label=_("来源文书"), max_length=200, required=False, help_text=_("例如 visit/12、order/3，或移送函文号")
    )
    found_on = Day(label=_("发现日期"))
    cause = forms.CharField(label=_("案由"), max_length=200, help_text=_("例如：未按规定设置安全警示标志案"))
    facts = text(_("案件基本情况"), 5)
    violated = forms.CharField(label=_("涉嫌违反的规定"), max_length=300, required=False)
    team = forms.CharField(
        label=_("承办人"), max_length=200, help_text=_("人员编号，主办人在前，用顿号分开；至少两名持证人员")
    )
    party_kind = forms.ChoiceField(label=_("当事人类别"), choices=Party.choices)
    party = forms.CharField(
        label=_("当事人"), max_length=200, required=False, help_text=_("个人填写姓名；单位不填即为该单位")
    )
    head = forms.CharField(
        label=_("法定代表人（负责人）"), max_length=80, required=False, help_text=_("不填则取自名录；不公开")
    )
    post = forms.CharField(label=_("职务"), max_length=40, required=False)
    phone = forms.CharField(label=_("联系电话"), max_length=60, required=False, help_text=_("不公开"))
    address = forms.CharField(label=_("地址"), max_length=300, required=False)
    identity = forms.CharField(
        label=_("证件号码"), max_length=40, required=False, help_text=_("当事人是个人的填写；不公开")
    )

    def wanted(self) -> Opening:
        """Return the case as it is wanted."""
        data: dict[str, Any] = dict(self.cleaned_data)
        contact = {name: data.pop(name) for name in CONTACT}
        team = listed(data.pop("team"))
        return Opening(**data | {"firm": data["firm"].strip().upper(), "team": team, "contact": contact})


class ReasonForm(forms.Form):
    """A reason, and nothing else."""

    reason = text(_("理由"))


class TeamForm(forms.Form):
    """Other officers."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    team = forms.CharField(label=_("承办人"), max_length=200, help_text=_("人员编号，主办人在前，用顿号分开"))
    why = forms.CharField(label=_("理由"), max_length=200)


class EvidenceForm(forms.Form):
    """A piece of evidence."""

    kind = forms.ChoiceField(label=_("证据种类"), choices=EvidenceKind.choices)
    title = forms.CharField(label=_("名称"), max_length=200, help_text=_("例如：现场检查记录（2026年3月9日）"))
    taken_on = Day(label=_("取得日期"))
    source = forms.CharField(label=_("来源"), max_length=200, required=False, help_text=_("例如 visit/12，或卷内位置"))
    proves = text(_("证明内容"), 2, required=False)
    file = forms.FileField(
        label=_("文件"),
        required=False,
        allow_empty_file=True,
        help_text=_("照片、扫描件、录音录像或其他电子数据，不超过 64 MB；JPEG、PNG 和 PDF 可并入案卷"),
    )
    sha256 = forms.RegexField(
        r"^[0-9a-f]{64}$",
        label=_("文件校验值（SHA-256）"),
        required=False,
        help_text=_("已选择文件的不必填写；文件另行封存的填写"),
        error_messages={"invalid": _("应为 64 位小写十六进制字符。")},
    )


class ProposalForm(forms.Form):
    """What the officers propose."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(label=_("处理意见"), choices=Outcome.choices)
    facts = text(_("查明的违法事实"), 5)
    violated = forms.CharField(label=_("违反的规定"), max_length=300, required=False, help_text=_("写明条、款、项"))
    basis = forms.CharField(label=_("处罚的依据"), max_length=300, required=False, help_text=_("写明条、款、项"))
    discretion = text(_("裁量理由"), 3, help_text=_("适用的裁量基准，从轻、减轻或从重的情节"))
    kinds = forms.MultipleChoiceField(label=_("处罚种类"), required=False, widget=forms.CheckboxSelectMultiple)
    fine = forms.IntegerField(label=_("罚款（元）"), min_value=0, required=False)
    forfeit = forms.IntegerField(label=_("没收金额或价值（元）"), min_value=0, required=False)
    severe = forms.BooleanField(label=_("其他较重的行政处罚（须告知听证）"), required=False)
    complicated = forms.BooleanField(label=_("情节复杂或者重大违法行为（须集体讨论）"), required=False)
    demand = text(_("责令改正的内容"), 2, required=False)
    new_facts = text(
        _("申辩或听证之后新查明的违法事实"), 2, required=False, help_text=_("没有新的违法事实，不得比原告知的处罚更重")
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        kinds = [(code, in_words_later(title)) for code, title in kinds_on(today()).items()]
        self.fields["kinds"].choices = kinds  # type: ignore[attr-defined]

    def wanted(self) -> Proposal:
        """Return the proposal."""
        data: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        money = {name: data[name] or 0 for name in ("fine", "forfeit")}
        return Proposal(**data | money | {"kinds": tuple(data["kinds"])})


class ReviewForm(forms.Form):
    """The legal review."""

    passed = forms.TypedChoiceField(
        label=_("审核结论"),
        choices=[("yes", _("通过")), ("no", _("不通过，退回承办人"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    opinion = text(
        _("审核意见"), 4, help_text=_("主体、权限、程序、事实、证据、法律适用、裁量、文书，是否涉嫌犯罪须移送")
    )


class TellForm(forms.Form):
    """When and how something was served."""

    on = Day(label=_("送达日期"))
    how = forms.ChoiceField(label=_("送达方式"), choices=[(way, in_words_later(way)) for way in WAYS])
    to = forms.CharField(label=_("收件人"), max_length=80, help_text=_("签收人，或留置、公告的情形；不公开"))


class DefendForm(forms.Form):
    """What the party said, and what its review gave."""

    on = Day(label=_("陈述申辩日期"))
    statement = text(_("当事人陈述、申辩的内容"), 4)
    answer = text(_("复核意见"), 3)
    adopted = forms.BooleanField(label=_("予以采纳"), required=False)


class WaiveForm(forms.Form):
    """A written waiver."""

    on = Day(label=_("放弃日期"))
    paper = forms.CharField(label=_("当事人书面放弃的文书"), max_length=200)


class HearingAskedForm(forms.Form):
    """A request for a hearing."""

    on = Day(label=_("申请日期"))
    text = forms.CharField(label=_("申请人和申请方式"), max_length=200)


def accounts() -> list[tuple[int, str]]:
    """Return who can preside or review: accounts in use that are none of the administrators'."""
    rows = User.objects.filter(is_active=True).exclude(role__in=ADMINISTRATORS).order_by("name", "pk")
    return [(user.pk, f"{user.name}（{user.get_role_display()}）") for user in rows]


class HearingCalledForm(forms.Form):
    """That the party was told of the hearing."""

    on = Day(label=_("通知日期"))
    held_on = Day(label=_("听证日期"))
    place = forms.CharField(label=_("听证地点"), max_length=200)
    presider = forms.TypedChoiceField(label=_("听证主持人"), coerce=int, help_text=_("非本案调查人员"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["presider"].choices = accounts()  # type: ignore[attr-defined]


class HearingHeldForm(forms.Form):
    """The hearing that was held."""

    on = Day(label=_("听证日期"))
    presider = forms.TypedChoiceField(label=_("听证主持人"), coerce=int, help_text=_("非本案调查人员"))
    record = text(_("听证笔录摘要"), 5, help_text=_("调查人员的意见、当事人的申辩和质证、主持人的意见"))
    signed = forms.BooleanField(
        label=_("当事人或者代理人已在笔录上签字"), required=False, help_text=_("拒绝签字的，在摘要中写明")
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["presider"].choices = accounts()  # type: ignore[attr-defined]


class HearingDroppedForm(forms.Form):
    """Why no hearing is held."""

    on = Day(label=_("终止日期"))
    why = text(_("撤回或终止的情形"), 2)


class DiscussForm(forms.Form):
    """A discussion of those in charge."""

    on = Day(label=_("讨论日期"))
    present = forms.CharField(label=_("参加讨论的负责人"), max_length=200, help_text=_("两人以上，用顿号分开"))
    opinion = text(_("讨论意见"), 4)
    agreed = forms.BooleanField(label=_("同意承办人的处理意见"), required=False)


class DecideForm(forms.Form):
    """What goes to the second person with the request for a decision."""

    reason = text(_("送审意见"), 2)
    late_reason = text(_("超期原因"), 2, required=False, help_text=_("超过决定期限的必须填写"))
    government = forms.CharField(label=_("复议机关（人民政府）"), max_length=40)
    court = forms.CharField(label=_("人民法院"), max_length=40)
    review_department = forms.CharField(label=_("复议机关（上级部门）"), max_length=60, required=False)
    bank = forms.CharField(label=_("缴款银行"), max_length=60, required=False)
    account = forms.CharField(label=_("账号"), max_length=40, required=False)

    def terms(self) -> Terms:
        """Return what the decision says besides the case."""
        names = ("government", "court", "review_department", "bank", "account")
        return Terms(**{name: self.cleaned_data[name].strip() for name in names})


class TransferForm(forms.Form):
    """To whom a case goes in which a crime is suspected."""

    receiver = forms.CharField(label=_("接收单位"), max_length=80, help_text=_("例如县公安局的全称"))
    materials = text(_("移送材料"), 4, help_text=_("一行一份"))


class PayForm(forms.Form):
    """A payment."""

    on = Day(label=_("缴款日期"))
    part = forms.ChoiceField(label=_("缴款项目"), choices=Part.choices)
    amount = forms.IntegerField(label=_("缴款数额（元）"), min_value=1)
    receipt = forms.CharField(label=_("票据号"), max_length=80)


class ExecuteForm(forms.Form):
    """How the decision was carried out."""

    on = Day(label=_("执行完毕日期"))
    how = text(_("执行情况"), 3)
    relief = text(
        _("加处罚款减免的依据和理由"), 2, required=False, help_text=_("加处罚款没有缴清、又没有法院裁定的必须填写")
    )


class AnnulForm(forms.Form):
    """What annulled a decision."""

    paper = forms.CharField(label=_("依据文书"), max_length=200, help_text=_("复议决定、判决或本机关决定的文号"))
    reason = text(_("理由"))


class FindingForm(forms.Form):
    """A finding to be entered in the violation database."""

    firm = forms.CharField(label=_("统一社会信用代码"), max_length=32)
    ground = forms.CharField(label=_("依据"), max_length=120, help_text=_("检查编号或文书文号"))
    what = text(_("违法行为"), 3)
    article = forms.CharField(label=_("违反的规定"), max_length=300)
    found_on = Day(label=_("认定日期"))
    severity = forms.ChoiceField(label=_("隐患等级"), choices=[("major", _("重大")), ("general", _("一般"))])
    reason = text(_("理由"), 2)


class LiftForm(forms.Form):
    """Repair or withdrawal of an entry."""

    repaired = forms.TypedChoiceField(
        label=_("办理"),
        choices=[("yes", _("信用修复")), ("no", _("撤回（依据被撤销、变更或者有误）"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    paper = forms.CharField(label=_("依据文书"), max_length=120)
    reason = text(_("理由"), 2)


class ReviewerForm(forms.Form):
    """Somebody to be entered as a legal reviewer."""

    account = forms.TypedChoiceField(label=_("审核人员"), coerce=int)
    ground = forms.ChoiceField(label=_("资格依据"), choices=Ground.choices)
    certificate = forms.CharField(label=_("法律职业资格证书编号"), max_length=60)
    valid_from = Day(label=_("起始日期"))
    reason = text(_("理由"), 2)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["account"].choices = accounts()  # type: ignore[attr-defined]
