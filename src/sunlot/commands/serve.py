"""`sunlot serve`: the office in a browser, from this machine's own database."""

import argparse
import os
from pathlib import Path

from sunlot.refusal import Refusal


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare where the office lies and where it listens."""
    parser.add_argument(
        "--home", type=Path, default=Path("office"), help="办公室文件夹：数据库、密钥、抽取（默认 office）"
    )
    parser.add_argument("--host", default="127.0.0.1", help="监听地址；局域网内使用写本机地址（默认 127.0.0.1）")
    parser.add_argument("--port", type=int, default=8000, help="端口（默认 8000）")
    parser.add_argument("--workers", type=int, default=1, help="进程数；公开网站访问量大时与处理器核数相同（默认 1）")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted."""
    serve(options.home, options.host, options.port, options.workers)
    return 0


def serve(home: Path, host: str, port: int, workers: int = 1) -> None:
    """Serve the office in `home` until interrupted. Raises Refusal when there is none."""
    if not home.is_dir():
        raise Refusal("no_office", f"找不到办公室文件夹 {home}；请先执行 ./sunlot office init，或用 --home 指定。")
    os.environ["SUNLOT_HOME"] = str(home.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sunlot.office.settings")
    if host not in ("127.0.0.1", "localhost"):
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
