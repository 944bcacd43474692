"""手続・公表版・意見の宛先."""

from django.urls import path

from sosei.web.desk.views import editions, flow, opinions, responses, signoff

_V = "signoff/volumes/<int:volume>/"
PATHS = [
    path("signoff/", signoff.signoff, name="signoff"),
    path("signoff/move/", signoff.signoff_move, name="signoff_move"),
    path("signoff/entries/<int:entry>/", signoff.entry_flow, name="entry_flow"),
    path("signoff/entries/<int:entry>/lift/", signoff.entry_lift, name="entry_lift"),
    path(
        "signoff/entries/<int:entry>/exemptions/<int:exemption>/end/",
        signoff.exemption_end,
        name="exemption_end",
    ),
    path(_V, flow.volume_flow_page, name="volume_flow"),
    path(_V + "submit/", flow.volume_submit, name="volume_submit"),
    path(_V + "papers/", flow.volume_papers, name="volume_papers"),
    path(_V + "decision/", flow.volume_decision, name="volume_decision"),
    path(_V + "step/", flow.volume_step, name="volume_step"),
    path(_V + "publish/", flow.volume_publish, name="volume_publish"),
    path(_V + "correct/", flow.volume_correct, name="volume_correct"),
    path(_V + "drop/", flow.volume_drop, name="volume_drop"),
    path(_V + "pack/<str:form>/", flow.volume_pack, name="volume_pack"),
    path(_V + "at/", editions.volume_at, name="volume_at"),
    path("signoff/papers/<int:document>/", flow.paper, name="paper"),
    path("editions/", editions.editions, name="editions"),
    path("editions/compare/", editions.edition_compare, name="edition_compare"),
    path("editions/<int:edition>/", editions.edition, name="edition"),
    path("editions/<int:edition>/counted/", editions.edition_counts, name="edition_counts"),
    path("editions/files/<int:file>/", editions.edition_file, name="edition_file"),
    path(_V + "opinions/", opinions.opinions, name="opinions"),
    path(_V + "opinions/ask/", opinions.opinions_ask, name="opinions_ask"),
    path(_V + "opinions/table/<str:form>/", opinions.opinions_table, name="opinions_table"),
    path("signoff/opinions/mine/", opinions.opinions_mine, name="opinions_mine"),
    path("signoff/opinions/papers/<int:paper>/", opinions.opinion_paper, name="opinion_paper"),
    path(
        "signoff/opinions/papers/<int:paper>/file/<str:form>/",
        opinions.opinion_paper_file,
        name="opinion_paper_file",
    ),
    path("signoff/opinions/papers/<int:paper>/read/", opinions.opinion_read, name="opinion_read"),
    path(
        "signoff/opinions/readings/<int:reading>/", opinions.opinion_reading, name="opinion_reading"
    ),
    path("signoff/opinions/<int:opinion>/", responses.opinion, name="opinion"),
    path("signoff/opinions/<int:opinion>/done/", responses.opinion_done, name="opinion_done"),
    path(
        "signoff/opinions/<int:opinion>/withdraw/",
        responses.opinion_withdraw,
        name="opinion_withdraw",
    ),
    path(
        "signoff/opinions/entries/<int:entry>/print/", responses.opinion_print, name="opinion_print"
    ),
]
