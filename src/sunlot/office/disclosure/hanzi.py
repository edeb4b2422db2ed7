"""Chinese letters that people take for one another: the traditional form of a letter, and those that sound alike, which a pinyin keyboard mixes up.

`hanzi.json` holds 2,941 traditional letters with their simplified form (OpenCC's TSCharacters, Apache 2.0) and the most frequent reading of the
7,143 letters of GB 2312 and those forms (pypinyin, MIT), without tones. The written site carries the same table as a script.

>>> simplified("恆瑞機械廠"), sound("瑞"), sound("锐"), sound("7")
('恒瑞机械厂', 'rui', 'rui', '7')
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any


@lru_cache(maxsize=1)
def table() -> dict[str, Any]:
    """Return the table as it is kept: `variants`, pairs of letters one after another, and `pinyin`, the letters of each syllable."""
    found: dict[str, Any] = json.loads(Path(__file__).with_name("hanzi.json").read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=1)
def _simple() -> dict[int, str]:
    pairs = table()["variants"]
    return str.maketrans(dict(zip(pairs[::2], pairs[1::2], strict=True)))


@lru_cache(maxsize=1)
def sounds() -> dict[str, str]:
    """Return the reading of every letter that has one."""
    return {letter: syllable for syllable, letters in table()["pinyin"].items() for letter in letters}


def simplified(text: str) -> str:
    """Return a text with traditional letters written as simplified ones."""
    return text.translate(_simple())


def sound(letter: str) -> str:
    """Return the reading of a letter, itself for whatever has none."""
    return sounds().get(letter, letter)
