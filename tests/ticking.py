"""What a browser sends when rows of a list are chosen and the page that asks is agreed to."""

import re
from typing import Any

from django.test import Client


def sent_from(client: Client, address: str) -> dict[str, str]:
    """Return what the list sends with 选择全部 ticked."""
    page = client.get(address).content.decode()
    found = dict(re.findall(r'<input type="hidden" name="(query|back)" value="([^"]*)"', page))
    found["all"] = re.findall(r'<input type="checkbox" name="all" value="(\d+)"', page)[0]
    return {name: value.replace("&amp;", "&") for name, value in found.items()}


def held(page: str) -> dict[str, Any]:
    """Return what the asking page sends when it is agreed to."""
    pairs = re.findall(r'<input type="hidden" name="(seen|query|back|all|after|pk)" value="([^"]*)"', page)
    fields: dict[str, Any] = {name: value.replace("&amp;", "&") for name, value in pairs if name != "pk"}
    return fields | {"pk": [value for name, value in pairs if name == "pk"]}
