from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [("journal", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Thing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False)),
                ("body", models.CharField(db_index=True, max_length=6)),
                ("stamp", models.PositiveIntegerField(default=1)),
                ("since", models.DateTimeField()),
                ("voided", models.DateTimeField(blank=True, null=True)),
                ("void_reason", models.TextField(blank=True, default="")),
                ("title", models.TextField()),
                ("unit", models.TextField(null=True)),
                ("weight", models.IntegerField(default=1)),
                ("parts", models.JSONField(default=list)),
            ],
        )
    ]
