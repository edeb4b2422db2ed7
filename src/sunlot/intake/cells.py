"""Cleaning one cell: what it becomes, and what is said about it. Every cleaner returns (value, kind, problem, suggestion); kind empty when all is well."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from sunlot.codes.credit_code import identify

Cleaned = tuple[str, str, str, str]
FORMULA_STARTS = ("=", "+", "@", "-")
GUARDED = ("=", "+", "-", "@")  # what intake.writing.safe puts a ' before
EXCEL_EPOCH = date(1899, 12, 30)
ISO_DAY = re.compile(r"[12]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)
PLACEHOLDERS = {
    "——",
    "—",
    "-",
    "--",
    "/",
    "\\",
    "无",
    "暂无",
    "不详",
    "N/A",
    "n/a",
    "NA",
    "null",
    "NULL",
    "待补",
    "待填",
    "空",
    "*",
    "…",
    "……",
}
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
RISK = {
    "重大": "重大",
    "较大": "较大",
    "一般": "一般",
    "低": "低",
    "红": "重大",
    "橙": "较大",
    "黄": "一般",
    "蓝": "低",
}
RISK |= {"红色": "重大", "橙色": "较大", "黄色": "一般", "蓝色": "低", "Ⅰ": "重大", "Ⅱ": "较大", "Ⅲ": "一般", "Ⅳ": "低"}
RISK |= {
    "I": "重大",
    "II": "较大",
    "III": "一般",
    "IV": "低",
    "1": "重大",
    "2": "较大",
    "3": "一般",
    "4": "低",
    "一": "重大",
    "二": "较大",
    "三": "一般",
    "四": "低",
}
RISK |= {
    "A": "重大",
    "B": "较大",
    "C": "一般",
    "D": "低",
    "高": "重大",
    "较高": "较大",
    "中": "一般",
    "较低": "低",
    "低风险": "低",
}
RISK_CLASS = {
    grade: grade for grade in "ABCD"
}  # 安全风险分级: another scale than the risk level, never reckoned from it
STANDARD = {"一级": "一级", "二级": "二级", "三级": "三级", "未定级": "未定级", "未评级": "未定级", "未达标": "未定级"}
STANDARD |= {"一": "一级", "二": "二级", "三": "三级", "1": "一级", "2": "二级", "3": "三级"}
STANDARD |= {"I": "一级", "II": "二级", "III": "三级"}
YES = {
    "是": "是",
    "Y": "是",
    "YES": "是",
    "√": "是",
    "1": "是",
    "对": "是",
    "有": "是",
    "✓": "是",
    "重点": "是",
    "TRUE": "是",
}
YES |= {
    "否": "否",
    "N": "否",
    "NO": "否",
    "×": "否",
    "0": "否",
    "X": "否",
    "非重点": "否",
    "不是": "否",
    "FALSE": "否",
    "✗": "否",
}
STATUS = {
    "正常": "正常",
    "在业": "正常",
    "存续": "正常",
    "在营": "正常",
    "开业": "正常",
    "停产": "停产",
    "停业": "停产",
    "歇业": "停产",
}
STATUS |= {"注销": "注销", "已注销": "注销", "吊销": "吊销", "迁出": "迁出", "已迁出": "迁出"}
STATUS |= {"失联": "失联", "停业核查": "停业核查"}  # what the office itself writes


def text_of(value: Any) -> str:
    """Return a cell as text: whole floats without the point, dates as ISO, without the mark with which our own files guard what looks like a formula."""
    if isinstance(value, str):
        return value[1:] if value[:1] == "'" and value[1:2] in GUARDED else value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value)


def tidy(value: Any) -> str:
    """Return text in NFC, line breaks joined, invisible characters and outer blanks removed."""
    text = text_of(value)
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text.strip()
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", text)).replace("\u00a0", " ").replace("\u3000", " ")
    return re.sub(r"[\r\n\t\x00-\x1f\x7f]+", "", text).strip()


def free_text(value: Any) -> Cleaned:
    """Free text: placeholders become empty; what a spreadsheet would run as a formula is kept as text and escaped on export."""
    text = tidy(value)
    if text in PLACEHOLDERS or (not text and text_of(value)):
        return "", "placeholder", "占位符号，按空值处理", "没有内容请留空"
    if (text[:1] in FORMULA_STARTS and text[:1] != "-") or (text[:1] == "-" and re.match(r"-\d|-[A-Za-z(]", text)):
        return text, "formula", "内容像公式，按文字保存", "导出到 Excel 时会加防护"
    raw = text_of(value)
    if text != raw:
        return text, "text_tidied", "含换行、首尾空格或不可见字符", f"已整理为“{text}”"
    return text, "", "", ""


def name(value: Any) -> Cleaned:
    """Names: brackets full width, inner blanks removed where they stand between Chinese characters."""
    text = tidy(value)
    neat = re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", text) if " " in text else text
    neat = neat.replace("(", "（").replace(")", "）")
    if neat in PLACEHOLDERS:
        return "", "placeholder", "占位符号，按空值处理", "填写名称"
    raw = text_of(value)
    if neat == raw:
        return neat, "", "", ""
    kind = (
        "name_newline"
        if re.search(r"[\r\n]", raw)
        else "name_halfparen"
        if neat != text and "（" in neat
        else "name_spaces"
    )
    return neat, kind, "名称含换行、空格或半角括号", f"已规范为“{neat}”"


def code(value: Any) -> Cleaned:
    """Credit codes. A number in a cell has lost its last digits; such a row is refused, never repaired."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        digits = text_of(value)
        if abs(value) >= 1e15:
            return "", "code_float", "代码被 Excel 存成数字，末几位已丢失", "把该列设为文本格式，按营业执照重新填写"
        return _identified(digits, digits)
    raw = text_of(value)
    if len(raw) == 18 and raw.isascii() and raw.isalnum():
        return _identified(raw, raw)
    if re.fullmatch(r"\d(\.\d+)?[eE]\+?\d+", raw.strip()):
        return "", "code_float", "代码被存成科学计数，末几位已丢失", "把该列设为文本格式，按营业执照重新填写"
    text = INVISIBLE.sub("", unicodedata.normalize("NFKC", raw))
    text = re.sub(r"[\s\u00a0]+", "", text).strip("'‘’`\"")
    if text in PLACEHOLDERS:
        text = ""
    return _identified(text, raw)


