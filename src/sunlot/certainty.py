"""How sure we are of a fact that came from outside: law, notices and tables carry one of these marks (把握程度)."""

from enum import StrEnum


class Certainty(StrEnum):
    """A closed vocabulary; `label` is what a clerk reads."""

    CONFIRMED = "confirmed"
    REPORTED = "reported"
    DEFAULT = "default"
    UNCONFIRMED = "unconfirmed"

    @property
    def label(self) -> str:
        """Return the mark in Chinese."""
        return _LABELS[self]


_LABELS = {
    Certainty.CONFIRMED: "已核对原文",
    Certainty.REPORTED: "据公开网页转引，待核对原文",
    Certainty.DEFAULT: "本系统默认值，待本级确认",
    Certainty.UNCONFIRMED: "尚无来源证实，使用前须核对",
}
