"""Carrying sessions to another server: ours with and without the read-back, redis-cli with the same writes, and Python's pipelines."""

import os
import subprocess
import sys
import tempfile
import time

import corpus
import listing
import store

OURS = ".build/release/sessionctl"
PYTHON = "Tests/Benchmarks/python/pipeline_migrate.py"
TO_SPRING = ["--to", "spring", "--spring-version", "2.7", "--max-inactive-interval", str(store.TTL)]
# As many as javaobj decodes in a reasonable time.
DECODED = 2_000


def run(work, sessions):
    templates = corpus.read(f"{work}/tomcat.sessions")
    with store.PrivateRedis() as source:
        source.load(0, store.tomcat(templates, range(sessions)))
        for title, options, mode in [
            ("Tomcat to Spring, indexed", TO_SPRING, "spring"), ("Tomcat as it is", [], "copy")
        ]:
            compare(source, title, options, mode, sessions)


def compare(source, title, options, mode, sessions):
    print(f"\nmigrate: {sessions} sessions, {title} (sessions/s, target busy, MB resident)")
    with tempfile.NamedTemporaryFile(dir=".build", suffix=".writes") as writes:
        rates = {
            "migrate": ours(source, options, sessions, None),
            "migrate --no-read-back": ours(source, [*options, "--no-read-back"], sessions, writes),
            "redis-cli --pipe of the writes": pipe(writes.name, sessions),
            "a Python pipeline": python(source, mode, sessions),
        }
    for name, (rate, busy, memory) in rates.items():
        print(f"  {name:36}{rate:12.0f}{busy:13.0%}{memory:13.1f}")
    for name, other in [
        ("migrate --no-read-back", "redis-cli --pipe of the writes"), ("migrate", "migrate --no-read-back"),
        ("migrate --no-read-back", "a Python pipeline"), ("migrate", "a Python pipeline"),
    ]:
        print(f"  {name + ' / ' + other:66}{rates[name][0] / rates[other][0]:7.2f}")


def measured(target, sessions, command, expected, **options):
    """Sessions a second, the part of the time in which the target worked, and the most memory that the program held."""
    before, start, memory = target.busy(), time.perf_counter(), 0
    process = subprocess.Popen(command, **options)
    while not listing.ended_within(process, 0.02):
        memory = max(memory, listing.peak_memory(process.pid))
    seconds = time.perf_counter() - start
    if process.returncode or not expected(target.client):
        ending = f"{command[:2]} ended with {process.returncode}"
        raise SystemExit(f"{ending}, and {target.client.dbsize()} keys are at the target")
    return sessions / seconds, (target.busy() - before) / seconds, memory


def ours(source, options, sessions, writes):
    with store.PrivateRedis() as target, tempfile.TemporaryDirectory(dir=".build") as state:
        command = [
            OURS, "migrate", "unix://" + source.socket, "unix://" + target.socket, "--yes", "--at-most", str(sessions), "-q",
            *options,
        ]
        result = measured(
            target, sessions, command, lambda client: client.dbsize() >= sessions,
            env={"PATH": "/usr/bin:/bin", "XDG_STATE_HOME": os.path.abspath(state)})
        if writes:
            write_again(target.client, writes)
        return result


def write_again(client, file):
    """The commands by which what lies at the target would be written by hand, a session's together as they were sent."""
    batch = []
    for key in client.scan_iter(count=1000):
        batch.append(key)
        if len(batch) == 1000:
            put(client, batch, file)
            batch = []
    put(client, batch, file)
    file.flush()


def put(client, keys, file):
    pipeline = client.pipeline(transaction=False)
    for key in keys:
        pipeline.type(key)
        pipeline.pexpiretime(key)
    answers = pipeline.execute()
    for key, kind, end in zip(keys, answers[::2], answers[1::2]):
        read = {b"string": "GET", b"hash": "HGETALL", b"set": "SMEMBERS"}[kind]
        pipeline.execute_command(read, key)
    for key, kind, end, value in zip(keys, answers[::2], answers[1::2], pipeline.execute()):
        if kind == b"string":
            file.write(store.command(b"SET", key, value, b"PXAT", b"%d" % end))
        elif kind == b"hash":
            file.write(store.command(b"HSET", key, *(part for field in value.items() for part in field)))
            file.write(store.command(b"PEXPIREAT", key, b"%d" % end))
        else:
            # Each session adds its own member, as a migration does.
            for member in value:
                file.write(store.command(b"SADD", key, member))
            if end > 0:
                file.write(store.command(b"PEXPIREAT", key, b"%d" % end))


def pipe(path, sessions):
    with store.PrivateRedis() as target, open(path, "rb") as writes:
        return measured(
            target, sessions, ["redis-cli", "-s", target.socket, "--pipe"], lambda client: client.dbsize() >= sessions,
            stdin=writes, stdout=subprocess.DEVNULL)


def python(source, mode, sessions):
    count = sessions if mode == "copy" else min(sessions, DECODED)
    with store.PrivateRedis() as target:
        command = [sys.executable, PYTHON, source.socket, target.socket, mode, str(count)]
        return measured(target, count, command, lambda client: client.dbsize() >= count)
