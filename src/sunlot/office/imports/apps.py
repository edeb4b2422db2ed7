"""Makes known what this app adds to others."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.imports"
    verbose_name = "导入"

    def ready(self) -> None:
        from sunlot.office.approvals.kinds import register
        from sunlot.office.imports.accounts import USERS
        from sunlot.office.imports.applying import APPROVAL, approval_kind
        from sunlot.office.imports.kinds import register as register_kind

        register(APPROVAL)
        register(approval_kind(USERS.approval, "账号导入", USERS.approvers))
        register_kind(USERS)
