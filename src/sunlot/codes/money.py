"""Amounts and days in capital numerals (大写), as documents write them so that no digit can be added."""

from datetime import date

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")


def capital_yuan(yuan: int) -> str:
    """Return whole yuan in capitals, from 0 up to sixteen digits. Raises ValueError outside.

    >>> [capital_yuan(n) for n in (0, 30000, 105000, 1000010)]
    ['零元整', '叁万元整', '壹拾万伍仟元整', '壹佰万零壹拾元整']
    """
    if not 0 <= yuan < 10**16:
        raise ValueError(f"{yuan} is not an amount")
    if yuan == 0:
        return "零元整"
    groups = [yuan // 10 ** (4 * place) % 10000 for place in range(4)]
    found = ""
    for place in reversed(range(4)):
        if not groups[place]:
            continue
        gap = found and (groups[place] < 1000 or groups[place + 1] == 0)
        found += ("零" if gap else "") + _group(groups[place]) + GROUPS[place]
    return f"{found}元整"


def capital_day(day: date) -> str:
    """Return a day in capitals, its zeros first as on cheques.

    >>> capital_day(date(2026, 5, 20)), capital_day(date(2026, 10, 1))
    ('贰零贰陆年零伍月零贰拾日', '贰零贰陆年零壹拾月零壹日')
    """
    month, number = _group(day.month), _group(day.day)
    led = "零" if day.month < 10 or day.month == 10 else ""
    before = "零" if day.day < 10 or day.day in (10, 20, 30) else ""
    return f"{''.join(DIGITS[int(digit)] for digit in str(day.year))}年{led}{month}月{before}{number}日"


def _group(number: int) -> str:
    """Return 1 to 9999; zeros between digits become one 零, those at the end none."""
    found, gap = "", False
    for place in reversed(range(4)):
        digit = number // 10**place % 10
        if digit:
            found += ("零" if gap and found else "") + DIGITS[digit] + PLACES[place]
            gap = False
        else:
            gap = True
    return found
