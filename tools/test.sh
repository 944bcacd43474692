#!/bin/sh
# Every check in order of what it costs; the tests last, so that their closing line ends the output.
set -eu
bin=.venv/bin
echo "== 書き方 / style"
$bin/ruff check .
$bin/ruff format --check --quiet .
echo "== 構造 / structure"
$bin/lint-imports --no-cache
$bin/deptry src
echo "== 型 / types"
$bin/mypy
echo "== 試験 / tests"
exec $bin/pytest -q -n "${WORKERS:-2}" "$@"
