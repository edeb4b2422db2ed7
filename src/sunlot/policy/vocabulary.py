"""The names a policy pack may give a rule, and what kind of value each takes. The values are data; the names are what the code asks for.

Kinds: count (a whole number), share ([3, 10], at most 1), ratio ([3, 2]), flag, text, texts, labels (code = 中文), counts (code = number), rows (a list of tables),
citation (条文), openness (how a field is published).
"""

from collections.abc import Mapping
from dataclasses import dataclass

OPENNESS = {
    "public": "公开",
    "legal_persons": "仅公开法人和非法人组织的",
    "staff_list_and_after_visit": "随人员名单公开，检查后随结果公开",
    "after_visit": "检查后公开",
    "count_only": "只公开数量",
    "hash_only": "只公开哈希值",
    "withheld": "不公开",
    "never": "任何情况下不公开",
}

VISIT_KINDS = {
    "random": "双随机抽查",
    "key": "重点检查",
    "routine": "日常检查",
    "case": "个案检查",
    "campaign": "专项检查",
    "campaign_from_above": "上级部署的专项检查",
    "joint": "联合检查",
    "complaint": "投诉举报核查",
    "referral": "转办交办核查",
    "monitoring": "数据监测核查",
    "applied": "应企业申请的检查",
    "recheck": "整改复查",
    "licensing": "行政许可现场核查",
    "accident": "事故调查",
    "offsite": "非现场检查",
}

FIELDS = {
    "firm_name": "单位名称",
    "credit_code": "统一社会信用代码",
    "district": "所在区域",
    "industry": "行业",
    "registered_address": "登记住所",
    "legal_representative": "法定代表人（负责人）姓名",
    "phone": "联系电话",
    "identity_number": "身份证件号码",
    "inspected_on": "检查日期",
    "items": "抽查事项",
    "department": "检查部门",
    "inspection_code": "检查码",
    "result": "抽查结果",
    "drawn_list": "检查前的抽取名单",
    "inspector_name": "执法人员姓名",
    "certificate_number": "执法证号",
    "inspector_unit": "执法人员所在单位",
    "inspector_private": "执法人员证件号码、电话、照片、位置、亲属情况",
    "recusal": "回避情况",
    "photos": "照片",
    "recordings": "录音录像",
    "signatures": "签名图像",
    "complaint": "投诉举报内容",
    "complainant": "投诉举报人",
}


@dataclass(frozen=True)
class RuleName:
    """What a rule of this name is: the kind of its value, its Chinese title, its unit if it has one."""

    kind: str
    title: str
    unit: str = ""


