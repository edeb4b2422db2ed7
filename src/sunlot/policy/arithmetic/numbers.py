"""How the numbers of a plan are written and what is refused as a number."""

from fractions import Fraction

from sunlot.refusal import Refusal


class PlanError(Refusal):
    """A plan, or a question about one, that cannot be reckoned."""


def percent(share: Fraction, decimals: int = 1) -> str:
    """Return the share as a percentage, half rounded up, as plans print it.

    >>> percent(Fraction(1035, 1984)), percent(Fraction(3, 14), 0)
    ('52.2%', '21%')
    """
    scaled = share * 100 * 10**decimals
    rounded = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    sign, digits = "-" if rounded < 0 else "", str(abs(rounded)).zfill(decimals + 1)
    whole = digits[: len(digits) - decimals]
    return f"{sign}{whole}{'.' + digits[len(whole) :] if decimals else ''}%"


def days_text(days: Fraction | int) -> str:
    """Return days as a plan writes them: whole, halves and tenths in decimals, else as a fraction.

    >>> days_text(Fraction(3, 2)), days_text(7), days_text(Fraction(1, 3))
    ('1.5', '7', '1/3')
    """
    days = Fraction(days)
    if days.denominator == 1:
        return str(days.numerator)
    tenths = days * 10
    if tenths.denominator != 1:
        return str(days)
    sign, number = "-" if tenths < 0 else "", abs(tenths.numerator)
    return f"{sign}{number // 10}.{number % 10}"


def natural(value: int, what: str, least: int = 0) -> int:
    """Return the number. Raises PlanError, which names what it is, when it is less than `least`."""
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise PlanError("not_a_count", f"{what}应为不小于 {least} 的整数，现为 {value!r}。")
    return value
