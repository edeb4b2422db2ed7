"""What a visit, or a cause for more frequent draws, calls the report that it comes from: a mark that only the office's key leads back to a report.

The number of a report tells when it came, and so, to who knows the place, from whom. It stands on nothing that inspectors read, and in no leaf
of the public log. The log holds of a visit the commitment to its source, as of any visit that no draw led to: the report itself gets no leaf
when its visit is arranged, so that no number and no hour joins the two. The audit holds the link in the table to the mark (`misjoined`).
"""

from collections.abc import Iterator

from sunlot.office.complaints import vault
from sunlot.office.complaints.models import Report
from sunlot.office.journal.audit import Finding
from sunlot.refusal import Refusal

TITLE = "投诉举报核查件"
LETTERS = 12


def mark_of(report: Report) -> str:
    """Return the mark of a report, always the same; made with the office's key (vault.digest). Raises Refusal while that is missing."""
    found = vault.digest("mark", report.obj)[:LETTERS].upper()
    return f"{TITLE} {found[:4]}-{found[4:8]}-{found[8:]}"


def marks_of(report: Report) -> tuple[str, str]:
    """Return the mark of a report, and what stood in its place before there were marks: its number."""
    return mark_of(report), str(report)


def misjoined() -> Iterator[Finding]:
    """Yield the reports whose visit was made from something else, for the audit: a link that was laid past the application."""
    for report in Report.objects.filter(visit__isnull=False).select_related("visit").defer("wrapped").order_by("pk"):
        assert report.visit
        try:
            right = report.visit.source in marks_of(report)
        except Refusal as refusal:
            yield Finding("not_checked", report.obj, f"举报件与其核查的对应关系不能核对：{refusal.sentence}")
            return
        if not right:
            text = f"举报件 {report.pk} 指向{report.visit}，而那次检查的来源文书不是它：对应关系被绕过系统改动。"
            yield Finding("report_misjoined", report.obj, text)
