"""One migration of a run: its servers, their proxies, and the program with a state of its own."""

import json
import os
import resource
import shutil
import signal
import subprocess
import tempfile
import threading

from . import reader
from .proxy import FaultProxy
from .servers import FOLDER, Server
from .sessions import INTERVAL, sessions

# From, to, what is asked for.
JOBS = {
    "tomcat-spring": ("tomcat", "spring", ["--to", "spring", "--max-inactive-interval", str(INTERVAL)], []),
    "spring-tomcat": ("spring", "tomcat", ["--to", "tomcat"], []),
    "spring-copy": ("spring", "spring", [], []),
    "spring-move": ("spring", "spring", [], ["--move"]),
    "tomcat-spring-move": (
        "tomcat", "spring", ["--to", "spring", "--max-inactive-interval", str(INTERVAL)], ["--move"]),
}

# What may be called although nothing is written.
READING = set(
    "acl|cat acl|whoami client|id client|list client|setinfo client|setname client|tracking command command|docs config|get dbsize dump "
    "exists get getrange hello hget hgetall hlen hmget hscan hstrlen info memory|usage mget ping pexpiretime pttl "
    "pubsub|numpat pubsub|numsub scan select sismember smembers smismember sscan strlen subscribe time ttl type "
    "unsubscribe zmscore zrange zscan zscore auth expiretime object|encoding role cluster|info lastsave quit scard hkeys hexists".split())


class Problem(Exception):
    """What the program did wrong."""


