"""台帳の宛先. The pages of volumes, projects, indicators, money, verification, and of reports from elsewhere."""

from django.urls import path

from sosei.web.desk.views import (
    audit,
    definitions,
    entries,
    indicators,
    money,
    since,
    strangers,
    titles,
    verifying,
    volumes,
)

PATHS = [
    path("volumes/", volumes.volumes, name="volumes"),
    path("volumes/new/", volumes.volume_new, name="volume_new"),
    path("volumes/<int:volume>/", volumes.volume, name="volume"),
    path("volumes/<int:volume>/edit/", volumes.volume_edit, name="volume_edit"),
    path("volumes/<int:volume>/title/", titles.volume_title, name="volume_title"),
    path("volumes/<int:volume>/projects/new/", entries.entry_new, name="entry_new"),
    path("volumes/<int:volume>/decisions/", money.decisions, name="decisions"),
    path("entries/<int:entry>/", entries.entry, name="entry"),
    path("entries/<int:entry>/since/", since.entry_since, name="entry_since"),
    path("volumes/<int:volume>/since/", since.volume_since, name="volume_since"),
    path("entries/<int:entry>/edit/", entries.entry_edit, name="entry_edit"),
    path("entries/<int:entry>/members/", entries.members_edit, name="members_edit"),
    path("entries/<int:entry>/rest/", entries.entry_rest, name="entry_rest"),
    path("entries/<int:entry>/money/", money.money, name="money"),
    path("entries/<int:entry>/decision/", money.decision_edit, name="decision_new"),
    path("entries/<int:entry>/decision/<int:decision>/", money.decision_edit, name="decision_edit"),
    path(
        "entries/<int:entry>/decision/<int:decision>/void/",
        money.decision_void,
        name="decision_void",
    ),
    path(
        "entries/<int:entry>/decision/<int:decision>/report/", money.report_edit, name="report_edit"
    ),
    path("entries/<int:entry>/verification/", verifying.verification, name="verification"),
    path("entries/<int:entry>/grade/", verifying.grade_edit, name="grade_edit"),
    path("entries/<int:entry>/findings/accept/", verifying.waive, name="waive"),
    path("findings/<int:waiver>/withdraw/", verifying.unwaive, name="unwaive"),
    path("entries/<int:entry>/indicators/new/", definitions.indicator_new, name="indicator_new"),
    path("indicators/<int:line>/", indicators.indicator, name="indicator"),
    path("indicators/<int:line>/value/", indicators.value_edit, name="value_edit"),
    path("indicators/<int:line>/target/", indicators.target_edit, name="target_edit"),
    path("indicators/<int:line>/baseline/", indicators.baseline_edit, name="baseline_edit"),
    path("indicators/<int:line>/attributes/", definitions.attributes_edit, name="attributes_edit"),
    path("indicators/<int:line>/definition/", definitions.definition_edit, name="definition_edit"),
    path("indicators/<int:line>/rest/", definitions.indicator_rest, name="indicator_rest"),
    path("strangers/", strangers.strangers, name="strangers"),
    path("strangers/<int:document>/", strangers.stranger, name="stranger"),
    path("strangers/<int:document>/file/", strangers.stranger_file, name="stranger_file"),
    path("strangers/<int:document>/drop/", strangers.stranger_drop, name="stranger_drop"),
    path("reports/<int:volume>/audit/", audit.audit, name="audit"),
    path("reports/<int:volume>/audit/able/", audit.audit_able, name="audit_able"),
    path("editions/<int:edition>/decision/", audit.audit_decision, name="audit_decision"),
]
