from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0009_seals_and_signed_pages"),
    ]

    operations = [
        migrations.AddField(
            model_name="complaint",
            name="code",
            field=models.CharField(blank=True, db_index=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="complaint",
            name="queued",
            field=models.BooleanField(default=False, verbose_name="排队"),
        ),
    ]
