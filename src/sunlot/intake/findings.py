"""What the import says about one place in a file, and what became of every row."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One finding: where (row is the physical row, from 1), what was found, what is wrong, what would be right, what was done."""

    file: str
    sheet: str
    row: int
    field: str
    kind: str
    found: str
    problem: str
    suggestion: str
    handling: str


COLUMNS = {
    "file": "文件",
    "sheet": "工作表",
    "row": "行",
    "field": "字段",
    "kind": "类别",
    "found": "原内容",
    "problem": "问题",
    "suggestion": "应当如何",
    "handling": "处理",
}
HANDLING = {
    "accepted": "接收",
    "normalised": "已规范",
    "merged": "已合并",
    "quarantined": "已隔离，待人工确认",
    "skipped": "跳过",
    "flagged": "保留并提示",
}
