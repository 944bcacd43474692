"""Write docs/rules from the rules: one page each and a list. `--check` only tells whether they are up to date.

Usage: python tools/build_rules_docs.py [--check]
"""

import sys
from pathlib import Path

from sosei.checking import Rule, rules
from sosei.checking.registry import force, needs

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "rules"
FAMILIES = {
    "FY": "年度", "NUM": "番号と数字", "DATE": "日付", "HEAD": "見出し", "PERIOD": "実施期間", "PLAN": "計画", "KPI": "指標",
    "EXP": "経費", "EFF": "効果検証", "CODE": "コード", "OD": "機械判読できる表", "PII": "個人情報",
}  # fmt: skip


def page(rule: Rule) -> str:
    """Return the page of a rule, Japanese first."""
    return f"""# {rule.code} {rule.title_ja}

{rule.title_en}

| | |
|---|---|
| 重さ Severity | {rule.severity.ja} ({rule.severity.value}) |
| 効力 In force | {force(rule)} / {force(rule, ja=False)} |
| 必要な入力 Needs | {needs(rule)} / {needs(rule, ja=False)} |
| 出典 Source | {rule.source} |

{rule.why_ja}

{rule.why_en}

- 直すもの Wrong: `{rule.wrong}`
- 直した後 Right: `{rule.right}`
"""


def index() -> str:
    """Return the list of all rules by family."""
    lines = [
        "# 点検の規則 Rules of the check",
        "",
        "重さは三つです。**誤り**は算術の矛盾か、報告の年度に効力のある規則への違反だけ、**注意**は監査で問われること、**参考**はそのほかです。",
        "年度や制度により重さの変わる規則は、それぞれのページに書いてあります。入力の足りない規則は「見ていない」と答えます。",
        "",
        "An error is a contradiction in arithmetic or a breach of a rule in force in the report's year; a warning is what an auditor would ask;",
        "the rest is a note. A rule that lacks its input answers “not examined”.",
        "",
        "`sosei rules CODE` は同じ説明を端末に出します。`sosei.toml` の `[check]` で `select`・`ignore`・`severity` を設定できます。",
    ]
    for family, word in FAMILIES.items():
        own = [rule for rule in rules() if rule.code.split("-")[0] == family]
        lines += [
            "",
            f"## {word} {family}",
            "",
            "| 規則 | 重さ | 見るもの | Looks for |",
            "|---|---|---|---|",
        ]
        lines += [
            f"| [{r.code}]({r.code}.md) | {r.severity.ja} | {r.title_ja} | {r.title_en} |"
            for r in own
        ]
    return "\n".join(lines) + "\n"


def pages() -> dict[str, str]:
    """Return every file of the folder with its text."""
    return {"README.md": index(), **{f"{rule.code}.md": page(rule) for rule in rules()}}


def stale() -> list[str]:
    """Return the files that are missing, out of date, or of no rule."""
    wanted = pages()
    there = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.md")}
    return sorted(
        name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name)
    )


def main() -> int:
    """Write or compare."""
    names = stale()
    if "--check" in sys.argv[1:]:
        print("\n".join(f"docs/rules/{name} is not up to date" for name in names))
        return 1 if names else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for name in names:
        if name in wanted:
            (FOLDER / name).write_text(wanted[name], "utf-8")
        else:
            (FOLDER / name).unlink()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
