"""What a reward is reckoned from stood in the clear, in its row, in its request and in what opens their commitments; now only the report's key opens it."""

from typing import Any

from django.db import migrations, models

from sunlot.office.complaints import vault


def seal(apps: Any, schema_editor: Any) -> None:
    """Encrypt what there is, and take the plain texts away; the commitments in the log stay as they are.

    Raises Refusal when the office's key is missing: nothing is changed then.
    """
    reward_model, opening = apps.get_model("complaints", "Reward"), apps.get_model("journal", "Opening")
    approval = apps.get_model("approvals", "Approval")
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("PRAGMA secure_delete=ON")
    for reward in reward_model.objects.exclude(ground="").select_related("report").order_by("pk"):
        report = reward.report
        if report.wrapped:
            name, place = f"report/{report.pk}", f"ground of reward/{reward.pk}"
            reward.sealed = vault.lock(bytes(report.wrapped), name, place, reward.ground.encode())
        reward.ground = ""
        reward.save(update_fields=["sealed", "ground"])
        opening.objects.filter(name=f"complaints.reward/{reward.pk}/ground").delete()
    for request in approval.objects.filter(kind="complaints.reward").order_by("pk"):
        approval.objects.filter(pk=request.pk).update(reason="")
        opening.objects.filter(name=f"approvals.approval/{request.pk}/reason").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0002_pieces_have_an_order"),
        ("approvals", "0001_initial"),
        ("journal", "0001_initial"),
    ]

    operations = [
        migrations.AddField("reward", "sealed", models.BinaryField(default=b"")),
        migrations.AlterField("reward", "ground", models.CharField("计算依据", max_length=200, default="")),
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.RemoveField("reward", "ground"),
    ]
