"""Which firm somebody means by a code, an older number, or a name of the roster."""

from collections.abc import Iterable

from sunlot.codes.credit_code import identify
from sunlot.office.roster.models import Firm
from sunlot.refusal import Refusal

PREFIXES = ("REG15-", "REG13-", "ORG9-")
SHOWN = 5


def which_firm(text: str) -> tuple[str, str]:
    """Return the typed identifier and the name of the firm, an empty name for one outside the roster. Raises Refusal that helps on."""
    wanted = text.strip()
    if not any(letter > "\x7f" for letter in wanted):
        code = firm_code(wanted)
        known = Firm.objects.filter(pk=code).first()
        return code, known.name if known else ""
    exact = list(Firm.objects.filter(name=wanted, listed=True)[:2])
    found = exact or list(Firm.objects.filter(name__icontains=wanted, listed=True).order_by("name")[: SHOWN + 1])
    if len(found) == 1:
        return found[0].pk, found[0].name
    if not found:
        raise Refusal("firm_unknown", f"名录里没有名称含“{wanted}”的单位；请核对，或填写 18 位统一社会信用代码。")
    names = "、".join(f"{firm.name}（{firm.pk}）" for firm in found[:SHOWN])
    more = "等" if len(found) > SHOWN else ""
    raise Refusal("firm_ambiguous", f"名称含“{wanted}”的单位不止一户：{names}{more}；请填写其中一户的代码。")


def firm_code(text: str) -> str:
    """Return the typed identifier of a firm (docs/draw-format.md). Raises Refusal that says what is wrong with the code.

    >>> firm_code(" 91370830ma3c000115 ")
    '91370830MA3C000115'
    >>> firm_code("REG15-370830000012345")
    'REG15-370830000012345'
    """
    code = text.strip().upper()
    for prefix in PREFIXES:
        code = code.removeprefix(prefix)
    found = identify(code)
    if not found.id:
        raise Refusal("firm_unknown", f"“{text.strip()}”：{found.problem}；{found.suggestion}。")
    return found.id


def now_called(ids: Iterable[str]) -> dict[str, str]:
    """Return for identifiers of firms that were merged into another the identifier under which the draw knows them."""
    known = Firm.objects.filter(pk__in=list(ids)).exclude(merged_into=None)
    return {pk: into for pk, into in known.values_list("pk", "merged_into_id") if into}
