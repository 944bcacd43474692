"""はじめの形. The tables as they first were."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import sosei.offices.models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                ("body", models.CharField(db_index=True, max_length=6, verbose_name="団体コード")),
                ("login", models.CharField(max_length=60, unique=True, verbose_name="利用者ID")),
                ("name", models.CharField(max_length=60, verbose_name="氏名")),
                ("reading", models.CharField(blank=True, max_length=120, verbose_name="読み")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="メール")),
                ("joins_on", models.DateField(verbose_name="利用開始日")),
                ("leaves_on", models.DateField(blank=True, null=True, verbose_name="利用終了日")),
                ("is_active", models.BooleanField(default=True, verbose_name="利用できる")),
                (
                    "must_change_password",
                    models.BooleanField(default=False, verbose_name="次回に変更"),
                ),
                (
                    "salt",
                    models.CharField(
                        blank=True,
                        default=sosei.offices.models.new_salt,
                        max_length=32,
                        verbose_name="証明の塩",
                    ),
                ),
            ],
            options={
                "verbose_name": "利用者",
                "verbose_name_plural": "利用者",
            },
        ),
        migrations.CreateModel(
            name="Department",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.CharField(db_index=True, max_length=6, verbose_name="団体コード")),
                ("stamp", models.PositiveIntegerField(default=1, verbose_name="版")),
                ("since", models.DateTimeField(verbose_name="記録日時")),
                ("voided", models.DateTimeField(blank=True, null=True, verbose_name="取消日時")),
                (
                    "void_reason",
                    models.TextField(blank=True, default="", verbose_name="取消の理由"),
                ),
                ("code", models.CharField(max_length=12, verbose_name="課コード")),
                ("name", models.CharField(max_length=60, verbose_name="課名")),
                ("reading", models.CharField(blank=True, max_length=120, verbose_name="読み")),
                ("contact", models.CharField(blank=True, max_length=120, verbose_name="連絡先")),
                ("planning", models.BooleanField(default=False, verbose_name="企画担当")),
                ("first_day", models.DateField(verbose_name="設置日")),
                ("last_day", models.DateField(blank=True, null=True, verbose_name="廃止日")),
            ],
            options={
                "verbose_name": "課",
                "verbose_name_plural": "課",
                "ordering": ["code"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided__isnull", True)),
                        fields=("body", "code", "first_day"),
                        name="offices_department_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_day__isnull", True),
                            ("last_day__gte", models.F("first_day")),
                            _connector="OR",
                        ),
                        name="offices_department_days",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Office",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.CharField(db_index=True, max_length=6, verbose_name="団体コード")),
                ("stamp", models.PositiveIntegerField(default=1, verbose_name="版")),
                ("since", models.DateTimeField(verbose_name="記録日時")),
                ("voided", models.DateTimeField(blank=True, null=True, verbose_name="取消日時")),
                (
                    "void_reason",
                    models.TextField(blank=True, default="", verbose_name="取消の理由"),
                ),
                ("name", models.CharField(max_length=60, verbose_name="団体名")),
                ("reading", models.CharField(blank=True, max_length=120, verbose_name="読み")),
                (
                    "prefecture",
                    models.CharField(blank=True, max_length=10, verbose_name="都道府県"),
                ),
                (
                    "years_shown",
                    models.CharField(
                        choices=[
                            ("both", "令和4年度（2022年度）"),
                            ("wareki", "令和4年度"),
                            ("western", "2022年度"),
                        ],
                        default="both",
                        max_length=8,
                        verbose_name="年度の書き方",
                    ),
                ),
                ("fictional", models.BooleanField(default=False, verbose_name="架空")),
            ],
            options={
                "verbose_name": "団体",
                "verbose_name_plural": "団体",
                "constraints": [
                    models.UniqueConstraint(fields=("body",), name="offices_office_body")
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.CharField(db_index=True, max_length=6, verbose_name="団体コード")),
                ("stamp", models.PositiveIntegerField(default=1, verbose_name="版")),
                ("since", models.DateTimeField(verbose_name="記録日時")),
                ("voided", models.DateTimeField(blank=True, null=True, verbose_name="取消日時")),
                (
                    "void_reason",
                    models.TextField(blank=True, default="", verbose_name="取消の理由"),
                ),
                ("role", models.CharField(max_length=20, verbose_name="役割")),
                ("first_day", models.DateField(verbose_name="開始日")),
                ("last_day", models.DateField(blank=True, null=True, verbose_name="終了日")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="offices.department",
                    ),
                ),
            ],
            options={
                "verbose_name": "配属",
                "verbose_name_plural": "配属",
                "indexes": [models.Index(fields=["body", "role"], name="offices_assignment_role")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_day__isnull", True),
                            ("last_day__gte", models.F("first_day")),
                            _connector="OR",
                        ),
                        name="offices_assignment_days",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Deputy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.CharField(db_index=True, max_length=6, verbose_name="団体コード")),
                ("stamp", models.PositiveIntegerField(default=1, verbose_name="版")),
                ("since", models.DateTimeField(verbose_name="記録日時")),
                ("voided", models.DateTimeField(blank=True, null=True, verbose_name="取消日時")),
                (
                    "void_reason",
                    models.TextField(blank=True, default="", verbose_name="取消の理由"),
                ),
                ("first_day", models.DateField(verbose_name="開始日")),
                ("last_day", models.DateField(verbose_name="終了日")),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                (
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stands_for",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deputies",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "代理",
                "verbose_name_plural": "代理",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))),
                        name="offices_deputy_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("deputy")), _negated=True),
                        name="offices_deputy_other",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("body", models.CharField(db_index=True, max_length=6, verbose_name="団体コード")),
                ("stamp", models.PositiveIntegerField(default=1, verbose_name="版")),
                ("since", models.DateTimeField(verbose_name="記録日時")),
                ("voided", models.DateTimeField(blank=True, null=True, verbose_name="取消日時")),
                (
                    "void_reason",
                    models.TextField(blank=True, default="", verbose_name="取消の理由"),
                ),
                ("on", models.DateField(verbose_name="承継日")),
                (
                    "new",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inheritances",
                        to="offices.department",
                    ),
                ),
                (
                    "old",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions",
                        to="offices.department",
                    ),
                ),
            ],
            options={
                "verbose_name": "課の承継",
                "verbose_name_plural": "課の承継",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided__isnull", True)),
                        fields=("old", "new"),
                        name="offices_succession_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("old", models.F("new")), _negated=True),
                        name="offices_succession_other",
                    ),
                ],
            },
        ),
    ]
