"""docs/forms.md names every form, its fields and its signers, and no others."""

import re
from pathlib import Path

from sunlot.documents.statutory import forms

ROWS = re.findall(
    r"^\| `([a-z_]+)` (\S+) \| (.*) \| (.*) \|$",
    (Path(__file__).resolve().parents[2] / "docs" / "forms.md").read_text("utf-8"),
    re.MULTILINE,
)


def test_every_form_is_there_with_its_fields_and_signers() -> None:
    documented = {
        kind: (title, set(re.findall(r"`(\w+)`", fields)), set(re.findall(r"`(\w+)`", signers)))
        for kind, title, fields, signers in ROWS
    }
    assert documented == {
        kind: (editions[-1].title, set(editions[-1].fields), set(editions[-1].roles()))
        for kind, editions in forms().items()
    }


def test_what_may_be_missing_is_marked() -> None:
    for kind, _, fields, _ in ROWS:
        for field in forms()[kind][-1].fields.values():
            (mark,) = re.findall(rf"`{field.name}`( \w+)?(\?)?(?:,|$)", fields)
            assert (mark[0].strip() or "text", bool(mark[1])) == (field.kind, field.optional), (kind, field.name)
