"""An application that goes on using sessions while they are migrated."""

import random
import struct
import threading
import time

from .sessions import ATTRIBUTE, INTERVAL, PREFIX, bucket, java_string, with_long

COUNTER = b"cartSize"
# Sessions that are used far more often than others.
HOT = 200


def place_in_stream(value):
    """Where in the one stream of Tomcat the four bytes of the counter are."""
    at = value.index(java_string(COUNTER)[4:]) + 3 + len(COUNTER)
    assert value[at:at + 2] == b"sq", "the counter is no further Integer of the stream"
    return at + 6


def counter(layout, content):
    """The counter of a session as it is stored; None where it is not there."""
    if content is None:
        return None
    if layout == "spring":
        value = content.get(ATTRIBUTE + COUNTER) if isinstance(content, dict) else None
        return None if value is None else struct.unpack(">i", value[-4:])[0]
    at = place_in_stream(content)
    return struct.unpack(">i", content[at:at + 4])[0]


class Application:
    """Changes so many sessions a second at one server, as the repository or the manager does: not in one step.

    Each change has a greater counter than the one before. `last` is what was written last, and when.
    """

    def __init__(self, server, layout, sessions, rate=500, first=1, only_if_there=False, seed=1):
        self.client, self.layout, self.sessions, self.rate = server.client(), layout, sessions, rate
        self.only_if_there = only_if_there
        self.last = {}
        self.changes = 0
        self._next = first
        self._random = random.Random(seed)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self.failure = None

    def start(self):
        self._thread.start()
        return self

    def stop(self):
        self._stop.set()
        self._thread.join()
        if self.failure:
            raise self.failure

    def _work(self):
        began = time.monotonic()
        try:
            while not self._stop.is_set():
                due = int((time.monotonic() - began) * self.rate) - self.changes
                for _ in range(min(due, 50)):
                    self._change()
                time.sleep(0.002)
        except Exception as failure:  # it is raised where the thread is waited for
            self.failure = failure

    def _change(self):
        hot = self.sessions[:HOT] if self._random.random() < 0.3 else self.sessions
        session = self._random.choice(hot)
        self.changes += 1
        if self.only_if_there and self.client.call("EXISTS", self._key(session)) == 0:
            return
        number, self._next = self._next, self._next + 1
        now = int(time.time() * 1000)
        if self.layout == "spring":
            self._change_spring(session, number, now)
        else:
            self._change_tomcat(session, number, now)

    def _key(self, session):
        return PREFIX + b"sessions:" + session.id if self.layout == "spring" else session.id

    def _change_tomcat(self, session, number, now):
        value = session.value
        at = place_in_stream(value)
        value = value[:at] + struct.pack(">i", number) + value[at + 4:]
        # An application that has the session in its hands does not ask whether it is there still.
        way = (b"XX",) if self.only_if_there else ()
        done, _ = self.client.pipeline([
            (b"SET", session.key, value, *way), (b"PEXPIREAT", session.key, now + INTERVAL * 1000)])
        if done:
            self.last[session.id] = (number, time.time())

    def _change_spring(self, session, number, now):
        key, shadow = PREFIX + b"sessions:" + session.id, PREFIX + b"sessions:expires:" + session.id
        end = now + INTERVAL * 1000
        old, new = bucket(getattr(session, "used", session.accessed) + INTERVAL * 1000), bucket(end)
        fields = [
            b"lastAccessedTime", with_long(LONG, now), ATTRIBUTE + COUNTER, INTEGER + struct.pack(">i", number)]
        if self.only_if_there:
            if self.client.call("EVAL", IF_THERE, 1, key, *fields) == 0:
                return
            commands = []
        else:
            commands = [(b"HSET", key, *fields)]
        if old != new:
            commands.append((b"SREM", PREFIX + b"expirations:%d" % old, java_string(b"expires:" + session.id)))
        commands += [
            (b"SADD", PREFIX + b"expirations:%d" % new, java_string(b"expires:" + session.id)),
            (b"PEXPIREAT", PREFIX + b"expirations:%d" % new, new + 300_000),
            (b"APPEND", shadow, b""), (b"PEXPIREAT", shadow, end), (b"PEXPIREAT", key, end + 300_000)]
        self.client.all(commands)
        session.used = now
        self.last[session.id] = (number, time.time())


IF_THERE = "if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end return redis.call('HSET', KEYS[1], unpack(ARGV)) + 1"
LONG = (b"\xac\xed\x00\x05sr\x00\x0ejava.lang.Long;\x8b\xe4\x90\xcc\x8f#\xdf\x02\x00\x01J\x00\x05valuexr\x00\x10java.lang."
        b"Number\x86\xac\x95\x1d\x0b\x94\xe0\x8b\x02\x00\x00xp\x00\x00\x00\x00\x00\x00\x00\x00")
INTEGER = (b"\xac\xed\x00\x05sr\x00\x11java.lang.Integer\x12\xe2\xa0\xa4\xf7\x81\x878\x02\x00\x01I\x00\x05valuexr\x00\x10"
           b"java.lang.Number\x86\xac\x95\x1d\x0b\x94\xe0\x8b\x02\x00\x00xp")


class Watcher:
    """Looks all the time at the sessions that are used most: no counter may ever become smaller."""

    def __init__(self, server, layout, sessions):
        self.client, self.layout, self.sessions = server.client(), layout, sessions[:HOT]
        self.wrong = []
        self.looks = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)

    def start(self):
        self._thread.start()
        return self

    def stop(self):
        self._stop.set()
        self._thread.join()

    def _work(self):
        seen = {}
        while not self._stop.is_set():
            for session, found in zip(self.sessions, self._counters()):
                if found is not None:
                    if found < seen.get(session.id, found):
                        self.wrong.append("%s: %d after %d" % (session.id.decode(), found, seen[session.id]))
                    seen[session.id] = found
            self.looks += 1
            time.sleep(0.005)

    def _counters(self):
        if self.layout == "spring":
            values = self.client.pipeline([
                ("HGET", PREFIX + b"sessions:" + session.id, ATTRIBUTE + COUNTER) for session in self.sessions])
            return [None if value is None else struct.unpack(">i", value[-4:])[0] for value in values]
        return [counter("tomcat", value) for value in self.client.pipeline([("GET", s.id) for s in self.sessions])]
