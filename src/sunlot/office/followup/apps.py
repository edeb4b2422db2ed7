"""Makes known what this app adds to others."""

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.followup"
    verbose_name = "整改与移送"

    def ready(self) -> None:
        """Register what needs a second person, what belongs into a visit's case file, what stands on a visit's and a firm's page, what a recheck takes along, and what the audit looks at."""
        from sunlot.office.approvals.kinds import register
        from sunlot.office.followup import (
            briefs,
            cuts,
            documents,
            extensions,
            files,
            hazards,
            panel,
            rechecks,
            transfers,
            waivers,
        )
        from sunlot.office.followup.import_receivers import RECEIVERS
        from sunlot.office.imports.kinds import register as register_import
        from sunlot.office.journal.audit import BESIDES
        from sunlot.office.papers import dossier
        from sunlot.office.shell import panels
        from sunlot.office.visits import briefs as visits_briefs

        for kind in (
            extensions.KIND,
            rechecks.KIND,
            hazards.KIND,
            transfers.KIND,
            transfers.COMPARING,
            waivers.KIND,
            cuts.CUTTING,
            cuts.LIFTING,
        ):
            register(kind)
        register_import(RECEIVERS)
        dossier.register(documents.related)
        dossier.register_cover("order", documents.cover)
        dossier.register_attachments(files.attached)
        panels.register("visit", panel.of_visit)
        panels.register("firm", panel.of_firm)
        visits_briefs.register(briefs.problems_to_recheck)
        BESIDES.append(files.file_findings)
