"""A server that refuses from the n-th command on, a full disk, and somebody else's keys in between."""

import resource

from . import reader
from .interruptions import STATUSES
from .migration import Problem, difference
from .sessions import PREFIX

# What is sent to the server before the n-th command reaches it, and afterwards, when all is well again.
STATES = {
    "OOM": ([("CONFIG", "SET", "maxmemory", "1")], [("CONFIG", "SET", "maxmemory", "0")]),
    "READONLY": ([("REPLICAOF", "127.0.0.1", "1")], [("REPLICAOF", "NO", "ONE")]),
    "NOPERM to write": ([("ACL", "SETUSER", "default", "-@write")], [("ACL", "SETUSER", "default", "+@all")]),
    "NOPERM to run scripts": ([("ACL", "SETUSER", "default", "-@scripting")], [("ACL", "SETUSER", "default", "+@all")]),
    "NOPERM to SADD": ([("ACL", "SETUSER", "default", "-sadd", "-srem")], [("ACL", "SETUSER", "default", "+@all")]),
    "NOPERM to PEXPIREAT": ([("ACL", "SETUSER", "default", "-pexpireat", "-unlink")], [("ACL", "SETUSER", "default", "+@all")]),
    "NOPERM to RESTORE": ([("ACL", "SETUSER", "default", "-restore", "-unlink")], [("ACL", "SETUSER", "default", "+@all")]),
    "NOPERM to SET": (
        [("ACL", "SETUSER", "default", "-restore", "-set", "-srem")], [("ACL", "SETUSER", "default", "+@all")]),
    "NOPERM to keys": (
        [("ACL", "SETUSER", "default", "resetkeys", "~*sessions*", "~[0-9A-F]*")],
        [("ACL", "SETUSER", "default", "allkeys")]),
    "NOPERM to read": ([("ACL", "SETUSER", "default", "-@read")], [("ACL", "SETUSER", "default", "+@all")]),
}
# Rights that are taken away while a script runs leave it in its middle: they are looked at before the first.
FROM_THE_START = {"NOPERM to SADD", "NOPERM to PEXPIREAT", "NOPERM to RESTORE", "NOPERM to SET"}
# What does not take turns with the others: it is not set off by commands.
APART = [*sorted(FROM_THE_START), "MISCONF", "disk of the program full"]
KINDS = [*STATES, "MISCONF", "disk of the server full", "BUSYKEY", "LOGOUT", "disk of the program full"]

if not hasattr(resource, "prlimit"):
    # Where the size of files cannot be limited for another process, disks are never full.
    KINDS = [kind for kind in KINDS if not kind.startswith("disk")]
    APART = [kind for kind in APART if not kind.startswith("disk")]


def run(migration, kind, side, number):
    """One case; false where the program came to its end before the n-th command, or it would be one that was tried."""
    if kind == "disk of the program full":
        return side == "target" and _program_disk(migration, number)
    if kind == "BUSYKEY":
        return side == "target" and _busy_key(migration, number)
    if kind == "LOGOUT":
        return side == "source" and _logout(migration, number)
    if kind == "MISCONF":
        return _misconf(migration, side, number)
    if kind in FROM_THE_START and number > 1:
        return False
    disk = kind == "disk of the server full"
    migration.reset(anew=disk)
    server = migration.servers[side]
    with server.client() as client:

        def hook():
            if disk:
                server.fill_disk(number * 37 % 400)
            else:
                client.all(STATES[kind][0])

        status, text, fired = _run(migration, side, "latency ms=0 after-cmds=%d scope=all" % number, hook)
        if disk:
            server.empty_disk()
        else:
            client.all(STATES[kind][1])
    return _check(migration, status, text, fired)


def _run(migration, side, rule, hook):
    proxy = migration.proxies[side]
    proxy.arm([rule], 1, hook)
    process, errors = migration.start("migrate", migration.home + "/report.jsonl")
    status, text = migration.wait(process, errors)
    fired = proxy.fired
    migration.proxies["source"].disarm()
    migration.proxies["target"].disarm()
    return status, text, fired


