"""A form that nobody can issue is no form: every kind has the page whose step makes it, and the module that does."""

from pathlib import Path

from sunlot.documents.statutory import forms
from sunlot.office.access import pages

SOURCES = Path(__file__).resolve().parents[2] / "src" / "sunlot"
PAPERS, RECORDED, CASES = "office/papers/prepared.py", "office/papers/recorded.py", "office/cases/documents.py"
COLLECTING, FOLLOWUP, CUTS = (
    "office/cases/collecting_papers.py",
    "office/followup/documents.py",
    "office/followup/cuts.py",
)
MADE_BY = {
    "inspection_approval": ("papers:new", PAPERS),
    "inspection_scheme": ("papers:new", PAPERS),
    "inspection_notice": ("papers:new", PAPERS),
    "onsite_record": ("papers:new", RECORDED),
    "onsite_measure": ("papers:new", PAPERS),
    "questioning_record": ("papers:new", PAPERS),
    "sampling": ("papers:new", PAPERS),
    "receipt": ("papers:new", PAPERS),
    "refusal_report": ("papers:new", PAPERS),
    "case_file": ("papers:case", "office/papers/casefile.py"),
    "case_index": ("papers:case", "documents/statutory/case.py"),
    "rectification_order": ("followup:issue", FOLLOWUP),
    "recheck": ("followup:conclude", FOLLOWUP),
    "transfer_approval": ("approvals:one", FOLLOWUP),
    "transfer": ("followup:dispatch", FOLLOWUP),
    "power_cut_decision": ("followup:cut", CUTS),
    "power_cut_notice": ("followup:cut", CUTS),
    "power_restored": ("followup:restore", CUTS),
    "case_opening": ("cases:new", CASES),
    "penalty_notice": ("cases:notice", CASES),
    "hearing_notice": ("cases:notice", CASES),
    "penalty_decision": ("cases:decide", CASES),
    "penalty_decision_person": ("cases:decide", CASES),
    "case_closing": ("cases:close", CASES),
    "deferral_approval": ("cases:defer", COLLECTING),
    "deferral_grant": ("cases:defer", COLLECTING),
    "payment_reminder": ("cases:remind", COLLECTING),
    "surcharge_decision": ("cases:surcharge", COLLECTING),
    "execution_reminder": ("cases:urge", COLLECTING),
    "court_application": ("cases:apply", COLLECTING),
}


def test_every_kind_has_its_page_and_its_maker() -> None:
    assert set(MADE_BY) == set(forms())
    for kind, (page, module) in MADE_BY.items():
        assert page in pages(), kind
        assert f'"{kind}"' in (SOURCES / module).read_text("utf-8"), kind
