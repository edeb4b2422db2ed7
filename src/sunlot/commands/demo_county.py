"""A fictional county, 青禾县: Excel rosters as an office keeps them, and real public randomness of 2023 to draw with."""

from pathlib import Path
from random import Random
from typing import Any

from openpyxl import Workbook

from sunlot.codes.credit_code import check_character, org_check_character

TOWNS = ("城关街道", "南岗镇", "白石镇", "石桥镇", "沙窝乡", "北坡乡", "开发区")
CLASSES = ("机械", "轻工", "商贸", "危险化学品", "建材", "纺织", "烟花爆竹", "非煤矿山", "涉氨制冷", "冶金", "其他")
SPECIAL = ("危险化学品", "烟花爆竹", "非煤矿山", "冶金", "涉氨制冷")
WEIGHTS = (24, 15, 14, 9, 7, 6, 2, 2, 2, 1, 18)
TRADES = {
    "机械": "机械",
    "轻工": "塑料制品",
    "商贸": "商贸",
    "危险化学品": "化工",
    "建材": "建材",
    "纺织": "针织",
    "烟花爆竹": "烟花",
}
TRADES |= {"非煤矿山": "石料", "涉氨制冷": "冷藏", "冶金": "铸造", "其他": "科技"}
FIRST, SECOND = "恒瑞昌隆盛达兴旺鼎丰和顺润泽嘉宏源通诚信德", "亿佳美康安宁祥云腾飞龙翔凯博远创新科力宇辰堃垚昇"
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何林", "伟芳娜敏静磊洋勇艳杰涛明超霞平刚昇犇喆祎"
CHAIN = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
TWO = ["经办人甲", "监督人乙"]


def _round(issue: str, day: str, numbers: str, beacon: int, signature: str, recorded_at: str) -> dict[str, Any]:
    return {
        "sources": [
            {"kind": "ssq", "issue": issue, "known_at": f"{day}T13:15:00Z"},
            {"kind": "drand", "chain": CHAIN, "round": beacon},
        ],
        "evidence": [
            {"kind": "ssq", "issue": issue, "drawn_on": day, "numbers": numbers, "entered_by": TWO},
            {"kind": "drand", "signature": signature},
        ],
        "recorded_at": recorded_at,
    }


RANDOMNESS = {
    "firms": _round(
        "2023097",
        "2023-08-22",
        "1 9 14 19 29 30 + 15",
        123,
        "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92",
        "2023-08-24T01:00:00Z",
    ),
    "teams": _round(
        "2023107",
        "2023-09-14",
        "3 7 18 25 29 33 + 14",
        657413,
        "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b",
        "2023-09-15T12:00:00Z",
    ),
}


def write_office_files(folder: Path, firms: int, inspectors: int) -> list[Path]:
    """Write four workbooks and return their paths: firms, inspectors, recusals, leaves. The same county every time."""
    folder.mkdir(parents=True, exist_ok=True)
    dice = Random(20230822)
    roster = _told_apart([_firm(dice, number) for number in range(firms)])
    people = [_person(dice, number) for number in range(inspectors)]
    head = [
        "序号",
        "单位名称",
        "统一社会\n信用代码",
        "所属镇街",
        "详细地址",
        "行业类别",
        "成立日期",
        "从业人数",
        "风险等级",
        "重点单位",
        "经营状态",
        "法定代表人",
        "安全风险分级",
        "标准化等级",
        "联系电话",
        "备注",
    ]
    return [
        _book(folder / "firms 检查对象名录库.xlsx", "青禾县安全生产检查对象名录库（虚构）", head, _spoil(roster)),
        _book(
            folder / "inspectors 执法检查人员名录库.xlsx",
            "青禾县执法检查人员名录库（虚构）",
            ["人员编号", "姓名", "性别", "所在部门", "执法证号", "证件有效期至", "专业特长", "在岗状态", "居住镇街"],
            people,
        ),
        _book(
            folder / "recusals 回避申报.xlsx",
            "回避申报表（虚构）",
            ["人员编号", "统一社会信用代码", "单位名称", "回避情形", "申报日期"],
            [
                [dice.choice(people)[0], firm[2], firm[1], "近亲属在该单位任职", "2023-03-01"]
                for firm in dice.sample(roster, min(60, firms))
            ],
        ),
        _book(
            folder / "leaves 请假.xlsx",
            "请假登记（虚构）",
            ["人员编号", "类型", "开始", "结束"],
            [
                [people[2][0], "病假", "2023-09-01", "2023-12-31"],
                [people[3][0], "年休假", "2023.10.9", "2023年10月13日"],
            ],
        ),
    ]


