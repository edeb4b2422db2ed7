"""What people type finds what they mean, the likeliest first: names, codes and pieces of them with every kind of typing error, also among very many."""

import random
import time

import pytest

from lottery.conftest import code
from sunlot.office.disclosure import likeness
from sunlot.office.disclosure.hanzi import simplified, sound
from sunlot.office.disclosure.likeness import Names

FIRMS = [
    "青禾恒瑞机械厂",
    "青禾县恒瑞塑料制品有限公司",
    "南岗塑料厂",
    "白石镇龙凤烟花爆竹零售点",
    "青禾万华化工有限公司",
    "城关街道德胜门加油站",
    "青禾县鑫源粮油加工有限公司",
    "青禾丰泽饲料有限公司",
    "恒泰木业",
    "青禾（集团）第一建材厂",
    "A1 五金店",
    "青禾县人民医院",
]
NAMES = Names([(code(number), name) for number, name in enumerate(FIRMS)])
OWN = code(7)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("恒端机", 0),  # a piece with a wrong letter
        ("恒机械", 0),  # a letter left out
        ("恒瑞瑞机械", 0),  # one doubled
        ("瑞恒机械", 0),  # two exchanged
        ("恒锐机械", 0),  # one of the same sound
        ("衡锐机械", 0),  # two of the same sound
        ("恆瑞機械廠", 0),  # traditional
        ("恒瑞塑科制品", 1),  # looks alike
        ("南港塑料", 2),
        ("龙风烟花", 3),
        ("万化化工", 4),
        ("德盛门加油", 5),
        ("鑫原粮油", 6),
        ("鑫源良油有限公司", 6),
        ("丰择饲料有线公司", 7),
        ("恒太木业", 8),
        ("恒泰", 8),
        ("青禾(集团)第一建村厂", 9),
        ("ａ１ 五金", 10),
        ("Ａ1五今店", 10),
        ("山东省青禾县恒瑞机械厂", 0),  # with more words than the name has
        ("人民医院", 11),
        (OWN, 7),
        (OWN.lower(), 7),
        ("".join(chr(ord(letter) + 0xFEE0) for letter in OWN), 7),  # full width
        (OWN.replace("0", "O").replace("1", "I"), 7),
        (OWN[8:], 7),  # the end of a code
        (OWN[8:].replace("0", "O", 1), 7),
        (OWN[:11] + OWN[12:], 7),
        (OWN[:4] + OWN[3:], 7),
        (OWN[:14] + OWN[15] + OWN[14] + OWN[16:], 7),
        (OWN[:9] + "8" + OWN[10:], 7),
    ],
)
def test_the_first_found_is_what_was_meant(typed: str, meant: int) -> None:
    assert NAMES.search(typed)[0] == code(meant)


@pytest.mark.parametrize("typed", ["", "　", "。。", "医疗器械研究所", "恒字", "ZZZZZZZZZZZZZZZZZZ", "77"])
def test_what_is_like_nothing_finds_nothing(typed: str) -> None:
    assert NAMES.search(typed) == []


def test_what_was_typed_without_a_fault_comes_alone() -> None:
    assert NAMES.search("塑料") == [code(2), code(1)]
    assert NAMES.search("塑料", among={code(1)}) == [code(1)]


@pytest.mark.parametrize(
    ("wanted", "text", "errors"),
    [
        ("恒瑞", "青禾恒瑞厂", 0),
        ("恒锐", "青禾恒瑞厂", 4),
        ("恒端", "恒瑞", 10),
        ("瑞恒", "恒瑞", 10),
        ("机机械", "机械", 10),
        ("机", "", 10),
    ],
)
def test_errors_are_counted(wanted: str, text: str, errors: int) -> None:
    assert likeness.cost(wanted, text) == errors


def test_letters_have_one_form_and_one_sound() -> None:
    assert likeness.plain("（青 禾）Ｔｅｓｔ機") == "青禾TEST机"
    assert simplified("龍鳳煙花") == "龙凤烟花" and sound("锐") == sound("瑞") == "rui" and sound("7") == "7"


def test_thirty_thousand_firms_are_searched_in_a_moment() -> None:
    dice, letters = (
        random.Random(5),
        "恒瑞鑫源宏达盛泰华丰隆兴旺永安康利民福顺通和祥天地海山金银铜铁木水火土东南西北中大小新老红黄蓝绿",
    )
    kinds = ("机械有限公司", "塑料厂", "化工有限公司", "加油站", "建材有限公司")
    firms = [
        (code(number), f"青禾县{''.join(dice.choices(letters, k=3))}{dice.choice(kinds)}") for number in range(30_000)
    ]
    names = Names([*firms, (OWN[:-1] + "*", "青禾县曙霞机械有限公司")])
    names.index()
    started = time.process_time()
    for typed in ("署霞机械", "曙机械有限", "青禾县曙霞机械有线公司", "曙曙霞机械", "霞曙机械有限公司") * 4:
        assert names.search(typed)[0] == OWN[:-1] + "*"
    assert (time.process_time() - started) / 20 < 0.2
