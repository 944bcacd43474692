"""はじめの形. The tables as they first were."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Chain",
            fields=[
                ("body", models.CharField(max_length=6, primary_key=True, serialize=False)),
                ("seq", models.PositiveBigIntegerField(default=0)),
                ("head", models.CharField(default="", max_length=64)),
                ("key", models.PositiveSmallIntegerField(default=0)),
                ("mark", models.CharField(default="", max_length=16)),
            ],
            options={
                "verbose_name": "証跡の先端",
                "verbose_name_plural": "証跡の先端",
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.CharField(max_length=6, verbose_name="団体コード")),
                ("seq", models.PositiveBigIntegerField(verbose_name="番号")),
                ("at", models.DateTimeField(verbose_name="日時")),
                ("by", models.BigIntegerField(null=True, verbose_name="人")),
                ("verb", models.CharField(max_length=40, verbose_name="行い")),
                ("subject", models.CharField(blank=True, max_length=80, verbose_name="対象")),
                ("facts", models.JSONField(default=dict, verbose_name="内容")),
                ("rows", models.JSONField(default=list, verbose_name="行")),
                ("before", models.CharField(blank=True, max_length=64, verbose_name="前の封印")),
                ("key", models.PositiveSmallIntegerField(default=1, verbose_name="鍵の番号")),
                ("seal", models.CharField(max_length=64, verbose_name="封印")),
            ],
            options={
                "verbose_name": "証跡",
                "verbose_name_plural": "証跡",
                "indexes": [
                    models.Index(fields=["body", "subject", "seq"], name="journal_entry_subject"),
                    models.Index(fields=["body", "by", "seq"], name="journal_entry_by"),
                    models.Index(fields=["body", "at"], name="journal_entry_at"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("body", "seq"), name="journal_entry_seq")
                ],
            },
        ),
        migrations.CreateModel(
            name="Past",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.CharField(max_length=6)),
                ("table", models.CharField(max_length=60)),
                ("row", models.BigIntegerField()),
                ("stamp", models.PositiveIntegerField()),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("content", models.JSONField()),
                ("seq", models.PositiveBigIntegerField()),
            ],
            options={
                "verbose_name": "以前の内容",
                "verbose_name_plural": "以前の内容",
                "indexes": [
                    models.Index(fields=["table", "row", "since"], name="journal_past_row"),
                    models.Index(fields=["body", "seq"], name="journal_past_seq"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("table", "row", "stamp"), name="journal_past_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gte", models.F("since"))),
                        name="journal_past_order",
                    ),
                ],
            },
        ),
    ]
