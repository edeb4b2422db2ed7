"""What people type about the sources of a seed: which they are, and what came out."""

import re
import time
from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Page, expect

from sunlot.draw.moments import seconds_of


def beijing(at: str) -> str:
    """Return a moment as a form's field of date and time takes it."""
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds_of(at) + 8 * 3600))


def name_sources(page: Page, sources: Sequence[dict[str, Any]]) -> None:
    """Fill in the lines of a form that names sources."""
    for number, source in enumerate(sources):
        line = f"#id_s-{number}-"
        page.locator(f"{line}kind").select_option(source["kind"])
        page.locator(f"{line}name").fill(source.get("issue") or source.get("label", ""))
        page.locator(f"{line}at").fill(beijing(source["known_at"]))
        page.locator(f"{line}bits").fill(str(source.get("bits", "")))


def enter(page: Page, label: str, text: str) -> None:
    """Type what a source gave into the field of this label, and hand it in."""
    form = page.locator("form", has=page.get_by_label(re.compile(f"^{label}")))
    form.get_by_label(re.compile(f"^{label}")).fill(text)
    form.get_by_role("button", name="录入", exact=True).click()
    expect(page.locator("#messages")).to_contain_text("已录入")
