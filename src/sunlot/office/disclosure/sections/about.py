"""Who runs the site, by what law, what each figure means, how to check, where to complain, for whom it was made to be read, what changed lately."""

from sunlot.office.bureau.models import Bureau
from sunlot.office.disclosure.registry import Answer, Pages, Visit, register
from sunlot.office.disclosure.sections.feeds import newest
from sunlot.office.disclosure.standing import policy
from sunlot.policy.vocabulary import FIELDS, OPENNESS, RULES

CLOCKS = (
    "plan.publication_workdays",
    "publication.result_workdays",
    "publication.penalty_workdays",
    "publication.withdrawal_workdays",
)
LATELY = 20


def register_pages() -> None:
    """Add the page."""
    register(Pages("about/index.html", about, translated=True))


def about(visit: Visit) -> Answer:
    """All of it on one page."""
    rules = policy()
    openness = [
        (title, OPENNESS[rules.openness(field)], rules.rule(f"publication.field.{field}").source)
        for field, title in FIELDS.items()
    ]
    context = {
        "bureau": Bureau.objects.first(),
        "clocks": [(RULES[name].title, rules.count(name), rules.rule(name).source) for name in CLOCKS],
        "openness": openness,
        "changes": newest(LATELY),
    }
    return visit.page("about.html", context)
