"""An annual plan as it is read: a title and sections of sentences and tables. Page, print view and Word say the same because they are made of this."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

COLUMNS = (
    "序号",
    "检查事项",
    "实施依据",
    "检查对象（含数量）或双随机总数及比例",
    "检查内容",
    "检查方式",
    "频次和上限",
    "检查时间",
    "承办机构",
    "是否联合检查",
    "备注",
)
WIDTHS = (10, 34, 34, 38, 44, 20, 20, 20, 20, 18, 14)  # mm, together the breadth of an A4 sheet on its side


@dataclass(frozen=True)
class Table:
    """A table. `widths` in millimetres; a `wide` one stands on a sheet on its side."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]
    wide: bool = False


@dataclass(frozen=True)
class Section:
    """A section: its heading, its sentences, a table if there is one, sentences after the table."""

    heading: str
    lines: Sequence[str] = ()
    table: Table | None = None
    after: Sequence[str] = field(default=())


@dataclass(frozen=True)
class PlanDocument:
    """A plan to be read. `standing`: where it stands and of what day, such as 草稿 or the number of its approval."""

    title: str
    organ: str
    standing: str
    sections: Sequence[Section]

    def texts(self) -> Iterator[str]:
        """Yield every text of the document."""
        yield from (self.title, self.organ, self.standing)
        for section in self.sections:
            yield from (section.heading, *section.lines, *section.after)
            if section.table:
                yield from section.table.heads
                yield from (cell for row in section.table.rows for cell in row)
