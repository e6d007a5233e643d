"""The proxy in front of a server, in a thread of this process: its rules can be changed between two runs of the program."""

import argparse
import asyncio
import importlib.util
import os
import threading
import time

_path = os.path.join(os.path.dirname(__file__), "..", "..", "Tools", "faultproxy.py")
_spec = importlib.util.spec_from_file_location("faultproxy", _path)
faultproxy = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(faultproxy)


class _Through:
    """A connection that nothing happens to."""

    def __init__(self, reader, writer):
        self.reader, self.writer, self.other = reader, writer, None

    def abort(self):
        for one in (self.writer, self.other):
            if one is not None:
                one.transport.abort()

    async def run(self, host, port):
        try:
            reader, self.other = await asyncio.open_connection(host, port)
            await asyncio.gather(self.pass_on(self.reader, self.other), self.pass_on(reader, self.writer))
        except OSError:
            pass
        self.abort()

    @staticmethod
    async def pass_on(reader, writer):
        while data := await reader.read(1 << 16):
            writer.write(data)
        writer.close()


class _Watched(faultproxy.Proxy):
    """Says when a rule fires, before the command or the reply that set it off goes on."""

    def __init__(self, upstream):
        self.hook = None
        self.fired = []
        self.commands = 0
        super().__init__(
            argparse.Namespace(
                listen=("127.0.0.1", 0), upstream=("127.0.0.1", upstream), seed="1", max_seconds=1 << 24,
                max_conns=1 << 40, max_bytes=1 << 60, log=None), [])

    async def client(self, reader, writer):
        if self.rules:
            return await super().client(reader, writer)
        through = _Through(reader, writer)
        self.live.add(through)
        try:
            await through.run(*self.a.upstream)
        finally:
            self.live.discard(through)

    def log(self, **event):
        if event["event"] == "closed":
            self.commands += event["cmds"]
        if event["event"] == "fire":
            self.fired.append(event)
            if self.hook:
                self.hook()


class FaultProxy:
    def __init__(self, upstream):
        self._proxy = _Watched(upstream)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        while not hasattr(self._proxy, "port"):
            time.sleep(0.001)
        self.port = self._proxy.port

    def _serve(self):
        self._loop = asyncio.new_event_loop()
        self._loop.run_until_complete(self._proxy.serve())

    def arm(self, rules, seed, hook=None):
        """Sets the rules for connections from now on; `hook` is called when one fires."""
        self._proxy.a.seed = str(seed)
        self._proxy.rules = [faultproxy.Rule(text, index) for index, text in enumerate(rules)]
        self._proxy.hook, self._proxy.fired, self._proxy.commands = hook, [], 0

    @property
    def fired(self):
        """What went wrong, the name of the command among it; None where nothing did."""
        return self._proxy.fired[0] if self._proxy.fired else None

    def count(self):
        """Counts commands, and lets all pass."""
        self.arm(["latency ms=0 after-cmds=%d" % (1 << 40)], 1)

    @property
    def commands(self):
        """Commands of all connections that are closed."""
        return self._proxy.commands

    def disarm(self):
        """Ends the connections that are left, and lets all others pass unharmed."""
        self.arm([], 1)
        self._loop.call_soon_threadsafe(self._abort)
        self.settle()

    def settle(self, seconds=5):
        """Waits until no connection is left."""
        end = time.monotonic() + seconds
        while self._proxy.live and time.monotonic() < end:
            time.sleep(0.0005)

    def _abort(self):
        for connection in list(self._proxy.live):
            connection.abort()

    def end(self):
        self._loop.call_soon_threadsafe(self._proxy.done.set)