def _identified(text: str, raw: str) -> Cleaned:
    found = identify(text)
    if found.kind == "valid":
        return (
            (found.id, "", "", "")
            if text == raw
            else (found.id, "code_tidied", "代码含空格、全角或不可见字符", f"已规范为 {found.id}")
        )
    return found.id, found.kind, found.problem, found.suggestion


def day(value: Any) -> Cleaned:
    """Dates in the six styles offices use, Excel serial numbers, and year-month."""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10], "", "", ""
    if isinstance(value, float | int) and not isinstance(value, bool):
        if 10000101 <= value <= 99991231:
            return _day_text(str(int(value)), str(int(value)))
        if 1 <= value < 100000:
            found = (EXCEL_EPOCH + timedelta(days=int(value))).isoformat()
            return found, "date_serial", "日期是 Excel 序列数", f"已换算为 {found}"
    text = tidy(value)
    if ISO_DAY.fullmatch(text) and text[8:] < "29":
        return text, "", "", ""
    if text in PLACEHOLDERS or not text:
        return "", "placeholder" if text else "", "占位符号，按空值处理" if text else "", ""
    return _day_text(unicodedata.normalize("NFKC", text), text)


def _day_text(text: str, raw: str) -> Cleaned:
    parts = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?(?: .*)?", text) or re.fullmatch(
        r"(\d{4})(\d{2})(\d{2})", text
    )
    if parts and parts[3] is None:
        found = f"{parts[1]}-{int(parts[2]):02d}"
        good = 1 <= int(parts[2]) <= 12
    elif parts:
        try:
            found, good = date(int(parts[1]), int(parts[2]), int(parts[3])).isoformat(), True
        except ValueError:
            found, good = "", False
    else:
        found, good = (text, True) if re.fullmatch(r"\d{4}", text) else ("", False)
    if re.fullmatch(r"[1-9]\d{4}", text):
        return day(int(text))
    if not good:
        return "", "date_invalid", f"日期“{raw}”不存在或无法识别", "按 2026-03-02 的样子填写"
    return (found, "", "", "") if found == raw else (found, "date_style", "日期写法不统一", f"已规范为 {found}")


def staff(value: Any) -> Cleaned:
    """Head counts: a unit is removed, an estimate is kept and flagged."""
    text = unicodedata.normalize("NFKC", tidy(value))
    parts = re.fullmatch(r"(约|大约|近)?\s*(\d[\d,]*)\s*(人|名|个)?(左右|余人|余|多人)?", text)
    if text in PLACEHOLDERS or not text:
        return "", "placeholder" if text else "", "占位符号，按空值处理" if text else "", ""
    if not parts:
        return "", "staff_unreadable", f"人数“{text}”无法识别", "填写整数"
    number = parts[2].replace(",", "")
    if parts[1] or parts[4]:
        return number, "staff_approx", "人数是约数", "核实后填写准确人数"
    return (
        (number, "", "", "") if number == text_of(value) else (number, "staff_unit", "人数带单位", f"已取数字 {number}")
    )


