"""One filled-in document of every form, with rare characters and with everything that a form of a typesetter might interpret."""

from datetime import date, datetime
from typing import Any

from sunlot.documents.statutory import Document, Signature
from sunlot.policy.document_numbers import document_number
from sunlot.policy.in_force import policy_in_force

DAY = date(2026, 3, 9)
ORGAN = "汶安县应急管理局"
FIRM = "汶安县垚犇喆化工有限公司"
STROKE = "M20 60 C60 10 90 90 130 40 S200 80 240 30 L280 70"
OFFICERS = ["王垚", "李喆"]
CERTIFICATES = ["37092101", "37092102"]
LETTER = {"firm": FIRM, "government": "汶安县", "court": "汶安县", "signed_on": DAY}

FIELDS: dict[str, dict[str, Any]] = {
    "onsite_record": {
        "firm": FIRM,
        "address": "汶安县经济开发区犇腾路 8 号",
        "head": "赵犇",
        "post": "总经理",
        "phone": "0537-5550101",
        "place": "一号生产车间、原料罐区",
        "begun": datetime(2026, 3, 9, 9, 5),
        "ended": datetime(2026, 3, 9, 11, 30),
        "officers": OFFICERS,
        "certificates": CERTIFICATES,
        "findings": "一、安全管理机构设置情况：已设置。\n二、原料罐区可燃气体报警器 2 台未接入值班室。\n三、其余检查事项未发现问题。",
        "signed_on": DAY,
    },
    "questioning_record": {
        "begun": datetime(2026, 3, 10, 14, 0),
        "ended": datetime(2026, 3, 10, 15, 20),
        "round": "1",
        "place": "汶安县应急管理局询问室",
        "name": "赵犇",
        "sex": "男",
        "age": "45",
        "identity": "370830198101010017",
        "employer": FIRM,
        "post": "总经理",
        "home": "汶安县城关镇",
        "phone": "13800000000",
        "questioner": "王垚",
        "questioner_post": "执法大队 大队长",
        "recorder": "李喆",
        "recorder_post": "执法大队 科员",
        "present": "无",
        "officers": OFFICERS,
        "certificates": CERTIFICATES,
        "matter": "未按规定接入可燃气体报警装置",
        "record": "问：请介绍一下你的职责。\n答：我负责公司全面工作。",
        "signed_on": DAY,
    },
    "onsite_measure": {
        **LETTER,
        "inspected_on": DAY,
        "problems": ["原料罐区可燃气体报警器未接入值班室；", "二号车间疏散通道堆放杂物"],
        "basis": "《中华人民共和国安全生产法》第六十五条第一款第三项",
        "measures": ["责令立即停止使用原料罐区", "立即清理疏散通道。"],
    },
    "rectification_order": {
        **LETTER,
        "problems": ["原料罐区可燃气体报警器未接入值班室", "二号车间疏散通道堆放杂物"],
        "which": "1、2",
        "deadline": date(2026, 3, 23),
    },
    "recheck": {
        "firm": FIRM,
        "decided_on": DAY,
        "decision": "责令限期整改",
        "decision_number": "（汶）应急责改〔2026〕1号",
        "opinion": "经复查，第1项、第2项问题均已整改完毕。",
        "signed_on": date(2026, 3, 24),
    },
    "transfer": {
        "receiver": "汶安县公安局",
        "opened_on": DAY,
        "case": "垚犇喆化工涉嫌危险作业",
        "finding": "该单位关闭直接关系生产安全的监控设备，涉嫌犯罪",
        "basis": "《中华人民共和国行政处罚法》第二十七条第一款",
        "materials": ["现场检查记录", "询问笔录"],
        "copies": "2",
        "pages": "7",
        "signed_on": date(2026, 3, 30),
    },
    "penalty_decision": {
        "firm": FIRM,
        "address": "汶安县经济开发区犇腾路 8 号",
        "postcode": "272000",
        "head": "赵犇",
        "post": "总经理",
        "phone": "0537-5550101",
        "facts": "2026年3月9日检查发现，该单位原料罐区可燃气体报警器未接入值班室。以上事实有现场检查记录、询问笔录、照片为证。",
        "violated": "《中华人民共和国安全生产法》第三十六条第一款",
        "basis": "《中华人民共和国安全生产法》第九十九条第二项",
        "penalty": "罚款人民币叁万元整",
        "bank": "汶安农村商业银行",
        "account": "9370000000000001",
        "government": "汶安县",
        "court": "汶安县",
        "signed_on": date(2026, 4, 20),
    },
    "penalty_decision_person": {
        "person": "赵犇",
        "sex": "男",
        "age": "45",
        "identity": "370830198101010017",
        "home": "汶安县城关镇",
        "employer": FIRM,
        "post": "总经理",
        "employer_address": "汶安县经济开发区犇腾路 8 号",
        "postcode": "272000",
        "facts": "2026年3月9日检查发现，赵犇作为主要负责人未组织制定安全生产规章制度。以上事实有询问笔录为证。",
        "violated": "《中华人民共和国安全生产法》第二十一条第二项",
        "basis": "《中华人民共和国安全生产法》第九十四条第一款",
        "penalty": "罚款人民币贰万元整",
        "bank": "汶安农村商业银行",
        "account": "9370000000000001",
        "government": "汶安县",
        "court": "汶安县",
        "signed_on": date(2026, 4, 20),
    },
    "penalty_notice": {
        "firm": FIRM,
        "acts": "原料罐区可燃气体报警器未接入值班室。",
        "evidence": "现场检查记录、询问笔录、照片。",
        "violated": "《中华人民共和国安全生产法》第三十六条第一款",
        "basis": "《中华人民共和国安全生产法》第九十九条第二项",
        "penalty": "罚款人民币叁万元整",
        "address": "汶安县城关镇政务路 1 号",
        "contact": "李喆",
        "phone": "0537-5550102",
        "postcode": "272000",
        "signed_on": date(2026, 4, 2),
    },
    "power_cut_notice": {
        "supplier": "汶安县供电公司",
        "firm": FIRM,
        "decided_on": DAY,
        "decision": "停止使用原料罐区",
        "measure": "停止供电",
        "from": datetime(2026, 3, 12, 10, 0),
        "request": "停止供电",
        "signed_on": date(2026, 3, 10),
    },
    "inspection_scheme": {
        "firm": FIRM,
        "address": "汶安县经济开发区犇腾路 8 号",
        "contact": "赵犇 0537-5550101",
        "industry": "化学原料和化学制品制造业",
        "inspected_on": "2026年3月9日",
        "officers": "王垚（37092101）、李喆（37092102）",
        "content": "1．安全生产管理机构和人员；\n2．重大危险源管理；\n3．可燃有毒气体报警装置。",
        "methods": "查阅资料、现场检查、询问。",
        "review": "同意，报批。",
        "reviewed_on": date(2026, 3, 6),
        "approval": "同意。",
        "approved_on": date(2026, 3, 6),
        "remark": "双随机抽查 2026 年第一轮",
    },
    "case_opening": {
        "cause": "未按规定设置可燃气体报警装置案",
        "origin": "双随机抽查",
        "found_on": DAY,
        "case": "垚犇喆化工未按规定设置可燃气体报警装置案",
        "party": FIRM,
        "phone": "0537-5550101",
        "head": "赵犇",
        "address": "汶安县经济开发区犇腾路 8 号",
        "postcode": "272000",
        "facts": "2026年3月9日现场检查发现原料罐区可燃气体报警器未接入值班室。",
        "proposal": "建议立案。",
        "review": "同意立案，报批。",
        "approval": "同意。",
    },
    "receipt": {
        "case": "垚犇喆化工未按规定设置可燃气体报警装置案",
        "receiver": FIRM,
        "deliveries": [
            {
                "document": "责令限期整改指令书（汶）应急责改〔2026〕1号",
                "place": "办公室",
                "delivered": "2026年3月9日",
                "method": "直接送达",
                "server": "王垚、李喆",
            }
        ],
        "remark": "无",
        "signed_on": DAY,
    },
    "case_file": {
        "case": "垚犇喆化工未按规定设置可燃气体报警装置案",
        "cause": "未按规定设置可燃气体报警装置",
        "result": "罚款人民币叁万元整",
        "opened_on": DAY,
        "closed_on": date(2026, 5, 20),
        "officers": "王垚、李喆",
        "archived_on": date(2026, 6, 1),
        "archive_number": "2026-AJ-001",
        "kept_for": "30 年",
    },
    "case_index": {
        "documents": [
            {
                "order": "1",
                "document": "立案审批表（汶）应急立〔2026〕1号",
                "day": "2026年3月9日",
                "page": "1",
                "remark": "",
            }
        ]
    },
    "inspection_approval": {
        "firm": FIRM,
        "credit_code": "91370830MA3C000000",
        "address": "汶安县经济开发区犇腾路 8 号",
        "contact": "赵犇 0537-5550101",
        "origin": "双随机抽查（2026 年第一轮）",
        "code": "JC-2026-000123",
        "basis": "《中华人民共和国安全生产法》第六十五条第一款",
        "items": "1．安全生产管理机构和人员；\n2．可燃有毒气体报警装置。",
        "method": "现场检查",
        "period": "2026年3月9日",
        "frequency": "已检查 0 次，上限 2 次",
        "officers": "王垚（37092101）、李喆（37092102）",
        "helpers": "无",
        "reason": "需要现场核对报警装置的安装和接入，不能以书面核查代替。",
    },
    "inspection_notice": {
        "firm": FIRM,
        "origin": "双随机抽查",
        "basis": "《中华人民共和国安全生产法》第六十五条第一款",
        "period": "2026年3月9日9时至12时",
        "method": "现场检查",
        "items": ["安全生产管理机构和人员", "可燃有毒气体报警装置"],
        "officers": OFFICERS,
        "certificates": CERTIFICATES,
        "helpers": "0",
        "frequency": "已检查0次，上限2次",
        "code": "JC-2026-000123",
        "pledge": "主动出示执法证件；只检查清单上的事项；不要求法定代表人必须到场",
        "materials": "营业执照、安全生产责任制、报警装置检定记录",
        "contact": "李喆",
        "phone": "0537-5550102",
        "supervision": "0537-5550109",
        "signed_on": date(2026, 3, 6),
    },
}
FIELDS["case_closing"] = {
    "case": "垚犇喆化工未按规定设置可燃气体报警装置案",
    "firm": FIRM,
    "address": "汶安县经济开发区",
    "head": "赵犇",
    "post": "总经理",
    "postcode": "272000",
    "result": "罚款人民币叁万元整。",
    "execution": "罚款已于 2026 年 5 月 6 日缴清，问题已整改并复查。",
    "reported_on": date(2026, 5, 18),
    "review": "同意结案。",
    "approval": "同意。",
}
FIELDS["transfer_approval"] = {
    "cause": "涉嫌危险作业",
    "party": FIRM,
    "address": "汶安县经济开发区犇腾路 8 号",
    "receiver": "汶安县公安局",
    "facts": "该单位关闭直接关系生产安全的监控设备。",
    "reason": "涉嫌犯罪，不属本机关管辖。",
    "proposal": "建议移送。",
    "proposed_on": date(2026, 3, 27),
}
FIELDS["power_cut_decision"] = {
    **LETTER,
    "decided_on": DAY,
    "decision": "停止使用原料罐区",
    "from": datetime(2026, 3, 12, 10, 0),
    "measure": "停止供电",
}
FIELDS["power_restored"] = {
    "supplier": "国网汶安县供电公司",
    "decided_on": date(2026, 3, 12),
    "firm": FIRM,
    "stopped": "供电",
    "corrected_on": date(2026, 3, 20),
    "measure": "停止供电",
    "from": datetime(2026, 3, 21, 9, 0),
    "restored": "供电",
    "signed_on": date(2026, 3, 20),
}
COLLECTED = {"firm": FIRM, "decided_on": DAY, "signed_on": date(2026, 5, 6)}
NUMBER = "（汶）应急罚〔2026〕3"
FIELDS["payment_reminder"] = {
    **COLLECTED,
    "decision_number": NUMBER,
    "due_on": date(2026, 4, 20),
    "payee": "汶安农商行 3709 0001",
    "address": "汶安县政务路1号",
    "contact": "王垚",
    "phone": "0537-5550100",
}
FIELDS["surcharge_decision"] = {
    **COLLECTED,
    "decision_number": NUMBER,
    "fine": "人民币叁万元整（30000元）",
    "due_on": date(2026, 4, 20),
    "until": date(2026, 5, 6),
    "surcharge": "人民币壹万肆仟肆佰元整（14400元）",
    "payee": "汶安农商行 3709 0001",
    "government": "汶安县",
    "court": "汶安县",
}
FIELDS["deferral_approval"] = {
    "case": "垚犇喆化工未按规定设置可燃气体报警装置案",
    "decision_number": NUMBER,
    "party": FIRM,
    "address": "汶安县经济开发区",
    "facts": "报警装置未接入值班室；罚款人民币叁万元整。",
    "reason": "流动资金不足。",
    "proposal": "同意分三期缴纳。",
}
FIELDS["deferral_grant"] = {
    **COLLECTED,
    "decision_number": NUMBER,
    "fine": "人民币叁万元整（30000元）",
    "deferred": "□",
    "in_parts": "☑",
    "part": "一",
    "part_until": "贰零贰陆年伍月贰拾日",
    "part_amount": "壹万",
    "rest": "贰万",
}
FIELDS["execution_reminder"] = {
    **COLLECTED,
    "decision": "行政处罚决定",
    "to_pay": "☑",
    "pay_by": "2026年5月20日",
    "fine": "叁万",
    "surcharge": "叁万",
    "total": "60000",
    "payee": "汶安农商行 3709 0001",
    "to_do": "□",
}
FIELDS["court_application"] = {
    **COLLECTED,
    "court": "汶安县",
    "decision": "罚款人民币叁万元整",
    "decision_number": NUMBER,
    "materials": ["行政处罚决定书及送达回执", "催告书及送达回执"],
    "contact": "王垚",
    "phone": "0537-5550100",
}
FIELDS["sampling"] = {
    "firm": FIRM,
    "head": "赵犇",
    "address": "汶安县经济开发区犇腾路 8 号",
    "phone": "0537-5550101",
    "postcode": "272000",
    "begun": datetime(2026, 3, 9, 10, 0),
    "ended": datetime(2026, 3, 9, 10, 20),
    "place": "原料罐区",
    "samples": [{"order": "1", "name": "苯乙烯", "batch": "2026-0301", "count": "500 mL"}],
    "signed_on": DAY,
}
FIELDS["refusal_report"] = {
    "firm": FIRM,
    "begun": datetime(2026, 3, 9, 10, 0),
    "place": "原料罐区",
    "officers": ["王甲", "李乙"],
    "certificates": ["37092101", "37092102"],
    "reason": "现场负责人拒绝签字",
    "circumstances": "称须请示总部。",
    "person": "赵犇",
    "witness": "无见证人：现场只有检查组",
    "record": "第1版，校验值0123abcd",
    "signed_on": DAY,
}
FIELDS["hearing_notice"] = FIELDS["penalty_notice"]


def document(kind: str, **changes: Any) -> Document:
    """Return the filled-in document of a kind; `changes` replace fields."""
    code = Document(kind, ORGAN, DAY).form().number
    number = document_number(policy_in_force(DAY), "汶", code, 1) if code else ""
    return Document(kind, ORGAN, DAY, number, {**FIELDS[kind], **changes}, signatures(kind))


def signatures(kind: str) -> list[Signature]:
    """Return a handwriting for every place the form has."""
    places = Document(kind, ORGAN, DAY).form().roles()
    at = datetime(2026, 3, 9, 11, 40)
    return [
        Signature(role, OFFICERS[place] if room == 2 else "赵犇", f"3709210{place + 1}", at=at, stroke=STROKE)
        for role, room in places.items()
        for place in range(room)
    ]
