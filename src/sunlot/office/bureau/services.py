"""Writing who this office is."""

from collections.abc import Mapping
from typing import Any

from sunlot.office.bureau.models import Bureau
from sunlot.office.journal.services import deed
from sunlot.office.shell.forms import StaleEdit
from sunlot.refusal import Refusal

FIELDS = ("code", "name", "short", "territories", "address", "telephone", "site")


def describe(by: str, fields: Mapping[str, Any], version: int = 0) -> Bureau:
    """Return the bureau with new particulars. `version`: the one the form was filled from. Raises Refusal when draws carry another code."""
    with deed(by=by) as doing:
        bureau = Bureau.objects.select_for_update().first() or Bureau(version=0)
        if bureau.pk and version and bureau.version != version:
            raise StaleEdit("本机关")
        if bureau.pk and bureau.code != fields["code"]:
            _refuse_after_draws(bureau.code)
        for name in FIELDS:
            setattr(bureau, name, fields.get(name, getattr(bureau, name)))
        bureau.version += 1
        doing.save(bureau)
        doing.record("bureau.described", "bureau", {"name": bureau.name, "code": bureau.code})
    return bureau


def _refuse_after_draws(code: str) -> None:
    from sunlot.office.journal.models import Event

    if Event.objects.filter(obj__startswith=f"draw/{code}-").exists():
        raise Refusal("code_in_use", f"已有抽取以 {code} 编号，代码不能再改；机构调整请另建办公室。")
