"""Our canonical JSON is a profile of RFC 8785: equal bytes for all it admits, a typed refusal for floats and keys beyond ASCII."""

import json
import unicodedata
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from sunlot.draw.canonical import LARGEST, dumps
from sunlot.draw.errors import DrawError

DOCUMENTS = json.loads((Path(__file__).parents[1] / "data" / "jcs.json").read_text())["documents"]
OUTSIDE = {
    "french": "key_not_ascii",
    "weird": "key_not_ascii",
    "structures": "number_not_exact",
    "values": "number_not_exact",
    "unicode": "not_nfc",
}

TEXT = st.text(st.characters(codec="utf-8")).map(lambda text: unicodedata.normalize("NFC", text))
KEYS = st.text(st.characters(max_codepoint=127))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST + 1, LARGEST - 1) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner),
)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_reference_documents(name: str) -> None:
    document = json.loads(DOCUMENTS[name]["input"])
    assert rfc8785.dumps(document).decode() == DOCUMENTS[name]["output"]
    if name in OUTSIDE:
        with pytest.raises(DrawError) as refusal:
            dumps(document)
        assert refusal.value.kind == OUTSIDE[name]
    else:
        assert dumps(document).decode() == DOCUMENTS[name]["output"]


@given(VALUES)
def test_it_equals_an_independent_implementation(value: object) -> None:
    assert dumps(value) == rfc8785.dumps(value)  # type: ignore[arg-type]
