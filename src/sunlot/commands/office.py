"""`sunlot office`: set an office up and open accounts from the shell."""

import argparse
from pathlib import Path

from sunlot.office.start import open_office


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the deeds."""
    parser.add_argument("--home", type=Path, default=Path("office"), help="办公室文件夹（默认 office）")
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="init|user")
    init = deeds.add_parser("init", help="建立办公室：数据库、日志、三名管理员账号（初始密码只显示一次）")
    init.add_argument("--origin", default="sunlot.example/office", help="日志名称")
    init.set_defaults(run=_init)
    user = deeds.add_parser("user", help="开设账号，显示初始密码")
    user.add_argument("username", help="用户名")
    user.add_argument("name", help="姓名")
    user.add_argument("role", help="岗位代码")
    user.set_defaults(run=_user)


def _init(options: argparse.Namespace) -> int:
    open_office(options.home)
    from sunlot.office.accounts.models import User
    from sunlot.office.journal import checkpoints
    from sunlot.office.journal.models import Log

    if not Log.objects.exists():
        checkpoints.open_log(options.home.resolve(), options.origin)
    for role, name in (("system", "系统管理员"), ("security", "安全管理员"), ("auditor", "审计员")):
        if not User.objects.filter(role=role).exists():
            _open(role, name, role)
    print(f"办公室已建立：{options.home}；启动：./sunlot serve --home {options.home}")
    return 0


def _user(options: argparse.Namespace) -> int:
    open_office(options.home)
    _open(options.username, options.name, options.role)
    return 0


def _open(username: str, name: str, role: str) -> None:
    from sunlot.office.accounts.services import first_password, open_account

    password = first_password()
    user = open_account("u/console", username, name, role, password)
    print(f"{user.get_role_display()}  用户名 {username}  初始密码 {password}（首次登录须修改）")
