"""はじめの形. The tables as they first were."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("offices", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Blob",
            fields=[
                ("sha256", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("data", models.BinaryField()),
            ],
            options={
                "verbose_name": "ファイルの中身",
                "verbose_name_plural": "ファイルの中身",
            },
        ),
        migrations.CreateModel(
            name="Document",
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
                ("name", models.CharField(max_length=255, verbose_name="ファイル名")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("size", models.PositiveBigIntegerField(verbose_name="大きさ")),
                ("format", models.CharField(max_length=10, verbose_name="形式")),
                ("purpose", models.CharField(max_length=20, verbose_name="目的")),
            ],
            options={
                "verbose_name": "文書",
                "verbose_name_plural": "文書",
            },
        ),
        migrations.CreateModel(
            name="Edition",
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
                ("number", models.PositiveSmallIntegerField(verbose_name="版")),
                ("published_on", models.DateField(verbose_name="公表日")),
                ("reason", models.TextField(blank=True, null=True, verbose_name="訂正の理由")),
                ("report", models.TextField(verbose_name="報告書")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("seq", models.PositiveBigIntegerField(verbose_name="証跡の番号")),
                ("head", models.CharField(max_length=64, verbose_name="証跡の先端")),
            ],
            options={
                "verbose_name": "公表版",
                "verbose_name_plural": "公表版",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="GrantDecision",
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
                ("fiscal_year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "scheme",
                    models.CharField(
                        blank=True, max_length=40, null=True, verbose_name="交付金制度"
                    ),
                ),
                ("number", models.CharField(max_length=60, verbose_name="交付決定番号")),
                ("decided_on", models.DateField(verbose_name="交付決定日")),
                ("yen", models.BigIntegerField(verbose_name="交付決定額（円）")),
                (
                    "eligible_yen",
                    models.BigIntegerField(blank=True, null=True, verbose_name="対象経費（円）"),
                ),
                ("report_due", models.DateField(verbose_name="実績報告の期限")),
                ("reported_on", models.DateField(blank=True, null=True, verbose_name="実績報告日")),
                (
                    "reported_yen",
                    models.BigIntegerField(blank=True, null=True, verbose_name="実績報告額（円）"),
                ),
                (
                    "settled_yen",
                    models.BigIntegerField(blank=True, null=True, verbose_name="決算額（円）"),
                ),
                (
                    "decided_reason",
                    models.TextField(blank=True, null=True, verbose_name="決定額を確かめた理由"),
                ),
                (
                    "reported_reason",
                    models.TextField(blank=True, null=True, verbose_name="報告額を確かめた理由"),
                ),
            ],
            options={
                "verbose_name": "交付決定",
                "verbose_name_plural": "交付決定",
            },
        ),
        migrations.CreateModel(
            name="Indicator",
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
                ("key", models.CharField(max_length=20, verbose_name="指標番号")),
                (
                    "rests_since",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="休止"),
                ),
                (
                    "rest_reason",
                    models.TextField(blank=True, null=True, verbose_name="休止・再開の理由"),
                ),
            ],
            options={
                "verbose_name": "指標",
                "verbose_name_plural": "指標",
            },
        ),
        migrations.CreateModel(
            name="Inquiry",
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
                ("title", models.CharField(max_length=200, verbose_name="件名")),
                ("number", models.TextField(blank=True, null=True, verbose_name="文書番号")),
                ("letter", models.TextField(blank=True, verbose_name="本文")),
                ("contact", models.TextField(blank=True, default="", verbose_name="問合せ先")),
                ("sent_on", models.DateField(verbose_name="発出日")),
                ("due_on", models.DateField(verbose_name="回答期限")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="締切日")),
            ],
            options={
                "verbose_name": "照会",
                "verbose_name_plural": "照会",
                "ordering": ["-sent_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ProjectYear",
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
                ("position", models.PositiveIntegerField(verbose_name="順")),
                ("kind", models.CharField(default="result", max_length=10, verbose_name="種類")),
                ("stage", models.CharField(default="draft", max_length=20, verbose_name="段階")),
                ("said_id", models.TextField(blank=True, null=True, verbose_name="記載の識別子")),
                ("number", models.TextField(blank=True, null=True, verbose_name="番号")),
                ("grant", models.TextField(blank=True, null=True, verbose_name="交付金名称")),
                (
                    "scheme",
                    models.CharField(
                        blank=True, max_length=40, null=True, verbose_name="交付金制度"
                    ),
                ),
                (
                    "grant_type",
                    models.TextField(blank=True, null=True, verbose_name="交付金の種類"),
                ),
                ("name", models.TextField(blank=True, null=True, verbose_name="事業の名称")),
                ("period_raw", models.TextField(blank=True, null=True, verbose_name="実施期間")),
                (
                    "period_first",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="実施期間の初年度"
                    ),
                ),
                (
                    "period_last",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="実施期間の最終年度"
                    ),
                ),
                (
                    "said_year",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="記載の年度"
                    ),
                ),
                (
                    "said_basis",
                    models.CharField(
                        blank=True, max_length=20, null=True, verbose_name="年度の根拠"
                    ),
                ),
                ("trace", models.JSONField(blank=True, default=dict, verbose_name="所在")),
                ("ext", models.TextField(blank=True, default="", verbose_name="拡張")),
            ],
            options={
                "verbose_name": "事業の記載",
                "verbose_name_plural": "事業の記載",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Project",
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
                ("key", models.CharField(max_length=20, verbose_name="事業番号")),
                (
                    "rests_since",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="休止"),
                ),
                (
                    "rest_reason",
                    models.TextField(blank=True, null=True, verbose_name="休止・再開の理由"),
                ),
            ],
            options={
                "verbose_name": "事業",
                "verbose_name_plural": "事業",
            },
        ),
        migrations.CreateModel(
            name="Shown",
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
                ("position", models.PositiveIntegerField(verbose_name="順")),
                ("implied", models.BooleanField(default=False, verbose_name="年度の記載なし")),
                ("rate", models.TextField(blank=True, null=True, verbose_name="達成率の記載")),
                ("rating", models.TextField(blank=True, null=True, verbose_name="評価の記載")),
                ("trace", models.JSONField(blank=True, default=dict, verbose_name="所在")),
            ],
            options={
                "verbose_name": "欄の表示",
                "verbose_name_plural": "欄の表示",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Spending",
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
                ("position", models.PositiveIntegerField(verbose_name="順")),
                ("label", models.TextField(blank=True, null=True, verbose_name="項目")),
                ("yen", models.BigIntegerField(blank=True, null=True, verbose_name="金額（円）")),
                ("number", models.TextField(blank=True, null=True, verbose_name="番号")),
                (
                    "kind",
                    models.CharField(blank=True, max_length=20, null=True, verbose_name="種類"),
                ),
                (
                    "role",
                    models.CharField(blank=True, max_length=20, null=True, verbose_name="役割"),
                ),
                (
                    "fiscal_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="年度"),
                ),
                ("fund", models.TextField(blank=True, null=True, verbose_name="財源")),
                (
                    "shared_by",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="合計の団体数"),
                ),
                (
                    "unit",
                    models.CharField(
                        blank=True, max_length=4, null=True, verbose_name="表示の単位"
                    ),
                ),
                ("note", models.TextField(blank=True, null=True, verbose_name="注記")),
                ("eligible", models.BooleanField(blank=True, null=True, verbose_name="対象経費")),
                (
                    "source",
                    models.CharField(blank=True, max_length=20, null=True, verbose_name="財源の別"),
                ),
                ("trace", models.JSONField(blank=True, default=dict, verbose_name="所在")),
            ],
            options={
                "verbose_name": "経費",
                "verbose_name_plural": "経費",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Step",
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
                ("verb", models.CharField(max_length=40, verbose_name="行い")),
                ("came_from", models.CharField(max_length=20, verbose_name="前の段階")),
                ("went_to", models.CharField(max_length=20, verbose_name="後の段階")),
                ("reason", models.TextField(blank=True, null=True, verbose_name="理由")),
            ],
            options={
                "verbose_name": "手続の一歩",
                "verbose_name_plural": "手続の一歩",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Value",
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
                (
                    "number",
                    models.DecimalField(
                        blank=True, decimal_places=15, max_digits=30, null=True, verbose_name="数"
                    ),
                ),
                (
                    "gap",
                    models.CharField(
                        blank=True, max_length=20, null=True, verbose_name="不在の理由"
                    ),
                ),
                ("text", models.TextField(blank=True, null=True, verbose_name="文字の値")),
                ("op", models.CharField(blank=True, max_length=2, null=True, verbose_name="範囲")),
                ("unit", models.TextField(blank=True, null=True, verbose_name="単位")),
                (
                    "state",
                    models.CharField(blank=True, max_length=20, null=True, verbose_name="確報区分"),
                ),
                ("as_of", models.TextField(blank=True, null=True, verbose_name="時点")),
                ("expected", models.TextField(blank=True, null=True, verbose_name="判明の予定")),
                ("sure", models.BooleanField(blank=True, null=True, verbose_name="確か")),
                (
                    "plan",
                    models.CharField(blank=True, max_length=10, null=True, verbose_name="計画"),
                ),
                ("origin", models.CharField(default="typed", max_length=10, verbose_name="入り方")),
                ("expected_on", models.DateField(blank=True, null=True, verbose_name="判明予定日")),
                ("reason", models.TextField(blank=True, null=True, verbose_name="理由")),
                ("until", models.DateTimeField(blank=True, null=True, verbose_name="交替日時")),
                ("trace", models.JSONField(blank=True, default=dict, verbose_name="所在")),
            ],
            options={
                "verbose_name": "値",
                "verbose_name_plural": "値",
            },
        ),
        migrations.CreateModel(
            name="Verification",
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
                ("verifier", models.TextField(blank=True, null=True, verbose_name="検証の主体")),
                ("date", models.TextField(blank=True, null=True, verbose_name="検証日")),
                ("grade", models.TextField(blank=True, null=True, verbose_name="事業効果")),
                (
                    "expert_judgement",
                    models.TextField(blank=True, null=True, verbose_name="外部有識者の評価"),
                ),
                (
                    "expert_opinion",
                    models.TextField(blank=True, null=True, verbose_name="外部有識者の意見"),
                ),
                ("obstacle", models.TextField(blank=True, null=True, verbose_name="阻害要因")),
                ("countermeasure", models.TextField(blank=True, null=True, verbose_name="対応策")),
                ("next_policy", models.TextField(blank=True, null=True, verbose_name="今後の方針")),
                (
                    "next_policy_reason",
                    models.TextField(blank=True, null=True, verbose_name="今後の方針の理由"),
                ),
                ("scales", models.JSONField(blank=True, default=list, verbose_name="その他の尺度")),
                (
                    "proposed",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="提案の段階"
                    ),
                ),
                ("proposed_by", models.TextField(blank=True, null=True, verbose_name="提案の規則")),
                (
                    "decided",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="決定の段階"
                    ),
                ),
                (
                    "decided_reason",
                    models.TextField(blank=True, null=True, verbose_name="決定の理由"),
                ),
                ("trace", models.JSONField(blank=True, default=dict, verbose_name="所在")),
            ],
            options={
                "verbose_name": "効果検証",
                "verbose_name_plural": "効果検証",
            },
        ),
        migrations.CreateModel(
            name="Volume",
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
                ("fiscal_year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "series",
                    models.CharField(blank=True, default="", max_length=40, verbose_name="系列"),
                ),
                (
                    "stage",
                    models.CharField(default="collecting", max_length=20, verbose_name="段階"),
                ),
                ("title", models.TextField(blank=True, null=True, verbose_name="題名")),
                ("chapter", models.TextField(blank=True, null=True, verbose_name="章")),
                (
                    "said_year",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="記載の年度"
                    ),
                ),
                (
                    "said_basis",
                    models.CharField(
                        blank=True, max_length=20, null=True, verbose_name="年度の根拠"
                    ),
                ),
                ("bodies", models.JSONField(blank=True, default=list, verbose_name="団体")),
                ("sources", models.JSONField(blank=True, default=list, verbose_name="出典")),
                (
                    "unread",
                    models.JSONField(blank=True, default=list, verbose_name="読めなかった所"),
                ),
                ("publish_due", models.DateField(blank=True, null=True, verbose_name="公表の期限")),
                ("trace", models.JSONField(blank=True, default=dict, verbose_name="所在")),
                ("ext", models.TextField(blank=True, default="", verbose_name="拡張")),
            ],
            options={
                "verbose_name": "年度版",
                "verbose_name_plural": "年度版",
            },
        ),
        migrations.CreateModel(
            name="Waiver",
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
                ("rule", models.CharField(max_length=30, verbose_name="規則")),
                ("about", models.CharField(blank=True, max_length=120, verbose_name="対象")),
                ("reason", models.TextField(verbose_name="理由")),
            ],
            options={
                "verbose_name": "指摘の了承",
                "verbose_name_plural": "指摘の了承",
            },
        ),
        migrations.CreateModel(
            name="Charge",
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
                ("position", models.PositiveIntegerField(verbose_name="順")),
                ("text", models.TextField(verbose_name="担当課")),
                ("trace", models.JSONField(blank=True, default=dict, verbose_name="所在")),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="charges",
                        to="offices.department",
                    ),
                ),
            ],
            options={
                "verbose_name": "担当課",
                "verbose_name_plural": "担当課",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="EditionFile",
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
                ("form", models.CharField(max_length=20, verbose_name="形")),
                ("name", models.CharField(max_length=255, verbose_name="ファイル名")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("size", models.PositiveBigIntegerField(verbose_name="大きさ")),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="ledger.edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "版のファイル",
                "verbose_name_plural": "版のファイル",
            },
        ),
        migrations.CreateModel(
            name="Definition",
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
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="版")),
                ("from_year", models.PositiveSmallIntegerField(verbose_name="適用年度")),
                ("name", models.TextField(blank=True, null=True, verbose_name="指標名")),
                ("unit", models.TextField(blank=True, null=True, verbose_name="単位")),
                (
                    "definition",
                    models.TextField(blank=True, null=True, verbose_name="定義・算出方法"),
                ),
                ("statistic", models.TextField(blank=True, null=True, verbose_name="出典統計")),
                (
                    "type",
                    models.CharField(blank=True, max_length=20, null=True, verbose_name="種類"),
                ),
                (
                    "direction",
                    models.CharField(blank=True, max_length=20, null=True, verbose_name="方向"),
                ),
                (
                    "expression",
                    models.CharField(blank=True, max_length=20, null=True, verbose_name="表し方"),
                ),
                (
                    "year_type",
                    models.CharField(blank=True, max_length=20, null=True, verbose_name="年の種類"),
                ),
                (
                    "count_kind",
                    models.CharField(blank=True, max_length=20, null=True, verbose_name="延べ・実"),
                ),
                (
                    "baseline_year",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="基準年度"
                    ),
                ),
                ("area", models.TextField(blank=True, null=True, verbose_name="対象地域")),
                (
                    "adds_over_bodies",
                    models.BooleanField(blank=True, null=True, verbose_name="団体で合計できる"),
                ),
                (
                    "adds_over_years",
                    models.BooleanField(blank=True, null=True, verbose_name="年度で合計できる"),
                ),
                ("released", models.TextField(blank=True, null=True, verbose_name="公表時期")),
                ("why", models.TextField(blank=True, null=True, verbose_name="変更の理由")),
                ("trace", models.JSONField(blank=True, default=dict, verbose_name="所在")),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="definitions",
                        to="ledger.indicator",
                    ),
                ),
            ],
            options={
                "verbose_name": "指標の定義",
                "verbose_name_plural": "指標の定義",
                "ordering": ["version"],
            },
        ),
        migrations.CreateModel(
            name="InquiryPart",
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
                ("mark", models.CharField(max_length=24, verbose_name="照会番号")),
                ("sheet", models.TextField(blank=True, default="", verbose_name="様式の内容")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="延長した期限")),
                ("reminded_on", models.DateField(blank=True, null=True, verbose_name="督促日")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="回答日")),
                (
                    "asked_as",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inquiries_before",
                        to="offices.department",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inquiries",
                        to="offices.department",
                    ),
                ),
                (
                    "inquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="ledger.inquiry",
                    ),
                ),
                (
                    "workbook",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked_in",
                        to="ledger.document",
                    ),
                ),
            ],
            options={
                "verbose_name": "照会先",
                "verbose_name_plural": "照会先",
            },
        ),
        migrations.CreateModel(
            name="Batch",
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
                (
                    "fiscal_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="年度"),
                ),
                (
                    "series",
                    models.CharField(blank=True, default="", max_length=40, verbose_name="系列"),
                ),
                ("kind", models.CharField(max_length=10, verbose_name="種類")),
                ("state", models.CharField(default="proposed", max_length=10, verbose_name="状態")),
                ("difference", models.JSONField(default=dict, verbose_name="差分")),
                ("base", models.CharField(blank=True, max_length=64, verbose_name="基にした内容")),
                ("reason", models.TextField(blank=True, null=True, verbose_name="取りやめの理由")),
                (
                    "applied_seq",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="適用の証跡"
                    ),
                ),
                (
                    "undone_seq",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="取消の証跡"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="ledger.document",
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="ledger.inquirypart",
                    ),
                ),
            ],
            options={
                "verbose_name": "変更のまとまり",
                "verbose_name_plural": "変更のまとまり",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="look",
                        serialize=False,
                        to="ledger.projectyear",
                    ),
                ),
                ("key", models.CharField(max_length=64, verbose_name="内容の鍵")),
                ("found", models.JSONField(verbose_name="結果")),
            ],
            options={
                "verbose_name": "点検の控え",
                "verbose_name_plural": "点検の控え",
            },
        ),
        migrations.AddField(
            model_name="projectyear",
            name="departments",
            field=models.ManyToManyField(
                related_name="entries", through="ledger.Charge", to="offices.department"
            ),
        ),
        migrations.CreateModel(
            name="Line",
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
                ("position", models.PositiveIntegerField(verbose_name="順")),
                ("said_id", models.TextField(blank=True, null=True, verbose_name="記載の識別子")),
                ("number", models.TextField(blank=True, null=True, verbose_name="番号")),
                ("parent", models.TextField(blank=True, null=True, verbose_name="親の指標")),
                ("rating", models.TextField(blank=True, null=True, verbose_name="評価")),
                ("note", models.TextField(blank=True, null=True, verbose_name="注記")),
                ("trace", models.JSONField(blank=True, default=dict, verbose_name="所在")),
                ("ext", models.TextField(blank=True, default="", verbose_name="拡張")),
                (
                    "definition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="ledger.definition",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="ledger.indicator",
                    ),
                ),
                (
                    "owed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="offices.department",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="ledger.projectyear",
                    ),
                ),
            ],
            options={
                "verbose_name": "指標の記載",
                "verbose_name_plural": "指標の記載",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Exemption",
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
                ("until", models.DateTimeField(verbose_name="期限")),
                ("reason", models.TextField(verbose_name="理由")),
                (
                    "granted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exemptions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exemptions",
                        to="ledger.projectyear",
                    ),
                ),
            ],
            options={
                "verbose_name": "期限付きの解除",
                "verbose_name_plural": "期限付きの解除",
            },
        ),
        migrations.CreateModel(
            name="Erratum",
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
                ("position", models.PositiveIntegerField(verbose_name="順")),
                ("subject", models.TextField(verbose_name="箇所")),
                ("wrong", models.TextField(blank=True, verbose_name="誤")),
                ("right", models.TextField(blank=True, verbose_name="正")),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="errata",
                        to="ledger.edition",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="errata",
                        to="ledger.projectyear",
                    ),
                ),
            ],
            options={
                "verbose_name": "正誤",
                "verbose_name_plural": "正誤",
                "ordering": ["position"],
            },
        ),
        migrations.AddField(
            model_name="charge",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="charges",
                to="ledger.projectyear",
            ),
        ),
        migrations.CreateModel(
            name="Member",
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
                ("position", models.PositiveIntegerField(verbose_name="順")),
                ("name", models.TextField(verbose_name="団体名")),
                (
                    "member_code",
                    models.CharField(
                        blank=True, max_length=6, null=True, verbose_name="団体コード"
                    ),
                ),
                (
                    "basis",
                    models.CharField(blank=True, max_length=20, null=True, verbose_name="根拠"),
                ),
                ("lead", models.BooleanField(default=False, verbose_name="代表団体")),
                ("yen", models.BigIntegerField(blank=True, null=True, verbose_name="負担額（円）")),
                ("trace", models.JSONField(blank=True, default=dict, verbose_name="所在")),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="ledger.projectyear",
                    ),
                ),
            ],
            options={
                "verbose_name": "構成団体",
                "verbose_name_plural": "構成団体",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="OpinionPaper",
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
                ("expert", models.CharField(max_length=100, verbose_name="有識者")),
                (
                    "sector",
                    models.CharField(blank=True, max_length=10, null=True, verbose_name="分野"),
                ),
                ("mark", models.CharField(max_length=24, verbose_name="意見書番号")),
                ("sheet", models.TextField(verbose_name="様式の内容")),
                ("sent_on", models.DateField(verbose_name="発出日")),
                ("due_on", models.DateField(verbose_name="回答期限")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="回答日")),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinion_papers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "意見書",
                "verbose_name_plural": "意見書",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Opinion",
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
                ("expert", models.CharField(max_length=100, verbose_name="有識者")),
                (
                    "sector",
                    models.CharField(blank=True, max_length=10, null=True, verbose_name="分野"),
                ),
                (
                    "judgement",
                    models.CharField(blank=True, max_length=20, null=True, verbose_name="評価"),
                ),
                ("text", models.TextField(blank=True, verbose_name="意見")),
                ("response", models.TextField(blank=True, null=True, verbose_name="対応")),
                (
                    "response_due",
                    models.DateField(blank=True, null=True, verbose_name="対応の期限"),
                ),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="対応済みの日")),
                ("done_note", models.TextField(blank=True, null=True, verbose_name="対応の結果")),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="promises",
                        to="offices.department",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to="ledger.document",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to="ledger.projectyear",
                    ),
                ),
                (
                    "responded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responses",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinions",
                        to="ledger.opinionpaper",
                    ),
                ),
            ],
            options={
                "verbose_name": "有識者意見",
                "verbose_name_plural": "有識者意見",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="OpinionReading",
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
                ("state", models.CharField(default="proposed", max_length=10, verbose_name="状態")),
                ("said", models.JSONField(verbose_name="読み取った内容")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinion_readings",
                        to="ledger.document",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="ledger.opinionpaper",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinion_readings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "意見書の読取り",
                "verbose_name_plural": "意見書の読取り",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Paper",
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
                (
                    "report_sha256",
                    models.CharField(default="", max_length=64, verbose_name="報告書のSHA-256"),
                ),
                (
                    "decision_number",
                    models.TextField(blank=True, null=True, verbose_name="決裁番号"),
                ),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="決裁日")),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="ledger.document",
                    ),
                ),
            ],
            options={
                "verbose_name": "決裁資料",
                "verbose_name_plural": "決裁資料",
            },
        ),
        migrations.CreateModel(
            name="Passage",
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
                ("part", models.CharField(max_length=10, verbose_name="欄")),
                ("position", models.PositiveIntegerField(verbose_name="順")),
                ("text", models.TextField(verbose_name="文章")),
                ("trace", models.JSONField(blank=True, default=dict, verbose_name="所在")),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passages",
                        to="ledger.projectyear",
                    ),
                ),
            ],
            options={
                "verbose_name": "文章",
                "verbose_name_plural": "文章",
                "ordering": ["part", "position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Point",
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
                (
                    "fiscal_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="年度"),
                ),
                ("label", models.TextField(blank=True, null=True, verbose_name="欄の名")),
                ("due", models.TextField(blank=True, null=True, verbose_name="目標年月")),
                ("ordinal", models.PositiveSmallIntegerField(default=0, verbose_name="枝番")),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="points",
                        to="ledger.indicator",
                    ),
                ),
            ],
            options={
                "verbose_name": "年度の欄",
                "verbose_name_plural": "年度の欄",
            },
        ),
        migrations.CreateModel(
            name="Owed",
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
                (
                    "field",
                    models.CharField(blank=True, max_length=40, null=True, verbose_name="欄"),
                ),
                ("role", models.CharField(max_length=20, verbose_name="役割")),
                ("key", models.CharField(max_length=24, verbose_name="項目番号")),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owed",
                        to="ledger.projectyear",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owed",
                        to="ledger.line",
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owed",
                        to="ledger.inquirypart",
                    ),
                ),
                (
                    "point",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owed",
                        to="ledger.point",
                    ),
                ),
            ],
            options={
                "verbose_name": "照会項目",
                "verbose_name_plural": "照会項目",
            },
        ),
        migrations.AddField(
            model_name="projectyear",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="ledger.project",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.UniqueConstraint(fields=("body", "key"), name="ledger_project_key"),
        ),
        migrations.AddField(
            model_name="indicator",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="indicators",
                to="ledger.project",
            ),
        ),
        migrations.AddField(
            model_name="grantdecision",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="ledger.project",
            ),
        ),
        migrations.AddField(
            model_name="shown",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="shown", to="ledger.line"
            ),
        ),
        migrations.AddField(
            model_name="shown",
            name="point",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="shown", to="ledger.point"
            ),
        ),
        migrations.AddField(
            model_name="spending",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="spending",
                to="ledger.projectyear",
            ),
        ),
        migrations.AddField(
            model_name="owed",
            name="spending",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="owed",
                to="ledger.spending",
            ),
        ),
        migrations.AddField(
            model_name="step",
            name="entry",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="steps",
                to="ledger.projectyear",
            ),
        ),
        migrations.AddField(
            model_name="step",
            name="instead_of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="steps_for_me",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="step",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="steps",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="value",
            name="document",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="values",
                to="ledger.document",
            ),
        ),
        migrations.AddField(
            model_name="value",
            name="of_definition",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="values",
                to="ledger.definition",
            ),
        ),
        migrations.AddField(
            model_name="value",
            name="owed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="owed_values",
                to="offices.department",
            ),
        ),
        migrations.AddField(
            model_name="value",
            name="point",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="values",
                to="ledger.point",
            ),
        ),
        migrations.AddField(
            model_name="verification",
            name="entry",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="verification",
                to="ledger.projectyear",
            ),
        ),
        migrations.AddConstraint(
            model_name="volume",
            constraint=models.UniqueConstraint(
                condition=models.Q(("voided__isnull", True)),
                fields=("body", "fiscal_year", "series"),
                name="ledger_volume_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="volume",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("said_basis__isnull", True), ("said_year__isnull", True)),
                    models.Q(("said_basis__isnull", False), ("said_year__isnull", False)),
                    _connector="OR",
                ),
                name="ledger_volume_year_said",
            ),
        ),
        migrations.AddField(
            model_name="step",
            name="volume",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="steps",
                to="ledger.volume",
            ),
        ),
        migrations.AddField(
            model_name="projectyear",
            name="volume",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="ledger.volume",
            ),
        ),
        migrations.AddField(
            model_name="paper",
            name="volume",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="papers",
                to="ledger.volume",
            ),
        ),
        migrations.AddField(
            model_name="opinionpaper",
            name="volume",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="opinion_papers",
                to="ledger.volume",
            ),
        ),
        migrations.AddField(
            model_name="opinion",
            name="volume",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="opinions",
                to="ledger.volume",
            ),
        ),
        migrations.AddField(
            model_name="inquiry",
            name="volume",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="inquiries",
                to="ledger.volume",
            ),
        ),
        migrations.AddField(
            model_name="edition",
            name="volume",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="editions",
                to="ledger.volume",
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="volume",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="documents",
                to="ledger.volume",
            ),
        ),
        migrations.AddField(
            model_name="batch",
            name="volume",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="batches",
                to="ledger.volume",
            ),
        ),
        migrations.AddField(
            model_name="waiver",
            name="entry",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="waivers",
                to="ledger.projectyear",
            ),
        ),
        migrations.AddField(
            model_name="waiver",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="waivers",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="waiver",
            name="volume",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="waivers",
                to="ledger.volume",
            ),
        ),
        migrations.AddConstraint(
            model_name="editionfile",
            constraint=models.UniqueConstraint(
                fields=("edition", "name"), name="ledger_editionfile_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="definition",
            constraint=models.UniqueConstraint(
                fields=("indicator", "version"), name="ledger_definition_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="definition",
            constraint=models.CheckConstraint(
                condition=models.Q(("version", 1), ("why__isnull", False), _connector="OR"),
                name="ledger_definition_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="inquirypart",
            constraint=models.UniqueConstraint(
                condition=models.Q(("asked_as__isnull", True)),
                fields=("inquiry", "department"),
                name="ledger_inquirypart_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="inquirypart",
            constraint=models.UniqueConstraint(
                fields=("body", "mark"), name="ledger_inquirypart_mark"
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.UniqueConstraint(
                condition=models.Q(("voided__isnull", True)),
                fields=("entry", "indicator"),
                name="ledger_line_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="erratum",
            constraint=models.CheckConstraint(
                condition=models.Q(("wrong", models.F("right")), _negated=True),
                name="ledger_erratum_differs",
            ),
        ),
        migrations.AddConstraint(
            model_name="opinionreading",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["proposed", "applied", "refused"])),
                name="ledger_opinionreading_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="passage",
            constraint=models.CheckConstraint(
                condition=models.Q(("part__in", ["group", "activity", "remark"])),
                name="ledger_passage_part",
            ),
        ),
        migrations.AddIndex(
            model_name="point",
            index=models.Index(fields=["indicator", "fiscal_year"], name="ledger_point_year"),
        ),
        migrations.AddConstraint(
            model_name="point",
            constraint=models.UniqueConstraint(
                models.F("indicator"),
                django.db.models.functions.comparison.Coalesce("fiscal_year", 0),
                django.db.models.functions.comparison.Coalesce("label", models.Value("")),
                django.db.models.functions.comparison.Coalesce("due", models.Value("")),
                models.F("ordinal"),
                name="ledger_point_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.UniqueConstraint(
                fields=("project", "key"), name="ledger_indicator_key"
            ),
        ),
        migrations.AddIndex(
            model_name="grantdecision",
            index=models.Index(fields=["body", "report_due"], name="ledger_decision_due"),
        ),
        migrations.AddConstraint(
            model_name="grantdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reported_on__isnull", True), ("reported_yen__isnull", True)),
                    models.Q(("reported_on__isnull", False), ("reported_yen__isnull", False)),
                    _connector="OR",
                ),
                name="ledger_grantdecision_reported",
            ),
        ),
        migrations.AddConstraint(
            model_name="spending",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("source__isnull", True),
                    ("source__in", ["national", "prefectural", "own", "other"]),
                    _connector="OR",
                ),
                name="ledger_spending_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="owed",
            constraint=models.UniqueConstraint(
                fields=("part", "point", "role"), name="ledger_owed_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="owed",
            constraint=models.UniqueConstraint(fields=("part", "key"), name="ledger_owed_key"),
        ),
        migrations.AddConstraint(
            model_name="owed",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("field__isnull", True),
                        ("line__isnull", False),
                        ("point__isnull", False),
                        ("role__in", ["actual", "cumulative_actual", "target"]),
                        ("spending__isnull", True),
                    ),
                    models.Q(
                        ("field__isnull", True),
                        ("line__isnull", True),
                        ("point__isnull", True),
                        ("role", "spending"),
                        ("spending__isnull", False),
                    ),
                    models.Q(
                        ("field__isnull", False),
                        ("line__isnull", True),
                        ("point__isnull", True),
                        ("role", "text"),
                        ("spending__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="ledger_owed_thing",
            ),
        ),
        migrations.AddIndex(
            model_name="value",
            index=models.Index(
                condition=models.Q(
                    ("gap", "counting"), ("until__isnull", True), ("voided__isnull", True)
                ),
                fields=["body", "gap", "expected_on"],
                name="ledger_value_owed",
            ),
        ),
        migrations.AddConstraint(
            model_name="value",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("gap__isnull", True), ("number__isnull", False), ("text__isnull", True)
                    ),
                    models.Q(
                        ("gap__isnull", False), ("number__isnull", True), ("text__isnull", True)
                    ),
                    models.Q(
                        ("gap__isnull", True), ("number__isnull", True), ("text__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="ledger_value_one_figure",
            ),
        ),
        migrations.AddConstraint(
            model_name="value",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("of_definition__isnull", True),
                        ("point__isnull", False),
                        ("role__in", ["target", "actual", "cumulative_actual"]),
                    ),
                    models.Q(
                        ("of_definition__isnull", False),
                        ("point__isnull", True),
                        ("role__in", ["baseline", "increase_total"]),
                    ),
                    _connector="OR",
                ),
                name="ledger_value_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="value",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("plan__isnull", True),
                    models.Q(("plan__in", ["first", "changed"]), ("role", "target")),
                    _connector="OR",
                ),
                name="ledger_value_plan",
            ),
        ),
        migrations.AddConstraint(
            model_name="value",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("point__isnull", False), ("until__isnull", True), ("voided__isnull", True)
                ),
                fields=("point", "role"),
                name="ledger_value_point_now",
            ),
        ),
        migrations.AddConstraint(
            model_name="value",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("of_definition__isnull", False),
                    ("until__isnull", True),
                    ("voided__isnull", True),
                ),
                fields=("of_definition", "role"),
                name="ledger_value_definition_now",
            ),
        ),
        migrations.AddConstraint(
            model_name="verification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("proposed__isnull", True), ("proposed__range", (1, 4)), _connector="OR"
                    ),
                    models.Q(
                        ("decided__isnull", True), ("decided__range", (1, 4)), _connector="OR"
                    ),
                ),
                name="ledger_verification_levels",
            ),
        ),
        migrations.AddConstraint(
            model_name="verification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("proposed__isnull", True), ("proposed_by__isnull", True)),
                    models.Q(("proposed__isnull", False), ("proposed_by__isnull", False)),
                    _connector="OR",
                ),
                name="ledger_verification_rule",
            ),
        ),
        migrations.AddConstraint(
            model_name="verification",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided__isnull", True),
                    ("proposed__isnull", True),
                    ("decided", models.F("proposed")),
                    ("decided_reason__isnull", False),
                    _connector="OR",
                ),
                name="ledger_verification_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="projectyear",
            constraint=models.UniqueConstraint(
                condition=models.Q(("voided__isnull", True)),
                fields=("volume", "project", "kind"),
                name="ledger_projectyear_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="projectyear",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["result", "plan", "goal"])),
                name="ledger_projectyear_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="projectyear",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("period_raw__isnull", False),
                    models.Q(("period_first__isnull", True), ("period_last__isnull", True)),
                    _connector="OR",
                ),
                name="ledger_projectyear_period",
            ),
        ),
        migrations.AddConstraint(
            model_name="projectyear",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("said_basis__isnull", True), ("said_year__isnull", True)),
                    models.Q(("said_basis__isnull", False), ("said_year__isnull", False)),
                    _connector="OR",
                ),
                name="ledger_projectyear_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_on__isnull", True), ("decision_number__isnull", True)),
                    models.Q(("decided_on__isnull", False), ("decision_number__isnull", False)),
                    _connector="OR",
                ),
                name="ledger_paper_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="opinionpaper",
            constraint=models.UniqueConstraint(
                condition=models.Q(("voided__isnull", True)),
                fields=("volume", "expert"),
                name="ledger_opinionpaper_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="opinionpaper",
            constraint=models.UniqueConstraint(
                fields=("body", "mark"), name="ledger_opinionpaper_mark"
            ),
        ),
        migrations.AddConstraint(
            model_name="opinionpaper",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("sent_on"))),
                name="ledger_opinionpaper_due",
            ),
        ),
        migrations.AddIndex(
            model_name="opinion",
            index=models.Index(
                condition=models.Q(("done_on__isnull", True), ("voided__isnull", True)),
                fields=["body", "response_due"],
                name="ledger_opinion_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("responded_by__isnull", True), ("response__isnull", True)),
                    models.Q(("responded_by__isnull", False), ("response__isnull", False)),
                    _connector="OR",
                ),
                name="ledger_opinion_response",
            ),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_note__isnull", True), ("done_on__isnull", True)),
                    models.Q(
                        ("done_note__isnull", False),
                        ("done_on__isnull", False),
                        ("response__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="ledger_opinion_done",
            ),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("response_due__isnull", True), ("response__isnull", False), _connector="OR"
                ),
                name="ledger_opinion_promise",
            ),
        ),
        migrations.AddConstraint(
            model_name="opinion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("judgement__isnull", False),
                    models.Q(("text", ""), _negated=True),
                    _connector="OR",
                ),
                name="ledger_opinion_says",
            ),
        ),
        migrations.AddConstraint(
            model_name="inquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("sent_on"))), name="ledger_inquiry_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.UniqueConstraint(
                fields=("volume", "number"), name="ledger_edition_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", 1), ("reason__isnull", False), _connector="OR"),
                name="ledger_edition_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["body", "sha256"], name="ledger_document_sha"),
        ),
        migrations.AddIndex(
            model_name="batch",
            index=models.Index(fields=["body", "state"], name="ledger_batch_state"),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("applied_seq__isnull", True), ("state__in", ["proposed", "refused"])),
                    models.Q(("applied_seq__isnull", False), ("state__in", ["applied", "undone"])),
                    _connector="OR",
                ),
                name="ledger_batch_applied",
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("volume__isnull", False),
                    models.Q(("fiscal_year__isnull", False), ("kind", "new")),
                    _connector="OR",
                ),
                name="ledger_batch_volume",
            ),
        ),
        migrations.AddConstraint(
            model_name="waiver",
            constraint=models.UniqueConstraint(
                models.F("volume"),
                django.db.models.functions.comparison.Coalesce("entry", 0),
                models.F("rule"),
                models.F("about"),
                condition=models.Q(("voided__isnull", True)),
                name="ledger_waiver_once",
            ),
        ),
    ]
