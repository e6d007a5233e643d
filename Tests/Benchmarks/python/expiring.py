"""Logging sessions out: ours with and without undo, the calls of its scripts alone, the archive alone, and what shells do."""

import os
import struct
import subprocess
import tempfile
import time

import corpus
import store

OURS = ".build/release/sessionctl"
BENCHMARK = ".build/release/change-benchmark"
FILTER = "idle > 30d"
DAY = 86_400_000
# Of Tomcat's manager, in seconds: its sessions tell their last use by it and by what is left of their keys' lives.
INTERVAL = 60 * 86_400
INDEX = "org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME"


def run(work, sessions):
    springs, tomcats = corpus.read(f"{work}/spring.sessions"), corpus.read(f"{work}/tomcat.sessions")
    kinds = {
        "Spring, indexed": ("spring", lambda: spring(springs, range(sessions))),
        "Tomcat": ("tomcat", lambda: tomcat(tomcats, range(sessions))),
    }
    for title, (kind, commands) in kinds.items():
        print(f"\nexpire: {sessions} sessions of {title} (sessions/s, server busy)")
        rates = {name: measure(name, kind, commands, sessions) for name in ways()}
        for name, other in [
            ("expire --no-undo", "the scripts' calls alone"), ("expire --no-undo", "scan | awk | redis-cli --pipe"),
            ("expire --no-undo", "scan | ttl | awk | redis-cli --pipe"), ("expire", "the archive alone"),
            ("expire", "expire --no-undo"),
        ]:
            print(f"  {name + ' / ' + other:66}{rates[name] / rates[other]:7.2f}")


def ways():
    return list(WAYS)


def measure(name, kind, commands, sessions):
    with store.PrivateRedis() as server, tempfile.TemporaryDirectory(dir=".build") as state:
        database = store.SPRING if kind == "spring" else store.TOMCAT
        server.load(database, commands())
        before, start = server.busy(), time.perf_counter()
        rate = WAYS[name](server, database, kind, state, sessions)
        seconds = time.perf_counter() - start
        busy = (server.busy() - before) / seconds
        rate = rate or sessions / seconds
        print(f"  {name:36}{rate:12.0f}" + ("" if name == "the archive alone" else f"{busy:13.0%}"))
        return rate


def ours(options):
    def go(server, database, kind, state, sessions):
        arguments = [
            OURS, "-s", server.socket, "-n", str(database), "expire", "--where", FILTER, "--yes", "--at-most", str(sessions),
            "--settle", "0", "-q", *options,
        ]
        if kind == "tomcat":
            arguments += ["--max-inactive-interval", str(INTERVAL)]
        subprocess.run(arguments, check=True, env={"PATH": "/usr/bin:/bin", "XDG_STATE_HOME": state_path(state)})
        expect_ended(server, database, kind, sessions)

    return go


def state_path(state):
    return os.path.abspath(state)


def expect_ended(server, database, kind, sessions):
    """Whether each session was ended is looked at behind the clock: nothing counts that was not done."""
    client = server.client
    client.execute_command("SELECT", database)
    left = client.dbsize() if kind == "tomcat" else sum(1 for _ in client.scan_iter("*:expires:*", count=1000))
    client.execute_command("SELECT", 0)
    if left:
        raise SystemExit(f"{left} of {sessions} sessions are left")


def benchmark(mode):
    def go(server, database, kind, state, sessions):
        more = [state_path(state)] if mode == "keep" else []
        output = subprocess.run(
            [BENCHMARK, mode, server.socket, str(database), *more], check=True, capture_output=True, text=True
        ).stdout
        return int(output)

    return go


def shell(*limit):
    def go(server, database, kind, state, sessions):
        subprocess.run(["Tests/Benchmarks/scan-awk-pipe", server.socket, str(database), kind, *limit], check=True)
        expect_ended(server, database, kind, sessions)

    return go


WAYS = {
    "expire --no-undo": ours(["--no-undo"]),
    "expire": ours([]),
    "the scripts' calls alone": benchmark("evalsha"),
    "the archive alone": benchmark("keep"),
    "scan | awk | redis-cli --pipe": shell(),
    # Those that live for 30 days at most of 60 after the last use: the same sessions as the filter's.
    "scan | ttl | awk | redis-cli --pipe": shell(str(30 * 86_400 + 300)),
}


def spring(templates, numbers):
    """Last used 40 days ago, ending in 20: hash, shadow key, bucket and index as the indexed repository keeps them."""
    now = int(time.time() * 1000)
    accessed, interval = now - 40 * DAY, INTERVAL
    end = accessed + interval * 1000
    bucket = b"spring:session:expirations:%d" % ((end + 60_000) // 60_000 * 60_000)
    for number in numbers:
        session = dict(templates[number % len(templates)])
        name = (store.ID % number).encode()
        key = b"spring:session:sessions:" + name
        session[b"lastAccessedTime"] = session[b"lastAccessedTime"][:-8] + struct.pack(">q", accessed)
        session[b"maxInactiveInterval"] = session[b"maxInactiveInterval"][:-4] + struct.pack(">i", interval)
        user = b"user-%d" % (number % 50_000)
        session[b"sessionAttr:" + INDEX.encode()] = text(user)
        yield (
            store.command(b"HSET", key, *(part for field in session.items() for part in field))
            + store.command(b"PEXPIREAT", key, b"%d" % (end + 300_000))
            + store.command(b"SET", b"spring:session:sessions:expires:" + name, b"", b"PXAT", b"%d" % end)
            + store.command(b"SADD", bucket, text(b"expires:" + name))
            + store.command(b"SADD", b"spring:session:index:" + INDEX.encode() + b":" + user, text(name))
        )


def text(value):
    return b"\xac\xed\x00\x05t" + struct.pack(">H", len(value)) + value


def tomcat(templates, numbers):
    """Last used 40 days ago by what is left of their keys' lives."""
    for piece in store.tomcat(templates, numbers):
        yield piece.replace(b"$7\r\n%d\r\n" % store.TTL, b"$7\r\n%d\r\n" % (INTERVAL - 40 * 86_400))
