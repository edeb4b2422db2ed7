"""What every part of the work may refuse, as one family of errors a clerk understands."""


class Refusal(Exception):
    """`kind` is a stable English code; `sentence` is Chinese, says what is wrong and what to do."""

    def __init__(self, kind: str, sentence: str) -> None:
        super().__init__(f"{sentence}（{kind}）")
        self.kind = kind
        self.sentence = sentence
