"""A file that cannot be imported at all."""


class IntakeError(Exception):
    """`kind` is a stable English code; `sentence` is Chinese and says which file, what is wrong and what to do."""

    def __init__(self, kind: str, sentence: str) -> None:
        super().__init__(f"{sentence}（{kind}）")
        self.kind = kind
        self.sentence = sentence
