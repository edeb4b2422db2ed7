"""The pack that notices carry by hash is a file of its own: rules for the office neither enter nor change it."""

import hashlib

import pytest

from sunlot.draw.errors import DrawError
from sunlot.policy.draw_pack import draw_rules
from sunlot.policy.reader import PACKS, read_pack


def test_its_hash_is_that_of_its_bytes() -> None:
    pack = read_pack("county-2026")
    assert pack["pack"]["sha256"] == hashlib.sha256((PACKS / "county-2026.toml").read_bytes()).hexdigest()
    assert pack["pack"]["sha256"] == "a9f41cdeb0864ce22578709a84c736433efddd9c20a07a763ff40b7d13d97b46"


def test_only_packs_for_draws_are_offered() -> None:
    with pytest.raises(DrawError, match="现有：county-2026。"):
        read_pack("atlantis")


def test_people_can_read_what_it_says() -> None:
    rules = draw_rules(read_pack("county-2026"))
    assert [rule.title for rule in rules] == ["轮次与力度", "重点单位", "高危行业", "一般单位", "执法人员编组"]
    assert rules[2].says == "年度抽查比例 30%，每年不超过 2 次，两次间隔不少于 30 天"
    assert rules[2].certainty == "比例为默认值，待本级确认"
