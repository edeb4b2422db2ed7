"""How dark the pages of the statutory forms are, row by row and column by column: low enough in detail to outlast a font's next version.

`python -m form_profiles`, run in tests/, writes them anew; look at every page (docs/forms.md) before you commit them.
"""

import json
from pathlib import Path

from rendered import Page, pages_of

PROFILES = Path(__file__).resolve().parent / "data" / "form-profiles.json"


def profile(page: Page) -> list[int]:
    """Return the darkness of 44 rows and 32 columns of a page, in hundredths."""
    rows, columns = page.darkness.mean(axis=1), page.darkness.mean(axis=0)
    return [round(float(part) * 100) for part in [*rows, *columns]]


def main() -> None:
    """Write the profiles of every form, filled in and empty."""
    from documents.test_a_statutory_form_stands_on_its_page_as_its_form_does import MAKE
    from sunlot.documents.statutory import forms, pdf

    found = {
        kind: {how: profile(pages_of(pdf(MAKE[how](kind)))[0]) for how in ("filled", "empty")}
        for kind in sorted(forms())
    }
    lines = (f'"{kind}": {json.dumps(parts, separators=(",", ":"))}' for kind, parts in found.items())
    PROFILES.write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
