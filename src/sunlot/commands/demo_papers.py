"""The documents of the fictional county's visit: the approval form and the notice that its inspector hands over."""

from typing import Any


def issue_papers(people: dict[str, Any], visit: Any, port: int) -> list[str]:
    """Issue approval form and notice of an approved visit, and return their titles with their numbers. `port`: where the demo is served."""
    from sunlot.office.papers.making import make

    def address(token: str) -> str:
        return f"http://127.0.0.1:{port}/visits/code/{token}/"

    told = {
        "contact": "钱经办",
        "phone": "0000-5550101",
        "supervision": "0000-12345",
        "materials": "（演示）用电设备台账",
    }
    kinds: dict[str, dict[str, str]] = {"inspection_approval": {}, "inspection_notice": told}
    return [str(make(people["jingban"], visit.pk, kind, typed, address)) for kind, typed in kinds.items()]
