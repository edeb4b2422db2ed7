"""What dice and balls can give (现场摇号): the notice declares how many bits of chance they are, and what fell must be able to hold them.

Asked when people type it and when the seed is recorded. The bound is generous: fair dice or balls never give more than it.
"""

import re
from collections.abc import Mapping
from math import prod
from typing import Any

from sunlot.draw.errors import DrawError

DICE = re.compile(r"dice(\d*)(-[0-9a-z-]*)?")  # dice: six faces; dice10, dice20: as many as it says
DIGITS, SIGNS = 10, 62


def refuse_too_little(source: Mapping[str, Any], value: str) -> None:
    """Raise DrawError when the value of a `hand` source can hold fewer bits than the source declares, or is no throw of its dice."""
    kind = DICE.fullmatch(source["label"])
    fell = [one for one in value.split(",") if one] if "," in value else list(value)
    if kind:
        faces = int(kind[1] or 6)
        outcomes = faces ** len(_thrown(fell, faces))
    else:
        outcomes = prod(DIGITS if sign.isdigit() else SIGNS for sign in value if sign != ",")
    if outcomes < 2 ** source["bits"]:
        raise DrawError(
            "too_few_thrown",
            f"公告写明现场摇号 {source['label']} 有 {source['bits']} 位随机数，而录入的 {len(fell)} 个结果最多只有 "
            f"{outcomes.bit_length() - 1} 位。请核对有没有漏录；掷得不够的，当众补掷，连同已有的一起录入。",
        )


def _thrown(fell: list[str], faces: int) -> list[str]:
    """Return what fell, all of it possible; dice of ten faces and more may be numbered from 0."""
    least = 0 if faces >= DIGITS else 1
    for one in fell:
        if not one.isdigit() or not least <= int(one) <= faces:
            raise DrawError(
                "dice_impossible", f"{faces} 面的骰子掷不出“{one}”；请对照现场记录改正，几个数之间用逗号隔开。"
            )
    return fell
