#!/bin/sh
# Pin exact versions with hashes, without naming where they come from.
set -eu
compile="../.venv/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-annotate --no-header
    --no-emit-index-url --no-emit-find-links --no-emit-trusted-host"
cd requirements
$compile -o run.txt ../pyproject.toml
$compile -c run.txt -o build.txt build.in
$compile -c run.txt -c build.txt -o dev.txt dev.in
$compile -c run.txt -c dev.txt -o bench.txt bench.in
