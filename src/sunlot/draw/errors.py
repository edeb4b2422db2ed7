"""What can go wrong with a draw."""

from sunlot.refusal import Refusal


class DrawError(Refusal):
    """A draw, or a step of one, that is refused."""
