"""A plan as it is read by people: every figure with how it came about. The public one knows unannounced rounds only by number and share."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from sunlot.documents.plan_document import COLUMNS, WIDTHS, PlanDocument, Section, Table
from sunlot.office.plan.models import PlannedRound
from sunlot.office.plan.states import UNDECIDED
from sunlot.office.plan.whole import Whole
from sunlot.office.plan.yearbook import yearbook
from sunlot.office.shell.language import in_chinese
from sunlot.policy.arithmetic.numbers import days_text, percent
from sunlot.policy.values import CAP_CONDITIONS

FIT = "可行的安排"


def plan_document(whole: Whole, public: bool) -> PlanDocument:
    """Return the plan to be read, in Chinese. `public`: for anybody, without what the unannounced rounds are."""
    with in_chinese():
        return _document(whole, public)


def _document(whole: Whole, public: bool) -> PlanDocument:
    shown = [each for each in whole.rounds if not (public and each.secret)]
    sections = (
        Section("编制依据", _basis(whole)),
        Section("工作日测算", _days(whole)),
        Section("能力测算", _capacity(whole, shown)),
        Section(
            "比例、覆盖和轮次", [f"{ruled.meter.sentence}（{ruled.rule.source}）" for ruled in whole.reckoning.meters]
        ),
        Section("检查安排", (), _rounds(shown), [_kept_back(whole)] if len(shown) < len(whole.rounds) else ()),
        Section("重点单位", _key_lines(whole), _key_table(whole, public)),
        Section("频次上限", list(_caps(whole))),
        Section("工作要求", _paragraphs(whole.plan.measures)),
        Section("修订说明", _paragraphs(whole.plan.reason)),
    )
    return PlanDocument(
        title=str(whole.plan),
        organ=whole.plan.organ,
        standing=_standing(whole),
        sections=[each for each in sections if each.lines or each.table or each.after],
    )


def named_in_public(whole: Whole) -> list[str]:
    """Return the names of unannounced rounds that the public text would give away."""
    texts = "\n".join(plan_document(whole, public=True).texts())
    return [each.title for each in whole.rounds if each.secret and each.title in texts]


def _standing(whole: Whole) -> str:
    plan = whole.plan
    if plan.state in UNDECIDED:
        return f"（{plan.get_state_display()}，{whole.today}）"
    number = f"，{plan.approved_as}" if plan.approved_as else ""
    published = f"，{plan.published_on} 公布" if plan.published_on else ""
    return f"（{plan.approved_on} 批准{number}{published}）"


def _basis(whole: Whole) -> list[str]:
    packs = "、".join(f"{pack.title}（{pack.sha256[:12]}）" for pack in whole.policy.packs)
    return [*_paragraphs(whole.plan.basis), f"本计划的比例、频次和期限取自政策包：{packs}。"]


def _days(whole: Whole) -> list[str]:
    book, plan = yearbook(whole.plan.year), whole.plan
    own = [] if book.statutory == plan.days_each else [f"本计划每人按 {plan.days_each} 天计算。"]
    return [f"{book.line}。", *own, *(f"{line}。" for line in whole.reckoning.days.lines)]


def _capacity(whole: Whole, shown: Sequence[PlannedRound]) -> list[str]:
    lines = whole.reckoning.capacity.lines
    each_round = dict(zip([each.pk for each in whole.rounds], lines, strict=False))
    total = [line for line in lines[len(whole.rounds) :] if len(shown) == len(whole.rounds) or not line.startswith(FIT)]
    return [f"{line}。" for line in (*(each_round[each.pk] for each in shown), *total)]


def _rounds(rounds: Sequence[PlannedRound]) -> Table:
    rows = []
    for number, each in enumerate(rounds, 1):
        lot = f"{each.get_kind_display()}，{'由抽签产生' if each.by_lot else '不抽签'}"
        rows.append(
            (
                str(number),
                f"{each.title}：{each.item_names}",
                each.basis,
                f"{each.reach}；{lot}",
                each.content,
                each.method,
                f"每户 {each.visits_each} 次，共 {each.visits} 户次；每次 {days_text(Fraction(each.days))} 天 {each.officers} 人；上限见“频次上限”",
                f"{_date(each.first_day)}至{_date(each.last_day)}",
                each.undertaker,
                f"是：{each.departments}" if each.departments else "否",
                each.remark,
            )
        )
    return Table(COLUMNS, rows, WIDTHS, wide=True)


def _kept_back(whole: Whole) -> str:
    secret = [each for each in whole.rounds if each.secret]
    firms, of = sum(each.firms for each in secret), sum(each.firms for each in whole.rounds)
    return f"另有不事先公开的检查 {len(secret)} 轮，检查 {firms} 户，占计划检查户数的 {percent(Fraction(firms, of))}，实施后公开。"


def _key_lines(whole: Whole) -> list[str]:
    return [f"列入重点单位名单 {len(whole.key_list)} 户。"] if whole.key_list else []


def _key_table(whole: Whole, public: bool) -> Table | None:
    """The list; why a firm is on it may come from a complaint and is for the office alone."""
    if not whole.key_list:
        return None
    titles, visits = whole.policy.labels("plan.key_classes"), {each.pk: each for each in whole.rounds}
    rows = []
    for number, entry in enumerate(sorted(whole.key_list, key=lambda entry: (entry.name, entry.firm)), 1):
        round_ = visits.get(entry.round_id or 0)
        often = f"{round_.visits_each} 次" if round_ else ""
        row = (str(number), entry.name, entry.firm, often)
        rows.append(row if public else (*row, titles.get(entry.key_class, entry.key_class)))
    heads, widths = ("序号", "单位名称", "统一社会信用代码", "全年检查"), (12, 64, 52, 26)
    return Table(heads, rows, widths) if public else Table((*heads, "列入情形"), rows, (12, 46, 44, 16, 40))


def _caps(whole: Whole) -> Iterator[str]:
    rule = whole.policy.rule("visit.caps")
    for row in rule.value:
        who = "、".join("或".join(row[key]) for key in CAP_CONDITIONS if key in row) or "其余单位"
        yield f"{who}：每年不超过 {row['cap']} 次。"
    yield f"来源：{rule.source}（{rule.certainty.label}）。"


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _date(day: date) -> str:
    return f"{day.month}月{day.day}日"
