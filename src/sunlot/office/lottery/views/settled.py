"""What a crash has left is settled when somebody opens the lottery, and he is told."""

from django.contrib import messages
from django.http import HttpRequest

from sunlot.office.lottery.settling import settle


def tell_settled(request: HttpRequest) -> None:
    """Settle what a crash may have left, and say on the page what was found and done."""
    for sentence in settle(request.user.actor):  # type: ignore[union-attr]
        messages.warning(request, sentence)