def credit_code(number: int) -> str:
    """Return a made-up code with true check digits; 379921 is assigned to no county."""
    body = f"MA{number:06d}"
    first = "91379921" + body + org_check_character(body)
    return first + check_character(first)


def _firm(dice: Random, number: int) -> list[Any]:
    kind = dice.choices(CLASSES, WEIGHTS)[0]
    town = dice.choice(TOWNS)
    name = f"青禾县{dice.choice(FIRST)}{dice.choice(SECOND)}{TRADES[kind]}有限公司"
    key = "是" if kind in ("危险化学品", "烟花爆竹", "非煤矿山") and dice.random() < 0.3 else "否"
    status = dice.choices(("正常", "停产", "注销", "迁出"), (93, 4, 2, 1))[0]
    founded = f"{dice.randint(1995, 2022)}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"
    risk = dice.choices(("重大", "较大", "一般", "低"), (1, 6, 33, 60))[0]
    boss = dice.choice(SURNAMES) + dice.choice(GIVEN)
    staff = dice.randint(2, 300)
    return [
        number + 1,
        name,
        credit_code(number),
        town,
        f"青禾县{town}{dice.choice(FIRST)}路{number % 500 + 1}号",
        kind,
        founded,
        staff,
        risk,
        key,
        status,
        boss,
        *_grades(number, kind, key),
        f"0000-{5_000_000 + number}" if number % 31 else "",
        "",
    ]


def _grades(number: int, kind: str, key: str) -> tuple[str, str]:
    """Return how a firm was graded, a few not yet: by dice of its own, so that the county stays the one that it was."""
    dice = Random(f"分级 {number}")
    if kind in SPECIAL or key == "是":
        grade = dice.choices(("A", "B", "C", "D", ""), (12, 45, 33, 8, 2))[0]
        return grade, dice.choices(("一级", "二级", "三级", "未定级", ""), (3, 22, 60, 12, 3))[0]
    grade = dice.choices(("A", "B", "C", "D", ""), (8, 50, 30, 4, 8))[0]
    return grade, dice.choices(("二级", "三级", "未定级", ""), (3, 32, 57, 8))[0]


def _told_apart(roster: list[list[Any]]) -> list[list[Any]]:
    """Return the firms with names of their own, as a registry demands, but for a few pairs that are one firm with two codes."""
    seen: set[str] = set()
    for row in roster:
        while row[1] in seen and row[0] % 400:
            row[1] = row[1].replace("青禾县", f"青禾县{GIVEN[len(seen) % len(GIVEN)]}", 1)
        seen.add(row[1])
    return roster


def _spoil(roster: list[list[Any]]) -> list[list[Any]]:
    """Add what every real roster has: a wrong digit, a code stored as a number, full width, a double, a subtotal, odd dates."""
    rows = [list(row) for row in roster]
    rows[5][2] = rows[5][2][:-1] + ("0" if rows[5][2][-1] != "0" else "1")
    rows[6][2] = float(rows[6][2][:2] + "37992100012345")
    rows[7][2] = "".join(chr(ord(letter) + 0xFEE0) for letter in rows[7][2])
    rows[8][6], rows[9][6], rows[10][6] = "2011年3月5日", "2015.7.1", 43469
    rows[11][7], rows[12][8], rows[13][10] = "约50人", "Ⅱ级", ""
    return [*rows[:40], ["", "小计", "", "", "", "", "", 40], *rows[40:], list(rows[20])]


def _person(dice: Random, number: int) -> list[Any]:
    valid = "2022-12-31" if number == 4 else f"{dice.randint(2027, 2031)}-0{dice.randint(1, 9)}-15"
    skills = "、".join(sorted([*dice.sample(CLASSES[:10], 2), SPECIAL[number % len(SPECIAL)]]))
    department = dice.choice(("安全生产综合执法大队", "危险化学品监管科", "工贸监管科"))
    name = dice.choice(SURNAMES) + dice.choice(GIVEN) + dice.choice(GIVEN)
    if number == 0:
        name = "王执法"  # whose account is shown on the login page
    state = "借调" if number == 5 else "在岗"
    return [
        f"J{number + 1:03d}",
        name,
        dice.choice("男女"),
        department,
        f"【样】379921{number + 1:04d}",
        valid,
        skills,
        state,
        dice.choice(TOWNS),
    ]


def _book(path: Path, title: str, head: list[str], rows: list[list[Any]]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([title])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(head))
    for row in [head, *rows]:
        sheet.append(row)
    book.save(path)
    return path
