"""権限の表. The rows of `web/matrix.tsv`: where each leads, what is sent there, and by whom it is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from deskroom import BACKEND
from formfill import filled
from permissionworld import ROLES, ROSTER, World, world

TABLE = Path(__file__).with_name("web") / "matrix.tsv"
#: What is sent, over what the page's form holds as it stands, so that the act is done: by page, or by page and what it
#: is about. A value that is a name of `permissionworld.World.things` stands for that thing.
DATA: dict[str, dict[str, object]] = {
    "desk:volume_new": {"year": "2022"},
    "desk:volume_edit": {"publish_due": "2022-10-01"},
    "desk:volume_title": {"title": "直した題名", "reason": "書き間違い"},
    "desk:entry_new": {"name": "新しい事業"},
    "desk:entry_edit": {"remarks": "加えた備考"},
    "desk:members_edit": {"form-0-name": "ある協議会"},
    "desk:entry_rest": {"reason": "休む"},
    "desk:money": {"form-0-label": "経費", "form-0-amount": "5"},
    "desk:decision_new": {
        "number": "第9号", "decided_on": "2021-05-01", "amount": "5,000", "report_due": "2022-04-10", "reason": "確かめた",
    },
    "desk:decision_edit": {"number": "第8号", "reason": "確かめた"},
    "desk:decision_void": {"reason": "二重の登録"},
    "desk:report_edit": {"on": "2022-04-05", "amount": "1", "reason": "確かめた"},
    "desk:verification": {"obstacle": "感染症"},
    "desk:grade_edit": {"level": "1", "reason": "確かめた"},
    "desk:waive entry=own": {"rule": "own_rule", "about": "own_about", "reason": "そのままでよい"},
    "desk:waive entry=other": {"rule": "other_rule", "about": "other_about", "reason": "そのままでよい"},
    "desk:unwaive": {"reason": "やはり直す"},
    "desk:indicator_new": {"name": "新しい指標", "unit": "件"},
    "desk:value_edit": {"text": "19", "reason": "確かめた"},
    "desk:target_edit": {"text": "12", "reason": "変更申請"},
    "desk:baseline_edit": {"text": "6", "reason": "確かめた"},
    "desk:attributes_edit": {"area": "市内"},
    "desk:definition_edit": {"definition": "別の数え方", "why": "統計が変わった"},
    "desk:indicator_rest": {"reason": "休む"},
    "desk:stranger_drop": {"reason": "要らない"},
    "desk:office_add": {"code": "77", "name": "新しい課", "first_day": "2022-06-15"},
    "desk:office_do department=it what=correct": {"name": "直した課"},
    "desk:office_do department=it what=close": {"last_day": "2022-12-31"},
    "desk:person_add": {"login": "atarashii", "name": "新しい人", "joins_on": "2022-06-15"},
    "desk:person_do person=colleague what=change": {"name": "直した人", "joins_on": "2020-04-01"},
    "desk:person_do person=colleague what=assign": {"role": "auditor", "first_day": "2022-06-15"},
    "desk:person_do person=colleague what=succeed": {"successor": "other_officer", "on": "2022-07-01"},
    "desk:person_do person=colleague what=leave": {"on": "2022-07-01"},
    "desk:person_do": {
        "deputy": "other_officer", "first_day": "2022-06-15", "last_day": "2022-06-17", "reason": "出張",
    },
    "desk:assignment_end": {"last_day": "2022-07-01"},
    "desk:deputy_end": {"last_day": "2022-07-01"},
    "desk:signoff_move": {"move": "forward", "entries": "own", "reason": "課長が不在"},
    "desk:entry_lift": {"until": "2022-06-20T17:00", "reason": "確定値"},
    "desk:exemption_end": {"reason": "済んだ"},
    "desk:volume_submit": {"reason": "確かめた"},
    "desk:volume_decision": {"number": "決1", "decided_on": "2022-06-15", "reason": "確かめた"},
    "desk:volume_step": {"move": "ask_experts"},
    "desk:volume_correct": {"entries": "published_entry", "reason": "誤り"},
    "desk:volume_drop": {"reason": "要らない"},
    "desk:opinions_ask": {"name": "新しい有識者", "due_on": "2022-07-31"},
    "desk:opinion_paper": {"entry": "", "whole-text": "全体としてよい"},
    "desk:opinion": {"response": "承った", "department": "it", "due_on": "2022-08-01"},
    "desk:opinion_done": {"note": "済んだ", "done_on": "2022-06-15"},
    "desk:opinion_withdraw": {"withdraw-reason": "重なった"},
    "desk:opinion_print": {"expert_opinion": "よい"},
    "desk:inquiry_new": {
        "kinds": ["words", "texts"], "title": "新しい照会", "due_on": "2022-07-10", "contact": "企画課", "departments": ["it", "tourism"],
    },
    "desk:opinion_reading": {"chosen": ["0"]},
    "desk:grid": {"typed-{own_cell}": "19", "reason": "確かめた"},
    "desk:turns": {"seq": "1", "reason": "誤り"},
    "desk:april": {"do": "1"},
    "desk:inquiry_extend": {"due_on": "2022-07-10"},
    "desk:inquiry_remind": {"parts": ["own_part"]},
    "desk:inquiry_reopen": {"due_on": "2022-07-10"},
    "desk:batch_refuse": {"reason": "要らない"},
    "desk:batch_reading": {"right": "1"},
    "desk:batch_confirm": {"page": "1"},
    "desk:batch_unmend": {"group": "1"},
    "desk:batch_habits": {"habit": ["habit"]},
    "desk:measure_new": {"mode": "text", "name": "新しい数え方", "text": 'count of events during fiscal unit "回"', "do": "save"},
    "desk:measure_look": {"mode": "text", "text": 'count of events during fiscal unit "回"'},
    "desk:measure_edit": {"name": "直した名前", "do": "save"},
    "desk:measure_drop": {"reason": "使わない"},
    "desk:count_tie line=own_line": {"measure": "loose_measure"},
    "desk:count_tie line=other_line": {"measure": "other_measure"},
    "desk:count_untie": {"reason": "手で数える"},
    "desk:count_record": {"reason": "台帳で数えた"},
    "desk:spent_tie": {"measures": [], "reason": "手で入れる"},
    "desk:spent_record": {"reason": "台帳で数えた"},
    "desk:spent_keep": {"reason": "ほかの事業の分がある"},
    "desk:register_take": {"department": "it"},
    "desk:register_blank": {"ja": "新しい台帳", "kind": "log", "subject": "none", "department": "it"},
    "desk:register_rules": {"f-decided": "amount", "reason": "補助金として扱う"},
    "desk:register_change": {"ja": "直した名前", "reason": "名前の誤り"},
    "desk:register_end": {"reason": "要らない"},
    "desk:register_import": {"text": "団体名\t加入日\n新しい会員\t2022-05-01\n"},
    "desk:register_import_check": {
        "sheet": "0", "head": "1", "c-0": "who", "c-1": "first", "do": "enter", "seen": "own_import_seen",
    },
    "desk:form_new": {"title": "新しい受付", "slug": "atarashii", "mode": "join", "asked": ["who"]},
    "desk:form_change": {"title": "直した題名"},
    "desk:form_close": {"seen": "1"},
    "desk:form_submission submission=own_submission": {"do": "accept"},
    "desk:register_add": {"e-who": "新しい会員", "e-first": "2022-05-01"},
    "desk:register_correct": {"e-last": "2022-05-31", "reason": "退会"},
    "desk:register_undo": {"reason": "去年の名簿だった"},
    "desk:subject": {"name": "maker", "type": "yes-no", "value": "はい"},
    "desk:subject_drop": {"name": "trade", "first": ""},
    "desk:subject_rename": {"name": "見本鋳造所", "reason": "社名の変更"},
    "desk:privacy_due": {"persons": ["due_person"], "do": "erase"},
    "desk:documents_due": {"documents": ["due_document"]},
    "desk:privacy_export": {"purpose": "案内の送付", "ground": "within", "form": "csv"},
    "desk:privacy_find": {"q": "関係"},
    "desk:privacy_erase": {"reason": "本人の申出"},
    "desk:privacy_consent": {"given_on": "2022-06-01"},
    "desk:privacy_withdraw": {"reason": "本人の申出"},
    "desk:privacy_hold": {"reason": "返還の義務", "until": "2023-03-31"},
    "desk:privacy_correct": {"e-name": "期限 過次", "seen": "contact_mark", "reason": "表記の誤り"},
    "desk:privacy_fields": {"e-needs": "明るい所", "seen": "private_mark", "reason": "申出による"},
    "desk:leak_new": {"title": "名簿の紛失", "known": "2022-06-14T10:00", "department": "it", "kinds": ["plain"]},
    "desk:leak_change": {"title": "直した件名"},
    "desk:leak_sent": {"on": "2022-06-15"},
    "desk:leak_close": {"outcome": "手順を改めた"},
    "desk:leak_reopen": {"reason": "続きがあった"},
    "desk:subject_merge": {"reason": "同じ会社"},
    "desk:register_asked": {"due": "2022-07-10"},
    "desk:register_unask": {"reason": "会員ではない"},
    "desk:survey_make": {"purpose": "成果を確かめるため", "contact": "課の電話", "whom": "all"},
    "desk:survey_sent": {"whom": "all", "sent": "2022-06-15"},
    "desk:survey_check": {"do": "enter"},
    "desk:register_out": {"reason": "二重の登録"},
    "desk:register_closing": {"until": "2022-03-31"},
    "desk:register_reopen": {"reason": "漏れが見つかった"},
    "desk:document_change": {"keep_years": "10"},
    "desk:document_void": {"reason": "裏面がない"},
    "desk:document_erase": {"reason": "誤って付けた"},
    "desk:transfer": {"on": "2022-07-01", "text": ROSTER[0], "do": "1", "seen": "roster_mark"},
}  # fmt: skip


#: What the address says beside it, where the page is asked for with something chosen.
QUERY = {
    "desk:april": {"old": "tourism", "new": "it", "on": "2022-07-01"},
    "desk:batch_reading": {"value": "2"},
}
#: The file that goes with it: its field, and the thing that is its name and content.
FILES = {
    "desk:entry_documents": ("files", "document_file"),
    "desk:closing_documents": ("files", "document_file"),
    "desk:batch_documents": ("files", "document_file"),
    "desk:register_from_sheet": ("file", "register_sheet"),
    "desk:survey_returned": ("files", "returned_file"),
    "desk:register_from_file": ("file", "register_definition"),
    "desk:inquiry_answers": ("files", "own_workbook"),
    "desk:import_new": ("files", "report_file"),
    "desk:opinion_read": ("file", "sheet_file"),
}


def rows() -> list[dict[str, str]]:
    """The table's rows."""
    head, *lines = [
        line for line in TABLE.read_text("utf-8").splitlines() if line and line[0] != "#"
    ]
    names = head.split("\t")
    assert names == ["page", "method", "about", *ROLES]
    return [dict(zip(names, line.split("\t"), strict=True)) for line in lines]


