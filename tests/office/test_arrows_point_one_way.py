"""Faces → office apps → core: the core knows no Django, an app imports only from apps before it, and only their services and queries write and read."""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "sunlot"
CORE = ("draw", "ledger", "evidence", "codes", "policy", "intake", "documents")
APPS = (
    "journal",
    "shell",
    "accounts",
    "approvals",
    "administration",
    "records",
    "bureau",
    "imports",
    "roster",
    "inspectors",
    "catalog",
    "plan",
    "lottery",
    "ceremony",
    "visits",
    "field",
    "papers",
    "followup",
    "cases",
    "disclosure",
    "release",
    "complaints",
    "portal",
    "workbench",
)


def imports(path: Path) -> Iterator[str]:
    """Yield the modules that a file imports when it is loaded or later."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_the_core_knows_neither_django_nor_the_office() -> None:
    wrong = [
        f"{path.relative_to(SOURCE)} imports {name}"
        for part in CORE
        for path in (SOURCE / part).rglob("*.py")
        for name in imports(path)
        if name.split(".")[0] == "django" or name.startswith("sunlot.office")
    ]
    assert wrong == []


def test_an_app_imports_only_from_apps_before_it() -> None:
    wrong = [
        f"{path.relative_to(SOURCE)} imports {name}"
        for number, app in enumerate(APPS)
        for path in (SOURCE / "office" / app).rglob("*.py")
        for name in imports(path)
        if name.startswith(tuple(f"sunlot.office.{later}" for later in APPS[number + 1 :]))
    ]
    assert wrong == []


def test_an_app_reaches_another_only_through_its_open_doors() -> None:
    """Views, forms and other insides of an app are its own; models may be named in foreign keys and types."""
    inside = ("views", "urls", "forms", "pages", "todo")
    wrong = [
        f"{path.relative_to(SOURCE)} imports {name}"
        for app in APPS
        for path in (SOURCE / "office" / app).rglob("*.py")
        for name in imports(path)
        for other in APPS
        if other not in (app, "shell") and name.startswith(tuple(f"sunlot.office.{other}.{part}" for part in inside))
    ]
    assert wrong == []
