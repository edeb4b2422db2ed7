from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("roster", "0004_twins_are_found_by_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="visitentry",
            name="held",
            field=models.BooleanField(default=True, verbose_name="实施了检查"),
        ),
    ]
