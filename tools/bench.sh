#!/bin/sh
# Measure, each figure beside a peer or an empty baseline in the same run. Peers live in a virtual environment of their own.
set -eu
venv=build/bench
if [ ! -x $venv/bin/python ]; then
    python3 -m venv $venv
    $venv/bin/pip install --quiet --require-hashes -r requirements/run.txt -r requirements/bench.txt
fi
for file in bench/*.py; do
    echo "== $file"
    PYTHONPATH=src $venv/bin/python "$file"
done
