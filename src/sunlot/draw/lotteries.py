"""Public lotteries (福利彩票、体育彩票) whose numbers serve as seed sources."""

import re
import unicodedata
from dataclasses import dataclass
from math import comb

from sunlot.draw.errors import DrawError


@dataclass(frozen=True)
class Game:
    """A game: `main` numbers of `main_of`, `special` of `special_of`; `digits` > 0: so many digits in drawn order."""

    title: str
    main: int = 0
    main_of: int = 0
    special: int = 0
    special_of: int = 0
    digits: int = 0
    disjoint: bool = False

    @property
    def bits(self) -> int:
        """Return how many whole bits nobody controls: ⌊log2 of the number of outcomes⌋."""
        outcomes = (
            10**self.digits if self.digits else comb(self.main_of, self.main) * comb(self.special_of, self.special)
        )
        return outcomes.bit_length() - 1


GAMES = {
    "ssq": Game("福彩双色球", 6, 33, 1, 16),
    "dlt": Game("体彩大乐透", 5, 35, 2, 12),
    "qlc": Game("福彩七乐彩", 7, 30, 1, 23, disjoint=True),
    "kl8": Game("福彩快乐8", 20, 80),
    "3d": Game("福彩3D", digits=3),
    "pl5": Game("体彩排列五", digits=5),
}


def canonical_numbers(kind: str, typed: str) -> str:
    """Return the numbers as the seed spells them.

    `typed` is what a person writes: any order, blanks, commas, full-width digits, + or | before the special ones.

    Raises DrawError with what the game demands.
    """
    if kind not in GAMES:
        raise DrawError("game_unknown", f"不认识的彩票“{kind}”；可用：{'、'.join(GAMES)}。")
    game = GAMES[kind]
    text = unicodedata.normalize("NFKC", typed).replace("|", "+").replace("、", ",")
    if not re.fullmatch(r"[0-9,\s+]*", text) or text.count("+") > 1:
        raise _wrong(game, typed, "只能写数字，特别号前写 +")
    parts = [re.findall(r"[0-9]+", part) for part in text.split("+")]
    if game.digits:
        digits = list("".join(parts[0]))
        if len(digits) != game.digits or len(parts) > 1:
            raise _wrong(game, typed, f"应为 {game.digits} 个数字")
        return ",".join(digits)
    main = [int(number) for number in parts[0]]
    special = [int(number) for number in parts[1]] if len(parts) > 1 else []
    if not special and game.special and len(main) == game.main + game.special:
        main, special = main[: game.main], main[game.main :]
    _check(game, typed, main, special)
    return _spell(main) + ("+" + _spell(special) if special else "")


def _check(game: Game, typed: str, main: list[int], special: list[int]) -> None:
    if len(main) != game.main or len(special) != game.special:
        raise _wrong(
            game,
            typed,
            f"应为 {game.main} 个号码" + (f"加 {game.special} 个特别号" if game.special else ""),
        )
    if len(set(main)) != len(main) or len(set(special)) != len(special) or (game.disjoint and set(main) & set(special)):
        raise _wrong(game, typed, "号码不能重复")
    highest = game.main_of if game.disjoint else game.special_of
    if not all(1 <= number <= game.main_of for number in main) or not all(1 <= number <= highest for number in special):
        raise _wrong(game, typed, "有号码超出范围")


def _spell(numbers: list[int]) -> str:
    return ",".join(f"{number:02d}" for number in sorted(numbers))


def _wrong(game: Game, typed: str, why: str) -> DrawError:
    return DrawError("lottery_numbers", f"{game.title}开奖号码“{typed}”不对：{why}；请对照开奖公告重新填写。")
