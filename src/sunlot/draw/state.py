"""Where a draw stands, read from its steps."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from sunlot.draw.canonical import hash_of, read_table
from sunlot.draw.errors import DrawError
from sunlot.draw.frame import read_frame
from sunlot.draw.inspectors import COLUMNS as INSPECTOR_COLUMNS
from sunlot.draw.nonce import commit_nonce
from sunlot.draw.seed import make_seed
from sunlot.draw.steps import Step, latest, read_steps
from sunlot.draw.tables import Row


@dataclass(frozen=True)
class Stage:
    """A stage's name and the prefix of its steps' names."""

    name: str
    prefix: str


FIRMS, TEAMS = Stage("firms", ""), Stage("teams", "teams-")


@dataclass(frozen=True)
class Draw:
    """A draw as its folder tells it; every file has been checked against the chain of steps."""

    folder: Path
    steps: list[Step]

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def check_code(self) -> str:
        """The hash of the last step, which stands for every byte before it (核对码)."""
        return self.steps[-1].digest

    def step(self, what: str) -> Step | None:
        return latest(self.steps, what)

    def need(self, what: str, otherwise: str) -> Step:
        """Return a step. Raises DrawError with the sentence `otherwise` when it has not happened."""
        if (step := self.step(what)) is None:
            raise DrawError("step_missing", otherwise)
        return step

    def refuse_if(self, what: str, sentence: str) -> None:
        """Raise DrawError with the sentence when that step has happened."""
        if self.step(what):
            raise DrawError("step_exists", sentence)

    @property
    def outcome(self) -> Step | None:
        return self.step("outcome")

    @property
    def void(self) -> Step | None:
        return self.step("void")

    def open_stage(self) -> tuple[Stage, Step]:
        """Return the stage that has been announced last, with its notice."""
        stage = TEAMS if self.step("teams-notice") else FIRMS
        return stage, self.need(f"{stage.prefix}notice", "本次抽取还没有公告。")

    @cached_property
    def firms_notice(self) -> dict[str, Any]:
        notice: dict[str, Any] = self.need("notice", "本次抽取还没有公告。").read_json("notice.json")
        return notice

    def frame(self) -> list[Row]:
        """Return the committed rows of the firms."""
        return read_frame(self.need("notice", "本次抽取还没有公告。").read("firms.csv"))

    def inspectors(self) -> list[Row]:
        """Return the committed rows of the inspectors."""
        step = self.need("notice", "本次抽取还没有公告。")
        return read_table(step.read("inspectors.csv"), INSPECTOR_COLUMNS, name="inspectors.csv")

    def seed_of(self, stage: str, nonce: str = "") -> str:
        """Return a stage's seed, for an unannounced draw computed with the nonce. Raises DrawError when the nonce does not fit."""
        prefix = TEAMS.prefix if stage == "teams" else ""
        record = self.need(f"{prefix}seed", "还没有种子。").read_json("seed.json")
        if record["nonce"] != "withheld":
            return str(record["seed"])
        notice_step = self.need(f"{prefix}notice", "还没有公告。")
        notice = notice_step.read_json("notice.json")
        if not nonce:
            raise DrawError("nonce_missing", "这是暗查抽取，保密随机数尚未公开，现在不能计算。")
        if commit_nonce(self.name, stage, nonce) != notice["nonce_commit"]:
            raise DrawError("nonce_differs", "保密随机数与公告中的承诺值不符。")
        texts = [source["text"] for source in record["sources"]]
        return make_seed(hash_of(notice_step.read("notice.json")), nonce, texts)

    @property
    def status(self) -> str:
        """Return the state's name in docs/draw-format.md and draw.md 1: announced, seeded, drawn or voided, of the open stage."""
        if self.void:
            return "voided"
        stage, _ = self.open_stage()
        if self.step(f"{stage.prefix}outcome"):
            return "drawn"
        return "seeded" if self.step(f"{stage.prefix}seed") else "announced"


def open_draw(folder: Path) -> Draw:
    """Return the draw in `folder`. Raises DrawError when the chain of its steps does not hold."""
    return Draw(folder, read_steps(folder))
