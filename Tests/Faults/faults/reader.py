"""An independent reader: which keys a database has, and whether each session in it is whole, by the layouts' own rules."""

import struct

from .sessions import ATTRIBUTE, INDEX, INTERVAL, PREFIX, PRINCIPAL, STREAM, bucket, java_string

SESSIONS, SHADOWS, MINUTES = PREFIX + b"sessions:", PREFIX + b"sessions:expires:", PREFIX + b"expirations:"
READ = {"string": "GET", "hash": "HGETALL", "set": "SMEMBERS"}


def everything(server):
    """All keys with their content and their end."""
    with server.client() as client:
        keys, cursor = [], b"0"
        while True:
            cursor, some = client.call("SCAN", cursor, "COUNT", 1000)
            keys += some
            if cursor == b"0":
                break
        keys = sorted(set(keys))
        types = client.pipeline([("TYPE", key) for key in keys])
        found = {}
        for start in range(0, len(keys), 2000):
            some = list(zip(keys, types))[start:start + 2000]
            replies = client.pipeline([
                command for key, kind in some for command in ((READ[kind.decode()], key), ("PEXPIRETIME", key))])
            for (key, kind), content, end in zip(some, replies[::2], replies[1::2]):
                found[key] = (_content(kind, content), end)
        return found


def _content(kind, content):
    if kind == b"hash":
        return dict(zip(content[::2], content[1::2]))
    return frozenset(content) if kind == b"set" else content


def groups(keys):
    """The keys of each session, by its id, and what belongs to none."""
    found, strays = {}, []

    def add(name, part, value):
        found.setdefault(name, {})[part] = value

    for key, (content, end) in keys.items():
        if key.startswith(SHADOWS):
            add(key[len(SHADOWS):], "shadow", (content, end))
        elif key.startswith(SESSIONS):
            add(key[len(SESSIONS):], "own", (content, end))
        elif key.startswith(MINUTES):
            for member in content:
                name = _text(member)
                if name is None or not name.startswith(b"expires:"):
                    strays.append((key, member))
                else:
                    add(name[8:], "minute", int(key[len(MINUTES):]))
        elif key.startswith(INDEX):
            for member in content:
                name = _text(member)
                if name is None:
                    strays.append((key, member))
                else:
                    add(name, "principal", key[len(INDEX):])
        elif isinstance(content, bytes):
            add(key, "own", (content, end))
        else:
            strays.append((key, content))
    for name, group in list(found.items()):
        # A set that a session is in must not end before it.
        if "minute" in group and "own" in group:
            end = keys[MINUTES + b"%d" % group["minute"]][1]
            if end != -1 and end < group["own"][1] - 300_000:
                strays.append((name, "its minute ends too early"))
    return found, strays


def _text(member):
    if not member.startswith(STREAM + b"t") or len(member) < 7:
        return None
    (length,) = struct.unpack_from(">H", member, 5)
    return member[7:] if len(member) == 7 + length else None


def problem(layout, session, group):
    """What is wrong with a session in a layout; None where it is whole."""
    if "own" not in group:
        return "it has no key of its own, but " + ", ".join(sorted(group))
    if layout == "tomcat":
        return _tomcat(session, group)
    return _spring(session, group)


def _tomcat(session, group):
    value, end = group["own"]
    if set(group) != {"own"}:
        return "keys of another layout are beside it"
    if not isinstance(value, bytes) or not value.startswith(STREAM + b"sr\x00\x44com.orangefunction"):
        return "its value is not that of a session"
    if value[-10:-8] != b"w\x08":
        return "its value has no end"
    if java_string(session.id)[4:] not in value:
        return "its value has not its id"
    missing = [name for name in session.names if java_string(name)[4:] not in value]
    if missing:
        return "its value lacks %r" % missing
    return None if abs(end - session.end) < 2000 else "it ends at %d, not at %d" % (end, session.end)


def _spring(session, group):
    fields, end = group["own"]
    if not isinstance(fields, dict):
        return "its key is no hash"
    wanted = {b"creationTime", b"lastAccessedTime", b"maxInactiveInterval"} | {ATTRIBUTE + name for name in session.names}
    missing = wanted - set(fields)
    if missing:
        return "its hash lacks %r" % sorted(missing)
    accessed = struct.unpack(">q", fields[b"lastAccessedTime"][-8:])[0]
    interval = struct.unpack(">i", fields[b"maxInactiveInterval"][-4:])[0]
    if abs(accessed - session.accessed) > 2000 or interval != INTERVAL:
        return "its times are %d and %d" % (accessed, interval)
    if abs(end - session.end - 300_000) > 2000:
        return "its hash ends at %d, not at %d" % (end, session.end + 300_000)
    if "shadow" not in group or abs(group["shadow"][1] - session.end) > 2000 or group["shadow"][0] != b"":
        return "its shadow key is %r" % (group.get("shadow"),)
    if group.get("minute") != bucket(accessed + interval * 1000):
        return "it is in the minute %r" % group.get("minute")
    principal = fields.get(ATTRIBUTE + PRINCIPAL)
    named = _text(principal) if principal else None
    if named != group.get("principal"):
        return "it is in the index of %r, and is of %r" % (group.get("principal"), named)
    return None


def is_same(one, other):
    """Whether two groups are the same; ends may differ by what reading them by PTTL costs."""
    if one is None or other is None or set(one) != set(other):
        return False
    return all(_is_same(one[part], other[part]) for part in one)


def _is_same(one, other):
    if not isinstance(one, tuple):
        return one == other
    return one[0] == other[0] and abs(one[1] - other[1]) <= 5
