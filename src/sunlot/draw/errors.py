"""What can go wrong with a draw, as one family of errors a clerk understands."""


class DrawError(Exception):
    """A refusal. `kind` is a stable English code; `sentence` is Chinese, says what is wrong and what to do."""

    def __init__(self, kind: str, sentence: str) -> None:
        super().__init__(f"{sentence}（{kind}）")
        self.kind = kind
        self.sentence = sentence