RULES: Mapping[str, RuleName] = {
    "visit.caps": RuleName("rows", "同一企业年度检查频次上限", "次"),
    "visit.gap_days": RuleName("count", "两次检查的最短间隔", "天"),
    "visit.min_inspectors": RuleName("count", "每次检查的执法人员", "人"),
    "visit.approval_beforehand": RuleName("flag", "检查前须经负责人批准"),
    "visit.pledge": RuleName("texts", "检查行为规范"),
    "visit.offsite_firm_signature": RuleName("flag", "非现场检查的记录须企业签字"),
    "visit.attempts": RuleName("count", "联系不上的单位至少上门的次数", "次"),
    "visit.plausible_kmh": RuleName("count", "两次检查之间行程的合理时速上限", "公里/小时"),
    "visit.plausible_minutes": RuleName("count", "现场检查的合理时长下限", "分钟"),
    "visit.plausible_metres": RuleName("count", "同组签到位置的合理距离上限", "米"),
    "visit.listed_items_only": RuleName("flag", "未列入清单的事项不得检查"),
    **{f"visit.counted.{kind}": RuleName("flag", f"{title}计入频次上限") for kind, title in VISIT_KINDS.items()},
    "inspector.certificate_notice_days": RuleName("count", "执法证到期前提醒", "天"),
    "item.idle_years": RuleName("count", "事项连续未实施即清理", "年"),
    "plan.random_share": RuleName("share", "双随机比例下限"),
    "plan.key_coverage": RuleName("share", "重点单位年度覆盖率"),
    "plan.rounds": RuleName("count", "每年随机抽查轮次", "轮"),
    "plan.published_by": RuleName("text", "年度计划公布并备案的期限（月-日）"),
    "plan.drafted_by": RuleName("text", "下一年度计划拟订并送审的期限（上一年 月-日）"),
    "plan.filing_workdays": RuleName("count", "年度计划批准后备案的期限", "工作日"),
    "plan.publication_workdays": RuleName("count", "年度计划批准后公布的期限", "工作日"),
    "plan.days_per_visit": RuleName("ratio", "每次检查所需工作日", "天"),
    "plan.key_classes": RuleName("labels", "应当重点检查的单位"),
    "plan.other_enforcement": RuleName("texts", "其他执法工作日的类别"),
    "plan.non_enforcement": RuleName("texts", "非执法工作日的类别"),
    "plan.agency_coverage_years": RuleName("count", "技术服务机构至少检查一次的周期", "年"),
    "publication.result_workdays": RuleName("count", "抽查结果公开期限", "工作日"),
    "publication.penalty_workdays": RuleName("count", "行政处罚信息公开期限", "工作日"),
    "publication.withdrawal_workdays": RuleName("count", "撤回处罚信息并说明理由的期限", "工作日"),
    **{f"publication.field.{field}": RuleName("openness", f"{title}的公开") for field, title in FIELDS.items()},
    "record.parts": RuleName("labels", "检查记录必备内容"),
    "record.answers": RuleName("labels", "检查要点的答案"),
    "record.severities": RuleName("labels", "隐患等级"),
    "record.capacities": RuleName("labels", "企业签字人的身份"),
    "record.refusal_reasons": RuleName("labels", "未能取得签字的原因"),
    "result.outcomes": RuleName("labels", "检查结果"),
    "result.methods": RuleName("labels", "核查方式"),
    "result.dispositions": RuleName("labels", "后续处置"),
    "result.states": RuleName("labels", "结果状态"),
    "rectification.recheck_workdays": RuleName("count", "整改期满后复查的期限", "工作日"),
    "penalty.hearing_thresholds": RuleName("counts", "应当告知听证的较大数额罚款", "元"),
    "penalty.hearing_request_workdays": RuleName("count", "要求听证的期限", "工作日"),
    "penalty.evidence_workdays": RuleName("count", "先行登记保存的处理期限", "工作日"),
    "power_cut.notice_hours": RuleName("count", "停止供电的提前通知", "小时"),
    "credit.dishonesty_years": RuleName("count", "严重失信主体名单管理期限", "年"),
    "credit.early_removal_months": RuleName("count", "可申请提前移出的期限", "月"),
    "document.prefix": RuleName("text", "文书代字前缀"),
    "document.number_pattern": RuleName("text", "文书文号格式"),
    "document.kinds": RuleName("labels", "文书种类代字"),
    "document.department": RuleName("text", "文书中对本部门的称呼"),
    "citation.power_cut": RuleName("citation", "停止供电、供应民用爆炸物品的依据"),
    "citation.evidence_registration": RuleName("citation", "先行登记保存证据的依据"),
    "citation.penalty_notice": RuleName("citation", "行政处罚告知的依据"),
    "citation.defence": RuleName("citation", "陈述申辩的依据"),
    "citation.hearing": RuleName("citation", "听证的依据"),
    "citation.inspection_record": RuleName("citation", "检查记录的依据"),
    "citation.inspection_power": RuleName("citation", "现场检查的依据"),
    "citation.show_certificate": RuleName("citation", "出示执法证件的依据"),
    "citation.recusal": RuleName("citation", "申请回避的依据"),
}
