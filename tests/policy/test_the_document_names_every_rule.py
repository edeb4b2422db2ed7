"""docs/policy.md names every rule a pack may hold and no other."""

import re
from pathlib import Path

from sunlot.certainty import Certainty
from sunlot.policy.rules import BOUNDS, LAYERS
from sunlot.policy.vocabulary import FIELDS, RULES, VISIT_KINDS

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "policy.md").read_text("utf-8")


def test_every_rule_is_named_and_every_name_is_a_rule() -> None:
    named = set(re.findall(r"`([a-z_]+\.[a-z_.*]+)`", DOCUMENT)) - {"known.toml"}
    single = {name for name in RULES if not name.startswith(("visit.counted.", "publication.field."))}
    assert named == {*single, "visit.counted.*", "publication.field.*"}


def test_every_kind_of_visit_and_every_field_is_listed() -> None:
    for family, members in (("visit.counted.*", VISIT_KINDS), ("publication.field.*", FIELDS)):
        row = next(line for line in DOCUMENT.splitlines() if line.startswith(f"| `{family}`"))
        assert set(re.findall("`([a-z_]+)`", row)) == set(members)


def test_every_mark_layer_and_bound_is_explained() -> None:
    for mark in Certainty:
        assert f"| {mark} | {mark.label} |" in DOCUMENT
    assert all(f"`{bound}`" in DOCUMENT for bound in BOUNDS)
    assert all(layer in DOCUMENT for layer in LAYERS)
