"""Reading the policy pack of a draw: a dated TOML file that ships with us or that the office wrote itself.

The rules that a draw does not need are layered and read by in_force.py.
"""

import tomllib
from pathlib import Path
from typing import Any

from sunlot.draw.canonical import hash_of
from sunlot.draw.errors import DrawError

PACKS = Path(__file__).parent / "packs"


def read_pack(name_or_path: str, beside: Path = PACKS) -> dict[str, Any]:
    """Return the pack with its file's hash under `pack.sha256`.

    `name_or_path`: the name of a pack that ships with us, or a file, looked for beside the round's own file.
    Raises DrawError when there is none, or it lacks a part.
    """
    for path in (beside / name_or_path, PACKS / f"{name_or_path}.toml"):
        if path.is_file():
            return _parse(path)
    known = "、".join(sorted(path.stem for path in PACKS.glob("*.toml") if "firms" in tomllib.loads(path.read_text())))
    raise DrawError("no_such_policy", f"找不到政策包 {name_or_path}；现有：{known}。")


def _parse(path: Path) -> dict[str, Any]:
    data = path.read_bytes()
    try:
        pack = tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as failure:
        raise DrawError("policy_malformed", f"政策包 {path.name} 格式有误：{failure}。") from failure
    if missing := [part for part in ("pack", "firms", "teams") if part not in pack]:
        raise DrawError("policy_malformed", f"政策包 {path.name} 缺少部分：{'、'.join(missing)}。")
    pack["pack"]["sha256"] = hash_of(data)
    return pack
