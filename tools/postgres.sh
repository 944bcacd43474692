#!/bin/sh
# A private PostgreSQL on this machine alone, for tests: started as its own user, forgotten at the end.
#   run COMMAND…   start one, run the command with SOSEI_DATABASE naming it, remove it
#   start DIR      start one in the (new) folder DIR and print its address; then: stop DIR, resume DIR, remove DIR
#   rest DIR       bring one to its end in order; then: copy DIR NEW, one like it in the (new) folder NEW
# Ends with 69 where PostgreSQL is not installed. Nothing here is safe for real data: it never waits for the disk.
set -eu

folder=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -n | tail -1)
[ -n "$folder" ] || folder=$(dirname "$(readlink -f "$(command -v initdb || echo /nowhere/initdb)")")
if [ -z "$folder" ] || [ ! -x "$folder/initdb" ]; then
    echo "PostgreSQL が入っていません（Debian なら apt-get install postgresql）。 / PostgreSQL is not installed." >&2
    exit 69
fi

# PostgreSQL refuses to run as root.
who=
if [ "$(id -u)" = 0 ]; then
    who=postgres
    id "$who" >/dev/null 2>&1 || { who=sosei-test && { id "$who" >/dev/null 2>&1 || useradd --system "$who"; }; }
fi
as() {
    if [ -n "$who" ]; then (cd / && runuser -u "$who" -- "$@"); else "$@"; fi
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

start() {
    dir=$1
    mkdir -p "$dir"
    chmod 700 "$dir"
    port=$(free_port)
    password=$(python3 -c 'import secrets; print(secrets.token_hex(16))')
    printf '%s\n' "$password" >"$dir/password"
    [ -z "$who" ] || chown -R "$who" "$dir"
    as "$folder/initdb" --pgdata="$dir/data" --username=sosei --auth=scram-sha-256 --pwfile="$dir/password" \
        --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$dir/log.initdb" 2>&1
    {
        echo "listen_addresses = '127.0.0.1'"
        echo "port = $port"
        echo "unix_socket_directories = ''"
        echo "fsync = off"
        echo "full_page_writes = off"
        echo "wal_level = minimal"
        echo "max_wal_senders = 0"
        echo "max_connections = 200"
    } >>"$dir/data/postgresql.conf"
    resume "$dir"
    PGPASSWORD=$password "$folder/createdb" --host=127.0.0.1 --port="$port" --username=sosei sosei
    echo "postgresql://sosei:$password@127.0.0.1:$port/sosei"
}

copy() {
    port=$(free_port)
    cp -a "$1/." "$2"
    sed -i "s/^port = .*/port = $port/" "$2/data/postgresql.conf"
    resume "$2"
    echo "postgresql://sosei:$(cat "$2/password")@127.0.0.1:$port/sosei"
}

resume() {
    as "$folder/pg_ctl" --pgdata="$1/data" --log="$1/log" --wait --timeout=60 start >/dev/null
}

rest() {
    as "$folder/pg_ctl" --pgdata="$1/data" --mode=fast --wait stop >/dev/null
}

stop() {
    as "$folder/pg_ctl" --pgdata="$1/data" --mode=immediate --wait stop >/dev/null
}

remove() {
    stop "$1" 2>/dev/null || true
    rm -rf "$1"
}

order=$1
shift
case $order in
    start | stop | rest | resume | remove) "$order" "$1" ;;
    copy) copy "$1" "$2" ;;
    run)
        own=$(mktemp -d /tmp/sosei-postgres.XXXXXX)
        trap 'remove "$own"' EXIT
        trap 'exit 130' INT TERM
        SOSEI_DATABASE=$(start "$own")
        export SOSEI_DATABASE
        "$@"
        ;;
    *)
        echo "tools/postgres.sh run|start|stop|rest|copy|resume|remove" >&2
        exit 2
        ;;
esac
