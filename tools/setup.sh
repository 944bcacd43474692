#!/bin/sh
# Make .venv and install the pinned packages and sosei itself; does nothing where that is already so.
# $1: run (what sosei needs) or test (and what its tests need).
set -eu
kind=${1:-run}
venv=.venv

python=
for name in python3.11 python3.12 python3.13 python3; do
    if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$name
        break
    fi
done
if [ -z "$python" ]; then
    echo "Python 3.11 以上が見つかりません。Debian なら「apt-get install python3 python3-venv」で入れてください。" >&2
    echo "Python 3.11 or newer is needed. On Debian: apt-get install python3 python3-venv" >&2
    exit 1
fi

files="requirements/run.txt requirements/build.txt"
[ "$kind" = test ] && files="$files requirements/dev.txt"
stamp=$(cat $files pyproject.toml | sha256sum | cut -c1-16)
[ -f "$venv/.made-$kind-$stamp" ] && exit 0

if [ ! -x "$venv/bin/pip" ]; then
    if ! "$python" -m venv "$venv" >/tmp/sosei-venv.$$ 2>&1; then
        rm -rf "$venv"
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
            apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
            "$python" -m venv "$venv"
        else
            cat /tmp/sosei-venv.$$ >&2
            echo "仮想環境を作れません。管理者に「apt-get install python3-venv」を頼んでください。" >&2
            exit 1
        fi
    fi
    rm -f /tmp/sosei-venv.$$
fi

echo "部品を入れています（${kind}）… / installing packages" >&2
arguments=
for file in $files; do arguments="$arguments -r $file"; done
"$venv/bin/pip" install --quiet --require-hashes $arguments
"$venv/bin/pip" install --quiet --no-deps --no-build-isolation --editable .
rm -f "$venv"/.made-"$kind"-*
: >"$venv/.made-$kind-$stamp"