class Migration:
    """Servers and proxies of one worker; sessions are put there anew for each case."""

    def __init__(self, program, name, count, counted=False):
        self.program, self.name, self.count = program, name, count
        self.source_layout, self.target_layout, self.layout, self.more = JOBS[name]
        self.moves = "--move" in self.more
        self.servers = {"source": Server(), "target": Server()}
        self.proxies = {side: FaultProxy(server.port) for side, server in self.servers.items()}
        self.sessions = sessions(self.source_layout, count, counted)
        self.home = None
        self.cases = 0
        self.wanted = None if counted else self._undisturbed()

    def end(self):
        for proxy in self.proxies.values():
            proxy.end()
        for server in self.servers.values():
            server.end()
        if self.home:
            shutil.rmtree(self.home, ignore_errors=True)

    # What is there before and after.

    def reset(self, anew=False):
        """The sessions at the source, nothing at the target, and a program that knows of nothing."""
        self.cases += 1
        for server in self.servers.values():
            if anew or self.cases % 200 == 0 or not server.is_running:
                server.renew()
            else:
                with server.client() as client:
                    client.all([("FLUSHALL",), ("SCRIPT", "FLUSH")])
        with self.servers["source"].client() as client:
            client.all([command for session in self.sessions for command in session.commands()])
        if self.home:
            shutil.rmtree(self.home)
        self.home = tempfile.mkdtemp(prefix="sessionctl-faults-home-", dir=FOLDER)
        self.before = self._groups("source")

    def _groups(self, side):
        groups, strays = reader.groups(reader.everything(self.servers[side]))
        groups["strays"] = strays
        return groups

    def _undisturbed(self):
        """What each session is at the target where nothing goes wrong."""
        self.reset()
        for proxy in self.proxies.values():
            proxy.count()
        status, errors, _ = self.run("migrate")
        if status != 0:
            raise Problem("undisturbed: status %d: %s" % (status, errors))
        for proxy in self.proxies.values():
            proxy.settle()
        self.commands = {side: proxy.commands for side, proxy in self.proxies.items()}
        target = self._groups("target")
        for session in self.sessions:
            self._require(session, target.get(session.id), "target", self.target_layout)
        if self.moves and set(self._groups("source")) != {"strays"}:
            raise Problem("undisturbed: something is left at the source")
        return target

    def _require(self, session, group, side, layout):
        wrong = "it is not there" if group is None else reader.problem(layout, session, group)
        if wrong:
            raise Problem("%s at the %s: %s" % (session.id.decode(), side, wrong))

    # The program.

    def start(self, command, report=None, more=(), file_size=None):
        """Starts the program; its own files may grow to `file_size` alone."""
        stores = ["redis://127.0.0.1:%d/0" % self.proxies[side].port for side in ("source", "target")]
        words = [self.program, command, *stores, *self.layout]
        if command == "migrate":
            words += [*self.more, "--yes", "--at-most", str(self.count), *more]
            if report:
                words += ["--report", report]
        environment = {"PATH": "/usr/bin:/bin", "HOME": self.home, "XDG_STATE_HOME": self.home, "TMPDIR": self.home}
        errors = open(os.path.join(self.home, "errors"), "w+")
        process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=errors, stderr=errors, env=environment,
            restore_signals=file_size is None)
        if file_size is not None:
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (file_size, resource.RLIM_INFINITY))
        return process, errors

    def wait(self, process, errors, seconds=60):
        # A wait with a time limit would look in steps of up to 50 ms.
        watch = threading.Timer(seconds, process.send_signal, [signal.SIGABRT])
        watch.start()
        status = process.wait()
        watch.cancel()
        if status == -signal.SIGABRT:
            raise Problem("the program did not end within %d s" % seconds)
        with errors:
            errors.seek(0)
            return status, errors.read()

    def run(self, command, more=(), file_size=None):
        report = os.path.join(self.home, "report.jsonl")
        if os.path.exists(report):
            os.remove(report)
        status, errors = self.wait(*self.start(command, report, more, file_size))
        return status, errors, self.report(report)

    def report(self, path=None):
        """What the program said of each session last, by its id; `ever` is all of which it once said that they were written."""
        path = path or os.path.join(self.home, "report.jsonl")
        outcomes, self.ever = {}, set()
        if os.path.exists(path):
            with open(path) as file:
                for line in file:
                    if line.endswith("\n"):
                        record = json.loads(line)
                        if "outcome" in record:
                            name = str(record.get("id")).encode()
                            outcomes[name] = record["outcome"]
                            if record["outcome"] == "migrated":
                                self.ever.add(name)
        return outcomes

    # What must be so after each interruption.

    def check_interrupted(self, status, report, is_garbled, tolerated=frozenset()):
        """Each session is whole at one of the sides, nothing is in halves, and the report and the status say no more than is so.

        `tolerated` are ids that somebody else wrote at the target.
        """
        source, target = self._groups("source"), self._groups("target")
        names = {session.id for session in self.sessions}
        if not is_garbled:
            self._no_strays(source, target, names)
        for session in self.sessions:
            self._check_one(session, source, target, report, is_garbled, tolerated)
        if status == 0 and not is_garbled and not tolerated:
            missing = [name for name in names if not reader.is_same(target.get(name), self.wanted[name])]
            if missing:
                raise Problem("status 0, and %s is not at the target" % missing[0].decode())

    def _no_strays(self, source, target, names):
        for side, groups in (("source", source), ("target", target)):
            if groups["strays"]:
                raise Problem("at the %s: %r" % (side, groups["strays"][0]))
            others = set(groups) - names - {"strays"}
            if others:
                raise Problem("at the %s there is %r" % (side, sorted(others)[0]))

    def _check_one(self, session, source, target, report, is_garbled, tolerated):
        here, there = source.get(session.id), target.get(session.id)
        is_there = there is not None and reader.is_same(there, self.wanted[session.id])
        name = session.id.decode()
        if here is not None and not reader.is_same(here, self.before[session.id]):
            raise Problem("%s is not what it was at the source: %s" % (name, difference(self.before[session.id], here)))
        if here is None and not is_there:
            raise Problem("%s is nowhere: at the target %s" % (name, difference(self.wanted[session.id], there)))
        if here is None and not self.moves:
            raise Problem("%s is gone from the source" % name)
        if is_garbled or session.id in tolerated:
            return
        if there is not None and not is_there:
            raise Problem("%s is in halves at the target: %s" % (name, difference(self.wanted[session.id], there)))
        outcome = report.get(session.id)
        if outcome in ("migrated", "moved", "unneeded") and not is_there:
            raise Problem("%s is said to be %s, and is not at the target" % (name, outcome))
        if outcome == "moved" and here is not None:
            raise Problem("%s is said to be moved, and is at the source" % name)

    def check_completes(self, more=(), strays_may_be=False):
        """The same command completes, once more writes nothing, and verify finds nothing."""
        for proxy in self.proxies.values():
            proxy.disarm()
        status, errors, _ = self.run("migrate", more)
        if status != 0:
            raise Problem("the same command: status %d: %s" % (status, errors))
        source, target = self._groups("source"), self._groups("target")
        if not strays_may_be:
            self._no_strays(source, target, {session.id for session in self.sessions})
        for session in self.sessions:
            if not reader.is_same(target.get(session.id), self.wanted[session.id]):
                raise Problem("%s after the same command: %s; it said: %s" % (
                    session.id.decode(), difference(self.wanted[session.id], target.get(session.id)), errors))
            if self.moves and session.id in source:
                raise Problem("%s is still at the source after the same command" % session.id.decode())
        self._writes_nothing(more)
        if not self.moves:
            status, errors, _ = self.run("verify")
            if status != 0 and not strays_may_be:
                raise Problem("verify: status %d: %s" % (status, errors))

    def _writes_nothing(self, more):
        before = {side: self._calls(side) for side in self.servers}
        status, errors, _ = self.run("migrate", [word for word in more if word != "--anew"])
        if status != 0:
            raise Problem("once more: status %d: %s" % (status, errors))
        for side in self.servers:
            written = {name: calls for name, calls in self._calls(side).items()
                       if calls != before[side].get(name) and name not in READING}
            if written:
                raise Problem("once more wrote to the %s: %r; it said: %s" % (side, written, errors))

    def _calls(self, side):
        with self.servers[side].client() as client:
            lines = client.call("INFO", "commandstats").decode().split("\r\n")
        pairs = (line[8:].split(":calls=") for line in lines if line.startswith("cmdstat_"))
        return {name: rest.split(",")[0] for name, rest in pairs}


def difference(wanted, found):
    """Which parts of a key group are not as they should be."""
    if found is None:
        return "nothing"
    parts = []
    for part in sorted(set(wanted) | set(found)):
        one, other = wanted.get(part), found.get(part)
        if one == other:
            continue
        if isinstance(one, tuple) and isinstance(other, tuple) and isinstance(one[0], dict) and isinstance(other[0], dict):
            names = {name for name in set(one[0]) | set(other[0]) if one[0].get(name) != other[0].get(name)}
            parts.append("%s: fields %r, end %r for %r" % (part, sorted(names), other[1], one[1]))
        else:
            parts.append("%s: %.120r for %.120r" % (part, other, one))
    return "; ".join(parts) or "the same"
