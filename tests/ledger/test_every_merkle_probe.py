"""The 518 probes of transparency-dev/merkle, most of them adversarial: our verification answers each as they say."""

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from sunlot.ledger import proofs

PROBES = json.loads((Path(__file__).parents[1] / "data" / "merkle_probes.json").read_text())["probes"]


def decoded(text: str | None) -> bytes:
    return b64decode(text or "")


def run(probe: dict[str, Any]) -> None:
    path = [decoded(step) for step in probe.get("proof") or []]
    if probe["kind"] == "inclusion":
        leaf = decoded(probe["leafHash"])
        proofs.verify_inclusion(leaf, probe["leafIdx"], probe["treeSize"], path, decoded(probe["root"]))
    elif probe["kind"] == "subtreeinclusion":
        span = (probe["leafIdx"], probe["start"], probe["end"])
        proofs.verify_subtree_inclusion(decoded(probe["leafHash"]), *span, path, decoded(probe["root"]))
    elif probe["kind"] == "consistency":
        roots = (decoded(probe["root1"]), decoded(probe["root2"]))
        proofs.verify_consistency(probe["size1"], probe["size2"], path, *roots)
    else:
        roots = (decoded(probe["root1"]), decoded(probe["root2"]))
        proofs.verify_subtree_consistency(probe["start"], probe["end"], probe["size"], path, *roots)


def test_all_probes_are_here() -> None:
    assert len(PROBES) == 518


@pytest.mark.parametrize("kind", ["inclusion", "consistency", "subtreeinclusion", "subtreeconsistency"])
def test_every_probe_gets_the_expected_answer(kind: str) -> None:
    for probe in (probe for probe in PROBES if probe["kind"] == kind):
        if probe["wantErr"]:
            with pytest.raises(proofs.ProofError):
                run(probe)
                pytest.fail(probe["file"])
        else:
            run(probe)
