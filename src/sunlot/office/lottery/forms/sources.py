"""Sources of chance as a clerk names them: which lottery and issue, or the beacon at a minute, or dice before witnesses."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sunlot.codes.lottery_days import next_draw
from sunlot.draw.beacon import CHAINS, chain_of, time_of
from sunlot.draw.lotteries import GAMES
from sunlot.draw.moments import seconds_of, utc
from sunlot.draw.sources import check_sources
from sunlot.office.lottery import moment
from sunlot.office.shell.language import in_words_later
from sunlot.office.shell.refusals import said
from sunlot.refusal import Refusal

QUICKNET = next(chain.hash for chain in CHAINS.values() if chain.name == "quicknet")
KINDS = (
    ("", _("（不用）")),
    *((kind, in_words_later(game.title)) for kind, game in GAMES.items()),
    ("drand", _("drand 信标（到时自动产生，任何人可查）")),
    ("hand", _("现场摇号（骰子、号码球）")),
)
AHEAD = timedelta(days=1)  # for approval and notice
BETWEEN = timedelta(minutes=45)  # the beacon comes last, when the lottery has surely been drawn
LOCAL = "%Y-%m-%dT%H:%M:%S"  # browsers hide the seconds when there are none; a beacon's moment keeps them


class SourceForm(forms.Form):
    """One source."""

    kind = forms.ChoiceField(label=_("来源"), choices=KINDS, required=False)
    name = forms.CharField(
        label=_("期号，或摇号名称"),
        required=False,
        max_length=32,
        help_text=_("彩票写期号；现场摇号可不填（记作 dice，六面骰子），十面骰子写 dice10，号码球写 balls；信标不填"),
    )
    at = forms.DateTimeField(
        label=_("产生时间（北京时间）"),
        required=False,
        input_formats=[LOCAL, "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput({"type": "datetime-local"}, LOCAL),
    )
    bits = forms.IntegerField(
        label=_("随机位数（现场摇号）"),
        required=False,
        min_value=1,
        max_value=512,
        help_text=_("六面骰子每 10 个约 25 位；录入的结果不够写明的位数时会被拒绝"),
    )

    def clean(self) -> dict[str, Any]:
        """Check that the source names all it needs."""
        given = super().clean() or {}
        kind = given.get("kind")
        if kind and not given.get("at") and "at" not in self.errors:
            self.add_error("at", _("请填写这个来源什么时候产生。"))
        if kind in GAMES and not given.get("name"):
            self.add_error("name", _("请填写期号。"))
        if kind == "hand" and not given.get("bits") and "bits" not in self.errors:
            self.add_error("bits", _("请填写随机位数。"))
        return given

    def source(self) -> dict[str, Any] | None:
        """Return the source as a notice names it, None for an empty line."""
        given = self.cleaned_data
        if not (kind := given.get("kind")):
            return None
        at: datetime = given["at"]
        if kind == "drand":
            number = beacon_round(int(at.timestamp()))
            return {"kind": "drand", "chain": QUICKNET, "round": number, "known_at": time_of(QUICKNET, number)}
        known_at = utc(at.timestamp())
        if kind == "hand":
            return {
                "kind": "hand",
                "label": given["name"].strip() or "dice",
                "bits": given["bits"],
                "known_at": known_at,
            }
        return {"kind": kind, "issue": given["name"].strip(), "known_at": known_at}


class Sources(forms.BaseFormSet):  # type: ignore[type-arg]  # not subscriptable when it runs
    """All sources of a stage; together they must make a seed nobody controls."""

    def clean(self) -> None:
        """Check them together as the notice will be."""
        if any(self.errors):
            return
        try:
            check_sources(self.sources(), moment.now())
        except Refusal as refusal:
            raise forms.ValidationError(said(refusal)) from None

    def sources(self) -> list[dict[str, Any]]:
        """Return the sources that were filled in, in order of their moments: the beacon comes last."""
        found = [source for form in self.forms if (source := form.source())]
        return sorted(found, key=lambda source: str(source["known_at"]))


SourceSet = forms.formset_factory(SourceForm, formset=Sources, extra=0, min_num=4, max_num=6)


def initial(sources: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return named sources as the form shows them."""
    return [
        {
            "kind": source["kind"],
            "name": source.get("issue") or source.get("label", ""),
            "bits": source.get("bits"),
            "at": timezone.localtime(datetime.fromisoformat(source["known_at"])),
        }
        for source in sources
        if source["kind"] != "reveal"
    ]


def suggested() -> list[dict[str, Any]]:
    """Return a lottery and a beacon as the form offers them: the next 双色球 that leaves a day for approval and notice, the beacon soon after."""
    draw = next_draw(datetime.fromtimestamp(seconds_of(moment.now()), UTC) + AHEAD)
    beacon = timezone.localtime(draw.moment + BETWEEN)
    return [
        {"kind": "ssq", "name": draw.issue, "at": timezone.localtime(draw.moment)},
        {"kind": "drand", "name": "", "at": beacon},
    ]


def beacon_round(at: int) -> int:
    """Return the first round of quicknet that is produced at or after a Unix time."""
    chain = chain_of(QUICKNET)
    number = max(1, -(-(at - chain.genesis) // chain.period) + 1)
    while seconds_of(time_of(QUICKNET, number)) < at:
        number += 1
    return number
