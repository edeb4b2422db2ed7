"""A visit that an import brought in can be taken back with the import; nothing is deleted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("roster", "0006_grades")]

    operations = [
        migrations.AddField(
            model_name="visitentry",
            name="undone",
            field=models.BooleanField(default=False, verbose_name="已撤销导入"),
        ),
    ]
