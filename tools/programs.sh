#!/bin/sh
# Install Debian's chromium, LibreOffice and PostgreSQL for the tests that use them, where we are root and may.
# Without them those tests are skipped with the reason; with CI set that counts as a failure (tests/conftest.py).
set -u
missing=
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v soffice >/dev/null 2>&1 || missing="$missing libreoffice-calc libreoffice-writer"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 || missing="$missing postgresql"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "注意: 次が入っていないので、それを使う試験は飛ばします:$missing" >&2
    exit 0
fi
echo "試験に使うものを入れています:$missing" >&2
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing fonts-noto-cjk >/dev/null ||
    echo "注意: 入れられませんでした:$missing" >&2
exit 0