def _check(migration, status, text, fired):
    if fired is None:
        return False
    if status not in STATUSES:
        raise Problem("status %d: %s" % (status, text))
    try:
        migration.check_interrupted(status, migration.report(), False)
        migration.check_completes()
    except Problem as problem:
        raise Problem("%s (at %s; status %d: %s)" % (problem, fired.get("cmd", "a reply"), status, text.strip())) from None
    return True


def _misconf(migration, side, number):
    """As a server answers to all writes that cannot save its data."""
    migration.reset()
    rule = "error after-cmds=%d cmd=EVALSHA,EVAL times=0 text=MISCONF~Redis~is~configured~to~save~RDB~snapshots" % number
    return _check(migration, *_run(migration, side, rule, None))


def _busy_key(migration, number):
    """Somebody else takes the key of a session at the target: it stays, and the session is named."""
    migration.reset()
    session = migration.sessions[number % len(migration.sessions)]
    key = PREFIX + b"sessions:" + session.id if migration.target_layout == "spring" else session.id
    with migration.servers["target"].client() as client:

        def hook():
            client.all([("DEL", key), ("HSET", key, "mine", "1")])

        status, text, fired = _run(migration, "target", "latency ms=0 after-cmds=%d scope=all" % number, hook)
        if fired is None:
            return False
        own = client.call("HGETALL", key)
        if own != [b"mine", b"1"]:
            raise Problem("somebody else's key %s was written over: %r; %s" % (key.decode(), own, text))
        if status not in STATUSES:
            raise Problem("status %d: %s" % (status, text))
        source = migration._groups("source")
        outcome = migration.report().get(session.id)
        # Where it comes after the last look at the key, it is as if it had come after the end.
        if session.id not in source and outcome != "moved":
            raise Problem("%s is nowhere, and is said to be %s" % (session.id.decode(), outcome))
        client.call("DEL", key)
        if session.id not in source:
            return True
        migration.check_interrupted(status, {**migration.report(), session.id: None}, False, {session.id})
        migration.check_completes(["--anew"])
    return True


def _logout(migration, number):
    """The application ends a session at the source: at the target it is as it was, with its end, or it is not."""
    migration.reset()
    session = migration.sessions[number % len(migration.sessions)]
    removal = [("DEL", command[1]) for command in session.commands() if command[0] in (b"HSET", b"SET")] + [
        ("SREM", *command[1:]) for command in session.commands() if command[0] == b"SADD"]
    with migration.servers["source"].client() as client:
        status, text, fired = _run(
            migration, "source", "latency ms=0 after-cmds=%d scope=all" % number, lambda: client.all(removal))
    if fired is None:
        return False
    if status not in STATUSES:
        raise Problem("status %d: %s" % (status, text))
    status, text, _ = migration.run("migrate")
    if status != 0:
        raise Problem("the same command: status %d: %s" % (status, text))
    target = migration._groups("target")
    for one in migration.sessions:
        there = target.get(one.id)
        if not reader.is_same(there, migration.wanted[one.id]) and (there is not None or one is not session):
            raise Problem("%s, %s logged out, at the target: %s" % (
                one.id.decode(), session.id.decode(), difference(migration.wanted[one.id], there)))
    return True


def _program_disk(migration, number):
    """The program's own files, its journal among them, cannot grow above so many bytes."""
    migration.reset()
    size = (number - 1) * 8192
    status, text, report = migration.run("migrate", file_size=size)
    if status not in STATUSES:
        raise Problem("%d bytes: status %d: %s" % (size, status, text))
    try:
        migration.check_interrupted(status, report, False)
        migration.check_completes()
    except Problem as problem:
        raise Problem("%d bytes: %s (status %d: %s)" % (size, problem, status, text.strip())) from None
    return size < 1 << 18