def _mapped(table: dict[str, str], what: str, kind: str) -> Callable[[Any], Cleaned]:
    def clean(value: Any) -> Cleaned:
        text = tidy(value)
        if text in table.values() or not text:
            return text, "", "", ""
        found = table.get(text) or table.get(
            unicodedata.normalize("NFKC", text).upper().removesuffix("级").removesuffix("风险")
        )
        if found:
            return found, kind, f"{what}写法不统一", f"已对应为“{found}”"
        return text, f"{kind}_unknown", f"不认识的{what}“{text}”", "请改为规定的写法"

    return clean


risk = _mapped(RISK, "风险等级", "risk_synonym")
risk_class = _mapped(RISK_CLASS, "安全风险分级", "risk_class_synonym")
standard = _mapped(STANDARD, "标准化等级", "standard_synonym")


def yes_no(value: Any) -> Cleaned:
    """A missing answer is never taken for 否."""
    if not tidy(value):
        return "", "yesno_synonym_blank", "是否一栏为空，不能当作“否”", "核实后填写是或否"
    return _yes_no(value)


_yes_no = _mapped(YES, "是否", "yesno_synonym")


def status(value: Any) -> Cleaned:
    """A missing status is never taken for 正常."""
    text = tidy(value)
    if not text or text == "未填":  # so our own lists write it
        return "", "status_blank", "经营状态为空，不能当作正常", "核实后填写"
    return _mapped(STATUS, "经营状态", "status_synonym")(text)


def phone(value: Any) -> Cleaned:
    text = unicodedata.normalize("NFKC", tidy(value))
    digits = re.sub(r"[\s\-—()]+", "", text)
    if text in PLACEHOLDERS:
        return "", "placeholder", "占位符号，按空值处理", ""
    return (
        (digits, "", "", "")
        if digits == text_of(value)
        else (digits, "tel_format", "电话写法不统一", f"已规范为 {digits}")
    )


def person(value: Any) -> Cleaned:
    """A legal representative; two names in one cell are kept and flagged."""
    found = name(value)
    if re.search(r"[/、,，;；]", found[0]):
        return found[0], "two_legal_persons", "一栏里写了两个人", "核实现任法定代表人，只填一人"
    return found


def certificate(value: Any) -> Cleaned:
    raw = text_of(value)
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", INVISIBLE.sub("", raw)))
    if not text or text in PLACEHOLDERS:
        return "", "cert_missing", "没有执法证号，不能参加抽取", "补填执法证号"
    return (
        (text, "", "", "") if text == raw else (text, "cert_fullwidth", "执法证号含全角字符或空格", f"已规范为 {text}")
    )


def address(value: Any) -> Cleaned:
    found = free_text(value)
    return ("", "addr_blank", "地址为空", "补填地址") if not found[0] else found


def key(value: Any) -> Cleaned:
    text = unicodedata.normalize("NFKC", tidy(value)).upper()
    return (text, "", "", "") if text == text_of(value) else (text, "text_tidied", "编号写法不统一", f"已规范为 {text}")


def code_if_any(value: Any) -> Cleaned:
    """A credit code where the row may name the firm by its name alone."""
    return code(value) if tidy(value) else ("", "", "", "")


CLEANERS: dict[str, dict[str, Callable[[Any], Cleaned]]] = {
    "firms": {
        "id": code,
        "name": name,
        "address": address,
        "established": day,
        "staff": staff,
        "risk_level": risk,
        "risk_class": risk_class,
        "standardization_level": standard,
        "key_unit": yes_no,
        "status": status,
        "legal_person": person,
        "phone": phone,
    },
    "inspectors": {
        "id": key,
        "name": name,
        "birth": day,
        "certificate": certificate,
        "certificate_valid_to": day,
        "phone": phone,
        "joined": day,
    },
    "recusals": {"inspector_id": key, "firm_id": code, "firm_name": name, "declared_on": day},
    "leaves": {"inspector_id": key, "start": day, "end": day},
    "visits": {"firm_id": code_if_any, "firm_name": name, "date": day},
    "key_list": {"firm_id": code, "firm_name": name},
    "items": {"id": key, "published_on": day, "withdrawn_on": day},
    "causes": {"firm_id": code_if_any, "firm_name": name, "since": day, "until": day, "withdrawn_on": day},
    "corrections": {"firm_id": code_if_any, "firm_name": name, "asked_on": day},
    "rounds": {"first_day": day, "last_day": day},
    "users": {},
    "violations": {"firm_id": code_if_any, "firm_name": name, "found_on": day},
    "receivers": {},
    "reviewers": {"valid_from": day, "revoked_on": day},
}
