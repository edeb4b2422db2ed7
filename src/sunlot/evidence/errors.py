"""What the evidence refuses, with a sentence a clerk understands."""


class EvidenceError(ValueError):
    """`kind` is for programs, `sentence` for people."""

    def __init__(self, kind: str, sentence: str) -> None:
        super().__init__(sentence)
        self.kind = kind
        self.sentence = sentence
