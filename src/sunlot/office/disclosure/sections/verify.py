"""Anybody verifies: choose a draw and the browser computes it again from the published files, or drop a bag of one's own."""

from django.utils.translation import gettext_lazy as _

from sunlot.evidence.page import verifier_page
from sunlot.office.disclosure import evidence
from sunlot.office.disclosure.registry import Answer, Pages, Visit, register
from sunlot.office.disclosure.standing import draws


def register_pages() -> None:
    """Add the pages of this section."""
    register(
        Pages("verify/index.html", verify, translated=True, menu=_("核验")),
        Pages("verify/verifier.html", verifier),
    )


def verify(visit: Visit) -> Answer:
    """The draws that can be verified, and how."""
    ready = [each for each in draws() if evidence.bag_of(each.name)[0]]
    return visit.page("verify.html", {"ready": ready})


def verifier(visit: Visit) -> Answer:
    """The same page, byte for byte, that lies in every bag."""
    return Answer(verifier_page())