def pages(resolver=None, space: str = "") -> Iterator[str]:
    """Yield the name of every page that has an address."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from pages(pattern, inner)
        else:
            yield f"{space}{pattern.name}"


def client_of(who) -> Client:
    """Return a client signed in as somebody; as nobody where there is none."""
    client = Client(raise_request_exception=True)
    if who is not None:
        client.force_login(who, backend=BACKEND)
    return client


@contextmanager
def standing(blocker) -> Iterator[tuple[World, dict[str, Client]]]:
    """Make the world and a client for each role; nothing of it stays."""
    with blocker.unblock(), transaction.atomic():
        found = world()
        yield found, {role: client_of(who) for role, who in found.people.items()}
        transaction.set_rollback(True)


def address(row: dict[str, str], things: dict[str, int], me: int) -> str:
    """Return a row's address."""
    said = dict(pair.split("=") for pair in row["about"].split())
    known = {**things, "myself": me}
    path = reverse(row["page"], kwargs={k: known.get(v, v) for k, v in said.items()})
    query = QUERY.get(row["page"], {}) if row["method"] == "POST" else {}
    asked = urlencode({name: known.get(value, value) for name, value in query.items()})
    return f"{path}?{asked}" if asked else path


def sent(row: dict[str, str], things: dict[str, object]) -> dict[str, object]:
    """Return what a row's request sends, over what its form holds."""
    about = f"{row['page']} {row.get('about', '')}"
    said = DATA.get(about, DATA.get(row["page"], {}))
    meant = {name.format_map(things): _meant(value, things) for name, value in said.items()}
    return meant | _files(row, things)


def _meant(value: object, things: dict[str, object]) -> object:
    if isinstance(value, list):
        return [_meant(each, things) for each in value]
    return things.get(value, value) if isinstance(value, str) else value


def _files(row: dict[str, str], things: dict[str, object]) -> dict[str, object]:
    name, thing = FILES.get(row["page"], ("", ""))
    data = things.get(thing)
    return {name: SimpleUploadedFile(*data)} if isinstance(data, tuple) else {}


def form_of(client: Client, path: str) -> dict[str, object]:
    """Return what the form of a page holds for somebody as it stands; nothing where there is none."""
    page = client.get(path)
    if page.status_code != 200 or not page["Content-Type"].startswith("text/html"):
        return {}
    try:
        return dict(filled(page))
    except StopIteration:
        return {}
