"""Sessions to migrate, made of those that real frameworks wrote: each with an id and a life of its own."""

import base64
import json
import os
import struct
import time

FIXTURES = os.path.join(os.path.dirname(__file__), "..", "..", "Fixtures")
STREAM = b"\xac\xed\x00\x05"
INTERVAL = 2_592_000
PREFIX = b"spring:session:"
INDEX = PREFIX + b"index:org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME:"
PRINCIPAL = b"org.springframework.session.FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME"
ATTRIBUTE = b"sessionAttr:"

TOMCAT = ("tomcat-redis-session-manager-2.0.0", ["login-alice-1", "lists", "cart", "maps", "sets", "login-bob"])
SPRING = ("spring-session-3.5.7-indexed", ["login-bob", "pojos", "datetime", "graphs", "id-changed", "empty"])
COUNTED = {"tomcat": (TOMCAT[0], ["login-alice-1"]), "spring": ("spring-session-2.7.4-indexed", ["login-alice-1"])}


class Template:
    """A session of the fixtures."""

    def __init__(self, session, content):
        self.id = session["id"].encode()
        self.names = [name.encode() for name in session["attributes"] or {}]
        self.principal = session.get("principal")
        self.content = content


def templates(store, labels):
    """The sessions of these labels, with the content of their own keys."""
    folder = os.path.join(FIXTURES, store)
    with open(os.path.join(folder, "expected.json")) as file:
        sessions = {session["label"]: session for session in json.load(file)}
    contents = {}
    with open(os.path.join(folder, "keys.jsonl")) as file:
        for record in map(json.loads, file):
            key = base64.b64decode(record["key_b64"])
            if record["type"] == "hash":
                contents[key] = {base64.b64decode(name): base64.b64decode(value) for name, value in record["fields_b64"]}
            elif record["type"] == "string":
                contents[key] = base64.b64decode(record["value_b64"])
    found = []
    for label in labels:
        name = sessions[label]["id"].encode()
        content = contents.get(name) or contents[PREFIX + b"sessions:" + name]
        found.append(Template(sessions[label], content))
    return found


def java_string(text):
    return STREAM + b"t" + struct.pack(">H", len(text)) + text


def bucket(end):
    """The minute in which the cleaner looks for a session of that end, in milliseconds."""
    return (end // 60_000 + 1) * 60_000


def with_long(value, number):
    """A serialized Long of another value."""
    return value[:-8] + struct.pack(">q", number)


class SpringSession:
    """An indexed session of Spring."""

    def __init__(self, template, number, accessed):
        self.id = b"00000000-0000-4000-8000-%012d" % number
        self.names = template.names
        self.principal = template.principal and template.principal.encode()
        self.accessed = accessed
        self.fields = dict(template.content)
        self.fields[b"lastAccessedTime"] = with_long(self.fields[b"lastAccessedTime"], accessed)
        interval = self.fields[b"maxInactiveInterval"]
        self.fields[b"maxInactiveInterval"] = interval[:-4] + struct.pack(">i", INTERVAL)

    @property
    def key(self):
        return PREFIX + b"sessions:" + self.id

    @property
    def end(self):
        return self.accessed + INTERVAL * 1000

    def commands(self):
        """What makes it, key by key, as the repository does."""
        shadow = PREFIX + b"sessions:expires:" + self.id
        minute = PREFIX + b"expirations:%d" % bucket(self.end)
        fields = [part for pair in self.fields.items() for part in pair]
        yield (b"HSET", self.key, *fields)
        yield (b"PEXPIREAT", self.key, self.end + 300_000)
        yield (b"SET", shadow, b"", b"PXAT", self.end)
        yield (b"SADD", minute, java_string(b"expires:" + self.id))
        yield (b"PEXPIREAT", minute, bucket(self.end) + 300_000)
        if self.principal:
            yield (b"SADD", INDEX + self.principal, java_string(self.id))


class TomcatSession:
    """A session of jcoleman's manager: one string."""

    def __init__(self, template, number, accessed):
        self.id = b"%032X" % (0xA0000000000000000000000000000000 + number)
        self.names = template.names
        self.principal = template.principal and template.principal.encode()
        self.accessed = accessed
        self.value = template.content.replace(template.id, self.id)

    @property
    def key(self):
        return self.id

    @property
    def end(self):
        return self.accessed + INTERVAL * 1000

    def commands(self):
        yield (b"SET", self.key, self.value, b"PXAT", self.end)


KINDS = {"spring": (SpringSession, SPRING), "tomcat": (TomcatSession, TOMCAT)}


def sessions(layout, count, counted=False):
    """So many sessions of a layout; with `counted` each has the attribute cartSize."""
    kind, source = KINDS[layout]
    patterns = templates(*(COUNTED[layout] if counted else source))
    now = int(time.time() * 1000)
    # Last used at different times of the last day, and never in the same millisecond.
    return [kind(patterns[i % len(patterns)], i, now - 1000 - i * 7919 % 86_400_000) for i in range(count)]
