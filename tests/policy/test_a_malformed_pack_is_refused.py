"""What is wrong with a pack is said in Chinese, with the file and the entry."""

from datetime import date
from pathlib import Path

import pytest

from sunlot.policy.errors import PolicyError
from sunlot.policy.in_force import policy_in_force
from sunlot.policy.rules import read_rules

PACK = """[pack]
name = "own"
title = "某县规则"
layer = "county"
valid_from = 2026-01-01

[[rule]]
name = "plan.random_share"
value = [3, 10]
source = "某文件"
certainty = "confirmed"
valid_to = 2026-12-31

[[rule]]
name = "visit.caps"
value = [{ industry = ["机械"], cap = 1 }, { cap = 6 }]
source = "某文件"
certainty = "default"
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "own.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_sound_pack_is_read(tmp_path: Path) -> None:
    assert len(read_rules(write(tmp_path, PACK)).rules) == 2


@pytest.mark.parametrize(
    ("wrong", "right", "entry", "sentence"),
    [
        ("plan.random_share", "plan.randomshare", "plan.randomshare", "没有这个名称的规则"),
        ("[3, 10]", "0.3", "plan.random_share", "value 应写作 [分子, 分母]"),
        ("[3, 10]", "[3, 0]", "plan.random_share", "分母不能为 0"),
        ("[3, 10]", "[30, 10]", "plan.random_share", "不能大于 1，现为 3"),
        ('"confirmed"', '"sure"', "plan.random_share", "certainty 只能是 confirmed、reported、default、unconfirmed"),
        ('source = "某文件"\ncertainty = "confirmed"', 'certainty = "confirmed"', "plan.random_share", "缺少 source"),
        ("valid_to = 2026-12-31", "valid_to = 2025-12-31", "plan.random_share", "失效日期 2025-12-31 早于生效日期"),
        ("valid_to = 2026-12-31", 'valid_to = "2026-12-31"', "plan.random_share", "不加引号"),
        ("valid_to = 2026-12-31", "valid_till = 2026-12-31", "plan.random_share", "有不认识的条目 valid_till"),
        ("valid_to = 2026-12-31", 'bound = "about"', "plan.random_share", "bound 只能是 at_least、at_most、fixed"),
        ("{ cap = 6 }]", '{ industry = ["化工"], cap = 6 }]', "visit.caps", "最后一行应只写 cap"),
        ("{ cap = 6 }]", "{ max = 6 }]", "visit.caps", "第 2 行缺少 cap"),
        ('industry = ["机械"]', 'trade = ["机械"]', "visit.caps", "第 1 行有不认识的条件 trade"),
        ("cap = 1", 'cap = "一"', "visit.caps", "value 应为非负整数，现为 '一'"),
        ('certainty = "default"', 'certainty = "default"\nbound = "at_most"', "visit.caps", "只有数字才能用"),
        ('layer = "county"', 'layer = "village"', "pack", "layer 只能是 national、province、county"),
        ('title = "某县规则"', "", "pack", "缺少 title"),
        ("[pack]", "[head]", "", "缺少 [pack]"),
        ("[pack]", "[pack", "", "不是有效的 TOML 文件"),
    ],
)
def test_a_slip_is_named(tmp_path: Path, wrong: str, right: str, entry: str, sentence: str) -> None:
    with pytest.raises(PolicyError) as refusal:
        read_rules(write(tmp_path, PACK.replace(wrong, right, 1)))
    assert refusal.value.sentence.startswith(f"政策包 own.toml{f'的“{entry}”' if entry else ''}有误：")
    assert sentence in refusal.value.sentence


def test_two_entries_for_one_day_are_refused(tmp_path: Path) -> None:
    second = PACK.split("\n\n")[1].replace("valid_to = 2026-12-31", "valid_from = 2026-12-31")
    with pytest.raises(PolicyError, match="自 2026-12-31 起有两条同时生效"):
        read_rules(write(tmp_path, f"{PACK}\n{second}"))


def test_a_pack_there_is_not_is_named() -> None:
    with pytest.raises(PolicyError, match=r"找不到政策包 atlantis\.toml"):
        read_rules("atlantis")


def test_a_question_of_the_wrong_kind_is_a_fault_of_the_program() -> None:
    with pytest.raises(TypeError, match="is a share"):
        policy_in_force(date(2026, 3, 1)).count("plan.random_share")
