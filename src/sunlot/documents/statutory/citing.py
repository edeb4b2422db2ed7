"""An article as documents write it out."""

from sunlot.policy.statutes.citations import parse_citations
from sunlot.policy.statutes.laws import find_law

DIGITS = "零一二三四五六七八九"


def written_out(citation: str) -> str:
    """Return the citation with the law's full title and Chinese numerals. Raises StatuteError.

    >>> written_out("安全生产法第70条第1款")
    '《中华人民共和国安全生产法》第七十条第一款'
    """
    (place,) = parse_citations(citation)
    law = find_law(place.law)
    numbers = ((place.article, "条"), (place.paragraph, "款"), (place.item, "项"))
    where = "".join(f"第{numeral(number)}{unit}" for number, unit in numbers if number is not None)
    return f"《{law.title if law else place.law}》{where}"


def numeral(number: int) -> str:
    """Return a whole number below a thousand in Chinese.

    >>> numeral(10), numeral(15), numeral(70), numeral(102), numeral(110), numeral(115)
    ('十', '十五', '七十', '一百零二', '一百一十', '一百一十五')
    """
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones or not number else "")
