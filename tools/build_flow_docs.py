"""Write docs/dev/flow.md from src/sosei/ledger/flow.toml: both flows drawn, who may do what, who may write when.

Usage: build_flow_docs.py > docs/dev/flow.md
"""

from __future__ import annotations

from collections.abc import Iterator

from sosei.ledger import flow

HEAD = """# 手続の流れ / The flow

事業の記載と報告書が、どの段階からどの段階へ、だれの、どの行いで移るか。`src/sosei/ledger/flow.toml` から作ります（`tools/build_flow_docs.py`）。

*How an entry and a report move from stage to stage. Made from `flow.toml`; the functions that read it are pure (`sosei.ledger.flow`).*
"""
KINDS: tuple[tuple[flow.Kind, str], ...] = (
    ("entry", "事業の記載 Entry"),
    ("volume", "報告書 Volume"),
)


def moves(kind: flow.Kind) -> Iterator[str]:
    """Yield the table of moves."""
    yield "| 行い | move | 権限 verb | 役割 roles | から | 理由 |"
    yield "|---|---|---|---|---|---|"
    for move in flow.moves(kind):
        sources = "・".join(
            flow.stage_name(s) for s in sorted(move.sources, key=flow.stages(kind).index)
        )
        roles = "・".join(sorted(move.roles)) or "（権限のとおり）"
        yield f"| {move.ja} | `{move.name}` | `{move.verb}` | {roles} | {sources} | {'要' if move.reason else ''} |"


def windows() -> Iterator[str]:
    """Yield who may write an entry, by the stages of the volume and the entry."""
    yield (
        "| 報告書 \\ 事業 | " + " | ".join(flow.stage_name(s) for s in flow.stages("entry")) + " |"
    )
    yield "|---|" + "---|" * len(flow.stages("entry"))
    for volume in flow.stages("volume"):
        cells = (_window(volume, entry) for entry in flow.stages("entry"))
        yield f"| {flow.stage_name(volume)} | " + " | ".join(cells) + " |"


def _window(volume: str, entry: str) -> str:
    opened = volume == "correcting"
    may = [
        name
        for name, planning in (("課", False), ("企画", True))
        if flow.lock(volume=volume, entry=entry, planning=planning, opened=opened) is None
    ]
    return "・".join(may) or "×"


def page() -> str:
    """Return the whole page."""
    parts = [HEAD]
    for kind, title in KINDS:
        parts += [
            f"## {title}\n",
            f"```mermaid\n{flow.drawing(kind)}\n```\n",
            "\n".join(moves(kind)),
            "",
        ]
    parts += [
        "## 錠：だれが書けるか Locks\n",
        "課：担当課、企画：企画担当と企画課長、×：だれも書けない（期限付きの解除か訂正による）。訂正中は、開かれた事業だけ。\n",
        "\n".join(windows()),
        "\n決裁後も「有識者の評価・意見」だけは企画課が書き入れます。期限付きの解除（企画課長、理由、31日以内）は公表まで効きます。",
    ]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    print(page(), end="")
