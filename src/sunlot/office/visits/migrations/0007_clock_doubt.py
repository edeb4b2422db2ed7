"""A doubt more: an arrival that contradicts the check-in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("visits", "0006_attempts")]

    operations = [
        migrations.AlterField(
            model_name="doubt",
            name="kind",
            field=models.CharField(
                choices=[
                    ("speed", "行程过快"),
                    ("short", "时长过短"),
                    ("overlap", "时间重叠"),
                    ("apart", "签到位置相距过远"),
                    ("clock", "到达时间与签到不符"),
                ],
                max_length=8,
                verbose_name="疑点",
            ),
        ),
    ]
