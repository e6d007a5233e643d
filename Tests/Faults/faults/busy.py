"""Migrations while an application changes sessions."""

import functools
import time

from . import reader
from .application import Application, Watcher, counter
from .migration import Migration, Problem

NOT_DONE = {"changed", "conflict", "failed", "unknown", "left", "skipped", "refused"}
# In seconds: what is changed after the program's last look, while it ends, it cannot know of.
MOMENT = 0.05


def cases(program, count, rate=500):
    """What is to be run, each of which says what it did, or raises its problem."""
    for job in ("tomcat-spring", "spring-copy"):
        for until in ("half", "end"):
            yield functools.partial(_at_source, program, job, count, rate, until)
        yield functools.partial(_at_target, program, job, count, rate)
    for job in ("tomcat-spring-move", "spring-move"):
        yield functools.partial(_moving, program, job, count, rate)


class Bench(Migration):
    """A migration of sessions with a counter, straight to the servers."""

    def __init__(self, program, job, count):
        super().__init__(program, job, count, counted=True)
        self.users = []
        for side, proxy in self.proxies.items():
            proxy.end()
            proxy.port = self.servers[side].port
        self.reset()

    def begin(self, user):
        """Starts an application or a watcher, which ends with the bench at the latest."""
        self.users.append(user)
        return user.start()

    def end(self):
        for user in self.users:
            user.stop()
        super().end()

    def counters(self, side):
        layout = self.source_layout if side == "source" else self.target_layout
        groups = self._groups(side)
        return {session.id: counter(layout, groups[session.id]["own"][0] if "own" in groups.get(session.id, {}) else None)
                for session in self.sessions}

    def verify(self):
        status, errors, _ = self.run("verify")
        if status != 0:
            raise Problem("verify: status %d: %s" % (status, errors[:2000]))


def _at_source(program, job, count, rate, until):
    bench = Bench(program, job, count)
    try:
        application = bench.begin(Application(bench.servers["source"], bench.source_layout, bench.sessions, rate))
        watcher = bench.begin(Watcher(bench.servers["target"], bench.target_layout, bench.sessions))
        time.sleep(0.2)
        began = time.monotonic()
        process, errors = bench.start("migrate", bench.home + "/report.jsonl")
        if until == "half":
            with bench.servers["target"].client() as client:
                while process.poll() is None and client.call("EXISTS", *_keys(bench)) < 10:
                    time.sleep(0.002)
            application.stop()
        status, text = bench.wait(process, errors, 300)
        seconds, ended = time.monotonic() - began, time.time()
        if until == "end":
            application.stop()
        _check_last(bench, application, status, text, until, ended - MOMENT)
        changes = "%d sessions, %d changes until the %s, %.1f s, status %d" % (
            count, application.changes, until, seconds, status)
        status, text, _ = bench.run("migrate")
        if status != 0:
            raise Problem("%s, the same command: status %d: %s" % (job, status, text))
        _check_last(bench, application, status, text, until, ended + MOMENT)
        watcher.stop()
        if watcher.wrong:
            raise Problem("%s: an older value over a newer: %s" % (job, watcher.wrong[:3]))
        bench.verify()
        return "%s at the source: %s, looked %d times" % (job, changes, watcher.looks)
    finally:
        bench.end()


def _keys(bench):
    """Keys of the target that come with some of the sessions in the middle."""
    prefix = b"spring:session:sessions:" if bench.target_layout == "spring" else b""
    return [prefix + session.id for session in bench.sessions[::max(1, len(bench.sessions) // 20)]]


def _check_last(bench, application, status, text, until, end):
    """The last change of each session is at the target, or its id is reported, unless it came after the end."""
    there, report = bench.counters("target"), bench.report()
    missing = []
    for session in bench.sessions:
        number, at = application.last.get(session.id, (None, 0))
        found = there[session.id]
        if number is not None and found is not None and found > number:
            raise Problem("%s has a value that nobody wrote" % session.id.decode())
        if found == number or number is None and found is not None:
            continue
        if at < end and report.get(session.id) not in NOT_DONE:
            missing.append((session.id.decode(), found, number, report.get(session.id), at))
    if missing:
        raise Problem("%s, changed until the %s: the last change of %d sessions is neither at the target nor reported (status %d): %s\n%s" % (
            bench.name, until, len(missing), status, missing[:3], text))


def _at_target(program, job, count, rate):
    """The first run has been, applications use both sides: what is newer at the target stays."""
    bench = Bench(program, job, count)
    try:
        status, text, _ = bench.run("migrate")
        if status != 0:
            raise Problem("%s: status %d: %s" % (job, status, text))
        late = [session for index, session in enumerate(bench.sessions) if index % 2]
        old = bench.begin(Application(bench.servers["source"], bench.source_layout, bench.sessions, rate, seed=3))
        new = bench.begin(
            Application(bench.servers["target"], bench.target_layout, late, rate, first=1_000_000, seed=2))
        watcher = bench.begin(Watcher(bench.servers["target"], bench.target_layout, late))
        time.sleep(1)
        results = []
        for more in ([], ["--on-conflict", "newer"], ["--on-conflict", "skip"], ["--anew"]):
            status, text, _ = bench.run("migrate", more)
            results.append(status)
            if status not in (0, 5):
                raise Problem("%s %s: status %d: %s" % (job, more, status, text))
            if more == ["--on-conflict", "newer"]:
                # Both are used: what was used last takes the place, and the counter of the source is a smaller one.
                newer = bench.ever
        old.stop()
        new.stop()
        watcher.stop()
        there = bench.counters("target")
        wrong = [(session.id.decode(), there[session.id], new.last[session.id]) for session in late
                 if session.id in new.last and session.id not in newer and there[session.id] != new.last[session.id][0]]
        if wrong:
            raise Problem("%s: %d newer values were written over: %s" % (job, len(wrong), wrong[:3]))
        return "%s at the target: %d sessions, %d and %d changes, statuses %s" % (
            job, count, old.changes, new.changes, results)
    finally:
        bench.end()


def _moving(program, job, count, rate):
    """What is used while it is to be moved is moved as it is then, or stays."""
    bench = Bench(program, job, count)
    try:
        application = bench.begin(
            Application(bench.servers["source"], bench.source_layout, bench.sessions, rate, only_if_there=True))
        time.sleep(0.2)
        status, text, report = bench.run("migrate")
        application.stop()
        if status not in (0, 5):
            raise Problem("%s: status %d: %s" % (job, status, text))
        here, there = bench.counters("source"), bench.counters("target")
        for session in bench.sessions:
            number = application.last.get(session.id, (None, 0))[0]
            values = (here[session.id], there[session.id])
            if number is not None and number not in values or values == (None, None):
                raise Problem("%s: %s has %r, and was changed to %r; it is said to be %s" % (
                    job, session.id.decode(), values, number, report.get(session.id)))
            if here[session.id] is not None and report.get(session.id) in ("moved", "unneeded"):
                raise Problem("%s: %s is said to be moved and is not" % (job, session.id.decode()))
        status, text, _ = bench.run("migrate")
        if status != 0:
            raise Problem("%s, the same command: status %d: %s" % (job, status, text))
        there = bench.counters("target")
        for name, (number, _) in application.last.items():
            if there[name] != number:
                raise Problem("%s: %s has %r, and was changed to %d" % (job, name.decode(), there[name], number))
        return "%s: %d sessions, %d changes" % (job, count, application.changes)
    finally:
        bench.end()
