"""Canonical text: the one spelling of every file that a draw is computed from (docs/draw-format.md section 1)."""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import Any

from sunlot.draw.errors import DrawError
from sunlot.ledger import merkle

ID = re.compile(r"[0-9A-Z-]{1,32}")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
LARGEST = 2**53


def hash_of(data: bytes | str) -> str:
    """Return SHA-256 in lower-case hex, 64 characters."""
    return sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def dumps(value: Any) -> bytes:
    """Return the canonical JSON of `value`. Raises DrawError for floats, integers of 2^53 and more, and keys that are not ASCII."""
    _check(value)
    return _encode(value).encode()


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def loads(data: bytes, name: str = "") -> Any:
    """Return what canonical JSON says. Raises DrawError when the bytes are not its canonical form."""
    try:
        value = json.loads(data)
        if dumps(value) == data:
            return value
    except (ValueError, UnicodeError):
        pass
    raise DrawError("not_canonical", f"文件 {name} 不是规范格式，可能被改动过；请使用原始文件。")


def _check(value: Any) -> None:
    if isinstance(value, str):
        if not value.isascii() and not unicodedata.is_normalized("NFC", value):
            raise DrawError("not_nfc", f"文字 {value!r} 不是 NFC 规范形式。")
    elif isinstance(value, dict):
        for key, inner in value.items():
            if not (isinstance(key, str) and key.isascii()):
                raise DrawError("key_not_ascii", f"字段名 {key!r} 只能使用英文字符。")
            _check(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check(inner)
    elif isinstance(value, float) or (isinstance(value, int) and abs(value) >= LARGEST):
        raise DrawError("number_not_exact", f"数值 {value!r} 不能精确保存；只允许绝对值小于 2^53 的整数。")


def write_table(columns: Sequence[str], rows: Iterable[Mapping[str, str]], key: Sequence[str] = ("id",)) -> bytes:
    """Return the canonical CSV of `rows`, sorted bytewise by `key`. Raises DrawError for a repeated key or a control character."""
    ordered = sorted(([row[column] for column in columns] for row in rows), key=_by(columns, key))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(ordered)
    data = text.getvalue().encode()
    read_table(data, columns, key)
    return data


def read_table(
    data: bytes, columns: Sequence[str], key: Sequence[str] = ("id",), name: str = ""
) -> list[dict[str, str]]:
    """Return the rows of a canonical table in file order. Raises DrawError when a byte of it is not canonical."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise DrawError("not_canonical", f"表 {name} 不是 UTF-8 编码。") from None
    if not unicodedata.is_normalized("NFC", text) or CONTROL.search(text.replace("\n", "")):
        raise DrawError("not_canonical", f"表 {name} 含有控制字符或非规范字符。")
    records = list(csv.reader(io.StringIO(text, newline="")))
    if not records or tuple(records[0]) != tuple(columns):
        raise DrawError("wrong_columns", f"表 {name} 的列应为 {','.join(columns)}。")
    if any(len(record) != len(columns) for record in records):
        raise DrawError("not_canonical", f"表 {name} 有的行列数不对。")
    again = io.StringIO()
    csv.writer(again, lineterminator="\n").writerows(records)
    keys = list(map(_by(columns, key), records[1:]))
    if again.getvalue() != text or any(a >= b for a, b in pairwise(keys)):
        raise DrawError("not_canonical", f"表 {name} 不是规范格式：行未按编号排序、编号重复或引号写法不同。")
    return [dict(zip(columns, record, strict=True)) for record in records[1:]]


def _by(columns: Sequence[str], key: Sequence[str]) -> Any:
    positions = [list(columns).index(column) for column in key]
    return lambda record: [record[position].encode() for position in positions]


def records_of(table: bytes) -> list[bytes]:
    """Return a canonical table's records without header and line ends: the leaves of its tree."""
    return table.split(b"\n")[1:-1]


def describe_table(name: str, columns: Sequence[str], table: bytes) -> dict[str, Any]:
    """Return what a notice says of a table: name, columns, number of rows and Merkle root."""
    records = records_of(table)
    return {"file": name, "columns": list(columns), "rows": len(records), "root": merkle.root(records).hex()}
