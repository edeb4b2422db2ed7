"""`sunlot serve`: the office in a browser, from this machine's own database."""

import argparse
import os
import socket
from ipaddress import ip_address
from pathlib import Path

from sunlot.office.start import open_office
from sunlot.refusal import Refusal

LOCAL, PORT = "127.0.0.1", 8000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare where the office lies and where it listens."""
    parser.add_argument(
        "--home", type=Path, default=Path("office"), help="办公室文件夹：数据库、密钥、抽取（默认 office）"
    )
    parser.add_argument("--host", help="监听地址（默认取“本机关”里系统网址的地址，没有填写的为 127.0.0.1）")
    parser.add_argument("--port", type=int, help="端口（默认取系统网址的端口，没有填写的为 8000）")
    parser.add_argument("--workers", type=int, default=1, help="进程数；公开网站访问量大时与处理器核数相同（默认 1）")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted."""
    serve(options.home, options.host, options.port, options.workers)
    return 0


def serve(home: Path, host: str | None = None, port: int | None = None, workers: int = 1) -> None:
    """Serve the office in `home` until interrupted: at the address given, else at the office's own. Raises Refusal when there is no office."""
    if not home.is_dir():
        raise Refusal("no_office", f"找不到办公室文件夹 {home}；请先执行 ./sunlot office init，或用 --home 指定。")
    kept_host, kept_port = _kept_address(home) if host is None or port is None else ("", None)
    host, port = host or kept_host or LOCAL, port or kept_port or PORT
    os.environ["SUNLOT_HOME"] = str(home.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sunlot.office.settings")
    if host not in (LOCAL, "localhost"):
        os.environ.setdefault("SUNLOT_HOSTS", f"localhost 127.0.0.1 [::1] {host}")
    from granian import Granian
    from granian.constants import Interfaces

    print(f"阳光抽查已启动：http://{host}:{port}/  （按 Ctrl+C 停止）", flush=True)
    Granian(
        "sunlot.office.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        log_enabled=False,
    ).serve()


def _kept_address(home: Path) -> tuple[str, int | None]:
    """Return host and port of the office's own address where this machine has it; a name, or an address it no longer has, is for others to lead here."""
    open_office(home)
    from django.db import connection

    from sunlot.office.bureau.queries import listens_at

    host, port = listens_at()
    connection.close()
    if not host or not _is_number(host):
        return "", None
    if not _is_here(host):
        print(
            f"本机现在没有系统网址里的地址 {host}，只在 {LOCAL} 启动；请在“本机关”改正系统网址，或用 --host 指定。",
            flush=True,
        )
        return "", port
    return host, port


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_here(host: str) -> bool:
    """Return whether this machine has the address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        try:
            probe.bind((host, 0))
        except OSError:
            return False
    return True
