"""印刷の速さ. How fast a report becomes a PDF, beside WeasyPrint and bare typst, on the same words and figures.

    python bench/publishing.py --projects 10 100 --runs 5 --engines sosei bare weasyprint --out bench.json

Every run is a fresh process (no cache survives). `seconds` is from its start to its end, imports and reading included;
`render` only what turns the report (bare, weasyprint: the ready-made source) into a PDF, by the clock and by the
processor, which tells more on a busy machine. Peak memory is the process's own. `bare` is the least typst that prints the same tables: a ready-made source, typst's defaults, no
standards, no contents, no font care. `weasyprint` gets ready-made HTML, untagged (its default). Neither pays for
turning a report into a page; sosei does. WeasyPrint comes from requirements/bench.txt, into an environment of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

ENGINES = ("sosei", "bare", "weasyprint")
SENTENCES = (
    "市内のものづくり企業が海外の取引先を開拓するための費用の一部を助成した。",
    "専門家を派遣し、会員企業どうしの共同開発と人材の確保を支援した。",
    "首都圏の催しに出展し、地域の産業と暮らしの魅力を広く発信した。",
    "移住を考える人の相談窓口を設け、仕事と住まいの情報をまとめて提供した。",
    "スタンプラリーを実施し、域内の周遊と宿泊を促した。",
)


def main() -> None:
    """Run the engines and print the table."""
    options = _options()
    if options.child:
        _child(options.child, Path(options.folder))
        return
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for count in options.projects:
            _prepare(count, Path(folder))
            rows += [_measured(engine, count, options.runs, folder) for engine in options.engines]
    result = {"machine": _machine(), "runs": options.runs, "rows": rows}
    print(_table(rows))
    if options.out:
        Path(options.out).write_text(json.dumps(result, indent=2) + "\n", "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--projects", type=int, nargs="+", default=[10, 100])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--out")
    parser.add_argument("--child", choices=ENGINES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    return parser.parse_args()


def _machine() -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        "system": platform.platform(),
        "cores": os.cpu_count(),
    }


# What is printed: a report of ours, and the same blocks as typst source and as HTML.


def _project(number: int, chance: random.Random) -> dict[str, Any]:
    def words(text: str) -> dict[str, str]:
        return {"text": text}

    def point(year: int) -> dict[str, Any]:
        actual = {"gap": "counting"} if year == 2021 else {"number": str(chance.randint(1, 10**8))}
        target = {"number": str(chance.randint(1, 10**8))}
        rate = words(f"{chance.randint(10, 1500) / 10}%")
        return {"fiscal_year": year, "target": target, "actual": actual, "rate": rate}

    return {
        "kind": "result",
        "number": str(number),
        "name": words(f"第{number}号 {chance.choice(('成長分野拠点形成', '関係人口創出', '観光周遊促進'))}事業"),
        "grant": words("地方創生推進交付金"),
        "departments": [words("ものづくり推進課")],
        "period": {"raw": "R1～R3年度", "first": 2019, "last": 2021},
        "activities": [words("".join(chance.choices(SENTENCES, k=4))) for _ in range(3)],
        "spending": [
            {"number": "①②③"[i], "label": words(f"支援業務委託{number}-{i}"), "yen": chance.randint(1, 99999) * 1000, "unit": "千円"}
            for i in range(3)
        ],
        "indicators": [
            {"number": "①②③④"[i], "name": words(f"会員企業の海外取引にかかる売上高{number}-{i}"), "unit": "千円",
             "baseline": {"number": str(chance.randint(1, 10**8))}, "baseline_year": 2018,
             "years": [point(year) for year in (2019, 2020, 2021)]}
            for i in range(4)
        ],
        "verification": {
            "grade": words("地方創生に相当程度効果があった"),
            "expert_opinion": words("企業間の連携を深め、成果指標の設定を見直すことが求められる。"),
            "next_policy": words("事業の継続"),
        },
        "remarks": [words("※令和3年度の実績値は速報値を含む。")],
    }  # fmt: skip


def _prepare(count: int, folder: Path) -> None:
    """Write the same report as JSON, as bare typst and as HTML."""
    from sosei.core.codec import loads
    from sosei.publishing.forms import pdf

    chance = random.Random(count)
    report = {
        "schema": "sosei.report/1",
        "title": {"text": "地方創生関連交付金を活用した事業"},
        "bodies": [{"name": "見本市"}],
        "fiscal_year": {"year": 2021},
        "projects": [_project(n, chance) for n in range(1, count + 1)],
    }
    text = json.dumps(report, ensure_ascii=False)
    document = pdf._Pages(loads(text), "ja", None).document()  # the very blocks that sosei prints
    (folder / "report.json").write_text(text, "utf-8")
    (folder / "bare.typ").write_text(_bare(document["blocks"]), "utf-8")
    (folder / "page.html").write_text(_html(document["blocks"]), "utf-8")


def _rows(block: dict[str, Any], cell: Callable[[Any], str]) -> tuple[list[str], list[str]]:
    return tuple([[cell(c) for c in row] for row in block[key]] for key in ("head", "rows"))  # type: ignore[return-value]


def _bare(blocks: list[dict[str, Any]]) -> str:
    def quoted(text: str) -> str:
        return "".join(f"\\{ch}" if ch in "\\#*_$`<>@[]~/'\"-=+" else ch for ch in text)

    def cell(found: Any) -> str:
        if isinstance(found, str):
            return f"[{quoted(found)}]"
        lines = [quoted(line) for line in found["p"]]
        text = "\n".join(f"- {line}" for line in lines) if "m" in found else "\n\n".join(lines)
        if "h" in found:
            text = f"{'=' * found['h']} {text}"
        spans = [
            f"{name}: {found[key]}"
            for name, key in (("colspan", "c"), ("rowspan", "r"))
            if key in found
        ]
        return f"table.cell({', '.join(spans)})[{text}\n]" if spans else f"[{text}\n]"

    parts = ['#set page("a4", flipped: true, margin: 15mm, numbering: "1 / 1")\n'
             '#set text(font: "Noto Sans JP", size: 9pt)\n#set table(inset: (x: 4pt, y: 3.6pt))']  # fmt: skip
    for block in blocks:
        if block["k"] == "h":
            parts.append(f"{'=' * block['level']} {quoted(block['t'])}")
        elif block["k"] in ("title", "p"):
            parts.append(quoted(block["t"]))
        elif block["k"] == "t":
            head, rows = _rows(block, cell)
            widths = ", ".join(f"{width}pt" for width in block["w"])
            top = ", ".join(c for row in head for c in row)
            body = ",\n".join(c for row in rows for c in row)
            parts.append(f"#table(columns: ({widths},), table.header({top}),\n{body})")
    return "\n\n".join(parts) + "\n"


def _html(blocks: list[dict[str, Any]]) -> str:
    def cell(found: Any, tag: str = "td") -> str:
        if isinstance(found, str):
            return f"<{tag}>{escape(found)}</{tag}>"
        lines = [escape(line) for line in found["p"]]
        text = (
            f"<ul><li>{'<li>'.join(lines)}</ul>"
            if "m" in found
            else "".join(f"<p>{line}</p>" for line in lines)
        )
        spans = "".join(
            f' {name}="{found[key]}"'
            for name, key in (("colspan", "c"), ("rowspan", "r"))
            if key in found
        )
        kind = "th" if found["k"] == "l" else tag
        align = ' class="n"' if found["k"] == "n" else ""
        return f"<{kind}{spans}{align}>{text}</{kind}>"

    parts = []
    for block in blocks:
        if block["k"] in ("h", "title", "p"):
            tag = {"h": f"h{block.get('level', 1)}", "title": "h1", "p": "p"}[block["k"]]
            parts.append(f"<{tag}>{escape(block['t'])}</{tag}>")
        elif block["k"] == "t":
            head, rows = _rows(block, cell)
            columns = "".join(f'<col style="width:{width}pt">' for width in block["w"])
            top, body = (
                "".join(f"<tr>{''.join(row)}</tr>" for row in part) for part in (head, rows)
            )
            parts.append(
                f"<table><colgroup>{columns}</colgroup><thead>{top}</thead><tbody>{body}</tbody></table>"
            )
    style = (
        "@font-face{font-family:J;src:url(FONT);font-weight:100 900}"
        "@page{size:A4 landscape;margin:15mm;@bottom-right{content:counter(page) ' / ' counter(pages)}}"
        "body{font:9pt J}table{table-layout:fixed;width:756pt;border-collapse:collapse;margin:6pt 0}"
        "td,th{border:.5pt solid #555;padding:3.6pt 4pt;vertical-align:top;text-align:left}"
        "th{background:#e8e8e8}td.n{text-align:right}p{margin:0}ul{margin:0;padding-left:1em}"
    )
    return f'<!DOCTYPE html><html lang="ja"><meta charset="utf-8"><style>{style}</style>{"".join(parts)}</html>'


# Measuring: one child per run.


def _measured(engine: str, count: int, runs: int, folder: str) -> dict[str, Any]:
    found = [_run(engine, folder) for _ in range(runs)]
    return {
        "engine": engine,
        "projects": count,
        **{key: round(statistics.median(run[key] for run in found), 3) for key in found[0]},
        "runs": [round(run["render"], 3) for run in found],
        "bytes": (Path(folder) / f"{engine}.pdf").stat().st_size,
    }


def _run(engine: str, folder: str) -> dict[str, float]:
    """Return what one process took."""
    begin = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, __file__, "--child", engine, "--folder", folder], stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    out = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{engine} failed")
    wall = time.perf_counter() - begin
    return {"seconds": wall, **json.loads(out), "peak_mib": usage.ru_maxrss / 1024}


def _child(engine: str, folder: Path) -> None:
    ready = {"sosei": _by_sosei, "bare": _by_bare, "weasyprint": _by_weasyprint}[engine](folder)
    clock, work = time.perf_counter(), time.process_time()
    data = ready()
    took = {"render": time.perf_counter() - clock, "render_cpu": time.process_time() - work}
    (folder / f"{engine}.pdf").write_bytes(data)
    print(json.dumps(took | {"pages": _pages(data)}))


def _by_sosei(folder: Path) -> Callable[[], bytes]:
    from sosei.core.codec import loads
    from sosei.publishing.forms import pdf

    report = loads((folder / "report.json").read_text("utf-8"))
    return lambda: pdf.write(report)


def _by_bare(folder: Path) -> Callable[[], bytes]:
    import typst

    from sosei.publishing.forms.pdffont import fonts

    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts()[0])]
    )
    return lambda: typst.compile(str(folder / "bare.typ"), font_paths=found, format="pdf")


def _by_weasyprint(folder: Path) -> Callable[[], bytes]:
    import weasyprint

    from sosei.publishing.forms.pdffont import fonts

    text = (folder / "page.html").read_text("utf-8").replace("FONT", fonts()[1][0][1].as_uri(), 1)
    # WeasyPrint packs its page objects away: ask it to leave them in the open, so that pages can be counted.
    return lambda: weasyprint.HTML(string=text).write_pdf(pdf_version="1.4")


def _pages(data: bytes) -> int:
    """Count the pages of a PDF: the count that its page tree states."""
    counts = re.findall(
        rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)|/Count\s+(\d+)[^>]*?/Type\s*/Pages\b", data
    )
    return max((int(a or b) for a, b in counts), default=0)


def _table(rows: list[dict[str, Any]]) -> str:
    """Return the figures, and each engine's rendering as a multiple of sosei's."""
    own = {row["projects"]: row for row in rows if row["engine"] == "sosei"}
    lines = [
        "projects  engine       seconds   render  x sosei    cpu s  x sosei  pages  peak MiB       bytes"
    ]
    for row in rows:
        times = []
        for key in ("render", "render_cpu"):
            base = own[row["projects"]][key] if row["projects"] in own else float("nan")
            times.append(f"{row[key]:>9.2f}{row[key] / base:>9.2f}")
        lines.append(
            f"{row['projects']:>8}  {row['engine']:<11}{row['seconds']:>9.2f}{''.join(times)}{row['pages']:>7.0f}"
            f"{row['peak_mib']:>10.0f}{row['bytes']:>12,}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
