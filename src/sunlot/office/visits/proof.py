"""Why a firm was drawn, in sentences its own phone can show: its own ticket and rank, and nothing that tells of another firm."""

from django.core.cache import cache

from sunlot.draw.explain import explain_firm
from sunlot.office.lottery.progress import hidden
from sunlot.office.lottery.register import folder_of
from sunlot.office.visits.models import Visit
from sunlot.refusal import Refusal

KEPT = 3600  # seconds


def why_drawn(visit: Visit) -> tuple[list[str], str]:
    """Return the sentences and the draw's check code, both empty for a visit that no draw led to.

    Of an unannounced round nothing is explained before it is opened: the seed in the explanation would tell the whole list.
    """
    if not visit.draw or visit.round is None or visit.round.draw is None:
        return [], ""
    key = f"visits.why/{visit.pk}/{visit.round.draw.check_code}/{hidden(visit.round)}"
    found: tuple[list[str], str] = cache.get_or_set(key, lambda: _why(visit), KEPT) or ([], "")
    return found


def _why(visit: Visit) -> tuple[list[str], str]:
    """Return the same by reading the whole draw: seconds for a large one, and anybody may ask, so it is kept."""
    try:
        folder = folder_of(visit.draw)
        code = folder.check_code
        if hidden(visit.round):
            return ["本次为暗查暗访抽取，抽取结果和签号在全部检查结束后公开，届时任何人可以核对。"], code
        return explain_firm(folder, visit.firm_id, _nonce(visit)), code
    except Refusal as refusal:
        return [refusal.sentence], ""


def _nonce(visit: Visit) -> str:
    """Return the nonce of an unannounced round that has been opened, empty for any other."""
    from sunlot.draw.deeds import read_private

    if not (visit.round and visit.round.secret and visit.round.executed_at):
        return ""
    folder = folder_of(visit.draw)
    return str(read_private(folder.folder.parent, folder.name)["nonces"].get("firms", ""))
