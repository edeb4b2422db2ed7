"""Reading who this office is."""

from sunlot.office.bureau.models import Bureau
from sunlot.refusal import Refusal


def the_bureau() -> Bureau:
    """Return the bureau. Raises Refusal while nobody has said who it is."""
    if (bureau := Bureau.objects.first()) is None:
        raise Refusal("no_bureau", "还没有填写本机关的代码和名称；请系统管理员在“系统管理 → 本机关”填写。")
    return bureau


def name() -> str:
    """Return the bureau's name, empty while nobody has said it."""
    return Bureau.objects.values_list("name", flat=True).first() or ""


def territories(bureau: Bureau) -> list[str]:
    """Return the townships of the bureau, in the order written."""
    return [line.strip() for line in bureau.territories.splitlines() if line.strip()]
