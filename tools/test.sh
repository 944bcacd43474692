#!/bin/sh
# Every check in order of what it costs; the tests last, so that their closing line ends the output.
set -eu
bin=.venv/bin
# Compiled once for every process of the run, in a folder of its own: the Makefile keeps the tree clean of it.
unset PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX="$PWD/build/compiled"
echo "== 書き方 / style"
$bin/ruff check .
$bin/ruff format --check --quiet .
echo "== 構造 / structure"
$bin/lint-imports --no-cache
$bin/deptry src
echo "== 型 / types"
$bin/mypy
# Each worker takes a half in order, so that what a module sets up is set up once, then the rest of the slower one.
pytest="$bin/pytest -q -n ${WORKERS:-2} --dist worksteal"
echo "== 試験 (SQLite) / tests on SQLite"
$pytest "$@"
echo "== 試験 (PostgreSQL) / tests of the database on PostgreSQL"
status=0
sh tools/postgres.sh run $pytest -m "database and not alike and not browser and not office" "$@" \
    tests/story/test_year.py tests/journal tests/offices tests/ledger tests/evidence tests/web \
    tests/house/test_house_anchors.py tests/house/test_house_meanwhile.py tests/house/test_persons_verified.py || status=$?
if [ "$status" = 69 ]; then
    echo "飛ばしました: PostgreSQL が入っていません / skipped: no PostgreSQL (in CI: refused)"
    [ -z "${CI:-}" ] && status=0
fi
exit "$status"
