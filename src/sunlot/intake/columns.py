"""Which column means what, recognised from the header's words and, for codes, from what stands below it."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sunlot.codes.credit_code import identify

TABLES: dict[str, dict[str, tuple[str, ...]]] = {
    "firms": {
        "id": ("统一社会信用代码", "信用代码", "信用代码/注册号", "社会信用代码", "统一代码", "注册号", "代码"),
        "name": (
            "单位名称",
            "企业名称",
            "名称",
            "检查对象",
            "检查对象名称",
            "公司名称",
            "生产经营单位名称",
            "被检查单位",
        ),
        "territory": ("所属镇街", "镇街", "属地", "所在镇街", "所属乡镇", "乡镇", "镇(街道)", "辖区"),
        "address": ("详细地址", "地址", "住所", "住所(经营场所)", "经营场所", "注册地址", "单位地址", "经营地址"),
        "industry": ("国民经济行业", "行业代码", "行业门类", "单位类型"),
        "hazard_class": ("行业类别", "行业", "监管行业", "监管行业(推定)", "监管类别", "安全监管类别", "类别"),
        "risk_level": ("风险等级", "风险级别", "安全风险等级"),
        "risk_class": ("安全风险分级", "风险分级", "安全生产风险分级", "分级分类等级"),
        "standardization_level": ("标准化等级", "安全生产标准化等级", "安全标准化等级", "标准化级别", "标准化达标等级"),
        "credit_class": ("信用等级", "信用分类", "信用风险分类"),
        "key_unit": ("重点单位", "是否重点单位", "是否重点", "重点监管单位"),
        "level": ("监管层级", "负责层级", "监管级别"),
        "status": ("经营状态", "状态", "企业状态", "登记状态", "存续状态"),
        "established": ("成立日期", "注册时间", "成立时间", "注册日期", "登记日期"),
        "staff": ("从业人数", "职工人数", "员工人数", "人数", "从业人员"),
        "capital": ("注册资本", "注册资金"),
        "scope": ("经营范围", "主营业务"),
        "legal_person": ("法定代表人", "法人", "法人代表", "负责人", "主要负责人"),
        "phone": ("联系电话", "电话", "手机", "手机号", "联系方式"),
        "note": ("备注", "说明"),
    },
    "inspectors": {
        "id": ("人员编号", "编号", "工号"),
        "name": ("姓名", "人员姓名"),
        "gender": ("性别",),
        "birth": ("出生年月", "出生日期"),
        "department": ("所在部门", "部门", "科室", "所在科室", "单位"),
        "position": ("职务", "职级"),
        "certificate": ("执法证号", "执法证", "证件号码", "证号", "执法证件号"),
        "certificate_valid_to": ("证件有效期至", "有效期至", "有效期", "证件有效期"),
        "specialities": ("专业特长", "专业", "特长", "专业领域"),
        "state": ("在岗状态", "状态", "在岗情况"),
        "role": ("人员类别", "角色"),
        "phone": ("联系电话", "电话", "手机"),
        "territory": ("居住镇街", "居住地", "家庭所在镇街"),
        "joined": ("入库年月", "入库时间"),
    },
    "recusals": {
        "inspector_id": ("人员编号", "执法人员编号", "工号"),
        "firm_id": ("统一社会信用代码", "信用代码", "单位代码"),
        "firm_name": ("单位名称", "企业名称", "单位"),
        "ground": ("回避情形", "回避原因", "回避事由"),
        "declared_on": ("申报日期", "申报时间"),
    },
    "leaves": {
        "inspector_id": ("人员编号", "工号"),
        "kind": ("类型", "请假类型", "假别"),
        "start": ("开始", "开始日期", "起始日期"),
        "end": ("结束", "结束日期", "截止日期"),
    },
    "visits": {
        "firm_id": ("统一社会信用代码", "信用代码", "社会信用代码", "统一代码", "注册号"),
        "firm_name": ("单位名称", "企业名称", "被检查单位", "检查对象", "检查对象名称", "公司名称", "名称"),
        "date": ("检查日期", "检查时间", "实施日期"),
        "kind": ("检查类型", "检查种类", "检查类别"),
        "department": ("检查部门", "检查单位", "实施部门", "检查机关"),
    },
    "key_list": {
        "firm_id": ("统一社会信用代码", "信用代码", "社会信用代码", "统一代码", "单位编号", "注册号"),
        "firm_name": ("单位名称", "企业名称", "重点单位名称", "检查对象", "检查对象名称", "公司名称", "名称"),
        "key_class": ("列入情形", "重点单位类别", "列入类别", "情形"),
        "reason": ("列入理由", "列入原因", "理由", "原因"),
        "round": ("检查轮次", "轮次", "检查批次"),
        "year": ("计划年度", "年度"),
    },
    "items": {
        "id": ("事项编号", "编号", "事项编码"),
        "category": ("类别", "抽查类别"),
        "content": ("检查内容", "抽查内容", "抽查事项", "检查事项"),
        "subject": ("检查对象", "抽查对象"),
        "basis": ("检查依据", "抽查依据", "实施依据"),
        "method": ("检查方式", "抽查方式"),
        "item_class": ("事项类别", "事项分类"),
        "frequency_cap": ("频次上限", "检查频次"),
        "body": ("检查主体", "实施主体"),
        "rate": ("抽查比例", "比例"),
        "published_on": ("公布日期",),
        "withdrawn_on": ("停用日期", "废止日期"),
        "source": ("来源标注", "来源"),
    },
    "causes": {
        "firm_id": ("统一社会信用代码", "信用代码", "社会信用代码", "统一代码", "注册号"),
        "firm_name": ("单位名称", "企业名称", "检查对象", "检查对象名称", "公司名称", "名称"),
        "cause": ("情形", "加大力度情形", "列入情形"),
        "level": ("级别", "加大力度级别"),
        "since": ("起", "起始日期", "列入日期"),
        "until": ("有效期至", "截止日期", "止"),
        "source": ("依据文书", "依据", "文书"),
        "withdrawn_on": ("撤销日期",),
    },
    "corrections": {
        "firm_id": ("统一社会信用代码", "信用代码", "社会信用代码", "统一代码", "注册号"),
        "firm_name": ("单位名称", "企业名称", "检查对象", "公司名称", "名称"),
        "field": ("要更正的项目", "项目", "更正项目"),
        "wanted": ("应为", "更正为", "更正后"),
        "ground": ("理由和证明材料", "理由", "证明材料"),
        "asked_by": ("申请人", "提出人"),
        "contact": ("申请人联系方式", "联系方式", "联系电话"),
        "asked_on": ("申请日期", "提出日期"),
    },
    "rounds": {
        "code": ("编号", "轮次编号"),
        "title": ("名称", "轮次名称"),
        "kind": ("类别", "轮次类别"),
        "by_lot": ("抽签产生", "检查对象由抽签产生"),
        "from_above": ("上级部署",),
        "first_day": ("开始", "开始日期"),
        "last_day": ("结束", "结束日期"),
        "scope": ("检查对象范围", "对象范围"),
        "population": ("名录户数",),
        "share": ("抽查比例（%）", "抽查比例", "比例"),
        "count": ("抽查户数",),
        "visits_each": ("每户次数",),
        "days": ("每次天数",),
        "officers": ("每次人数",),
        "items": ("检查事项编号", "事项编号", "检查事项"),
        "basis": ("实施依据", "检查依据"),
        "content": ("检查内容",),
        "method": ("检查方式",),
        "undertaker": ("承办机构", "承办科室"),
        "departments": ("联合部门", "参加部门"),
        "secret": ("不事先公开",),
        "remark": ("备注",),
        "year": ("计划年度", "年度"),
    },
    "users": {
        "username": ("用户名", "登录名", "账号"),
        "name": ("姓名",),
        "role": ("岗位", "角色"),
        "department": ("部门", "所在部门", "科室"),
        "person": ("执法人员编号", "人员编号"),
    },
    "violations": {
        "firm_id": ("统一社会信用代码", "信用代码", "社会信用代码", "统一代码", "注册号"),
        "firm_name": ("单位名称", "企业名称", "当事人", "公司名称", "名称"),
        "kind": ("类别", "违法行为类别"),
        "what": ("违法行为", "违法事实"),
        "article": ("违反的规定", "违反条款", "违反的条款"),
        "ground": ("依据", "处罚决定书文号", "文号", "依据文书"),
        "found_on": ("认定日期", "处罚决定日期", "决定日期"),
        "state": ("状态",),
    },
    "receivers": {
        "name": ("单位名称", "接收部门", "部门名称", "接收单位"),
        "contact": ("联系人和电话", "联系人", "联系方式", "联系电话"),
        "closed": ("停用",),
    },
    "reviewers": {
        "name": ("姓名",),
        "username": ("用户名", "登录名", "账号"),
        "ground": ("资格依据",),
        "certificate": ("证书编号", "法律职业资格证书编号", "证号"),
        "valid_from": ("起始日期", "取得日期"),
        "revoked_on": ("停用日期",),
    },
}
LEADING = {
    "firms": "name",
    "inspectors": "name",
    "recusals": "inspector_id",
    "leaves": "inspector_id",
    "visits": "date",
    "key_list": "firm_name",
    "items": "content",
    "causes": "source",
    "corrections": "wanted",
    "rounds": "scope",
    "users": "username",
    "violations": "article",
    "receivers": "contact",
    "reviewers": "ground",
}
SEARCHED = 30


@dataclass(frozen=True)
class Recognition:
    """How a sheet was read: header row (from 1), and for every column its header text and the field it was taken for, `""` for none."""

    file: str
    sheet: str
    kind: str
    header_row: int
    headers: list[str]
    fields: list[str]
    why: list[str]


def plain(value: Any) -> str:
    """Return header text without blanks, line breaks and width differences."""
    return re.sub(r"[\s*:：]+", "", unicodedata.normalize("NFKC", str(value)))


def recognise(
    file: str, sheet: str, rows: Sequence[Sequence[Any]], kind: str, override: Mapping[str, str]
) -> Recognition | None:
    """Return the best reading of the sheet's header, or None when no row looks like one.

    `kind` limits the search to one table; `override` maps header text to a field, to "" for a column that is not to be used.
    """
    best: tuple[int, Recognition] | None = None
    for number, row in enumerate(rows[:SEARCHED]):
        headers = [plain(cell) for cell in row]
        for table in [kind] if kind else TABLES:
            fields, why = _fields(headers, table, override)
            score = len({field for field in fields if field})
            if score >= 2 and LEADING[table] in fields and (best is None or score > best[0]):
                best = (score, Recognition(file, sheet, table, number + 1, headers, fields, why))
    return _by_content(best[1], rows) if best else None


def _fields(headers: Sequence[str], table: str, override: Mapping[str, str]) -> tuple[list[str], list[str]]:
    given = {plain(header): field for header, field in override.items()}
    fields, why = [""] * len(headers), [""] * len(headers)
    taken: set[str] = set()
    for exact in (True, False):
        for column, header in enumerate(headers):
            if not header or fields[column] or given.get(header) == "":
                continue
            field = given.get(header, "") if exact else ""
            field = field or _match(header, table, exact, taken)
            if field and field not in taken:
                fields[column], why[column] = (
                    field,
                    "人工指定" if header in given else "标题相同" if exact else "标题相近",
                )
                taken.add(field)
    return fields, why


def _match(header: str, table: str, exact: bool, taken: set[str]) -> str:
    for field, words in TABLES[table].items():
        if field in taken:
            continue
        for word in words:
            if header == word or (not exact and len(word) > 2 and word in header and len(header) <= len(word) + 8):
                return field
    return ""


def _by_content(found: Recognition, rows: Sequence[Sequence[Any]]) -> Recognition:
    """Find the code column by its check digits when the header does not say it."""
    if found.kind != "firms" or "id" in found.fields:
        return found
    sample = rows[found.header_row : found.header_row + 50]
    for column, field in enumerate(found.fields):
        cells = [str(row[column]).strip() for row in sample if column < len(row) and row[column]]
        if not field and cells and sum(identify(cell).kind == "valid" for cell in cells) * 2 > len(cells):
            found.fields[column], found.why[column] = "id", "内容是信用代码"
            break
    return found
