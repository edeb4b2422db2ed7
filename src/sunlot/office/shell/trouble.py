"""When the machine fails rather than the work: no space, a database that somebody else holds, a mistake of the program. A page says what to do."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sunlot.files import NO_SPACE

FULL = (
    "database or disk is full",
    "No space left on device",
)  # SQLite's words, and the system's as PostgreSQL passes them on
HELD = ("database is locked", "database table is locked", "could not obtain lock")
BROKEN = ("disk I/O error", "readonly database", "unable to open database file", "disk image is malformed")
GONE = ("connection refused", "server closed the connection", "Connection refused", "connection to server")


@dataclass(frozen=True)
class Trouble:
    """`kind` is a stable English code, `status` the HTTP status; `what` happened and what `to_do`, in Chinese."""

    kind: str
    status: int
    what: str | Promise
    to_do: str | Promise


DISK_FULL = Trouble(
    "disk_full",
    507,
    _("存放办公室数据的磁盘写满了。"),
    _("请系统管理员清理磁盘或换到更大的磁盘，然后再办一次。不要删除办公室文件夹里的文件。"),
)
DATABASE_BUSY = Trouble(
    "database_busy",
    503,
    _("数据库正被别的操作占用，等了很久还没有轮到。"),
    _("多半是一次很大的导入正在写入。请过一两分钟再办一次。"),
)
DATABASE_UNREADABLE = Trouble(
    "database_unreadable",
    503,
    _("数据库文件读写失败。"),
    _("请系统管理员检查磁盘是否损坏、是否只读、空间是否用完；恢复后请审计员执行 sunlot journal audit 核对。"),
)
DATABASE_GONE = Trouble(
    "database_gone", 503, _("连不上数据库。"), _("请系统管理员检查数据库服务是否在运行，然后再办一次。")
)
PROGRAM_ERROR = Trouble(
    "program_error",
    500,
    _("程序出错了，错误已写入服务日志。"),
    _("请把时间和刚才的操作告诉系统管理员。"),
)


def trouble_of(error: BaseException | None) -> Trouble:
    """Return what an error, or whatever caused it, means to the person at the screen."""
    for cause in _causes(error):
        if isinstance(cause, OSError) and cause.errno in NO_SPACE:
            return DISK_FULL
        text = str(cause)
        for words, trouble in (
            (FULL, DISK_FULL),
            (HELD, DATABASE_BUSY),
            (BROKEN, DATABASE_UNREADABLE),
            (GONE, DATABASE_GONE),
        ):
            if _of_the_database(cause) and any(word in text for word in words):
                return trouble
    return PROGRAM_ERROR


def page(request: HttpRequest) -> HttpResponse:
    """Return the page of the error that is being handled. It asks neither the database nor the session, which may be what failed."""
    trouble = trouble_of(sys.exc_info()[1])
    return HttpResponse(render_to_string("shell/trouble.html", {"trouble": trouble}), status=trouble.status)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _of_the_database(error: BaseException) -> bool:
    from django.db import Error

    return isinstance(error, Error)
