"""Where the folders of the office's draws lie, and opening one of them."""

from pathlib import Path

from django.conf import settings

from sunlot.draw.errors import DrawError
from sunlot.draw.state import Draw, open_draw


def register() -> Path:
    """Return the folder that holds every draw of the office, in the order of their numbers."""
    return Path(settings.HOME) / "draws"


def folder_of(name: str) -> Draw:
    """Return the draw with this number as its folder tells it. Raises DrawError when the folder is gone or its chain does not hold."""
    if not (folder := register() / name).is_dir():
        raise DrawError("no_such_draw", f"抽取 {name} 的文件夹不见了；请从备份或光盘恢复后再继续。")
    return open_draw(folder)
