"""Servers of a run: each on a port of loopback, in a temporary directory of its own, and with every write on the disk before its answer."""

import ctypes
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

from .resp import Client, ReplyError

# A file system in memory where there is one: what is killed here are processes, and they take no written file along.
FOLDER = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _ends_with_parent():
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DEATH_SIGNAL, signal.SIGKILL)


class Server:
    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="sessionctl-faults-", dir=FOLDER)
        self.port = free_port()
        self.process = None
        self.start()

    def start(self):
        """Starts it with what its append-only file has."""
        # Signals stay ignored as Python has them: at a full disk a write fails, as it does without a limit.
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--dir", self.folder, "--save", "",
             "--appendonly", "yes", "--appendfsync", "always", "--auto-aof-rewrite-percentage", "0",
             "--logfile", os.path.join(self.folder, "redis.log")],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, restore_signals=False, preexec_fn=_ends_with_parent)
        end = time.monotonic() + 30
        while time.monotonic() < end:
            try:
                with self.client() as client:
                    client.call("PING")
                return
            except (OSError, ReplyError):
                if self.process.poll() is not None:
                    break
                time.sleep(0.002)
        raise SystemExit("redis-server did not start:\n" + open(os.path.join(self.folder, "redis.log")).read()[-2000:])

    def client(self):
        return Client(self.port)

    @property
    def is_running(self):
        return self.process.poll() is None

    def kill(self):
        self.process.send_signal(signal.SIGKILL)

    def recover(self):
        """Starts it again where it is gone, as after a power failure."""
        if self.process.poll() is None:
            return
        self.start()

    def renew(self):
        """An empty one in its place."""
        self.kill()
        self.process.wait()
        shutil.rmtree(self.folder)
        os.mkdir(self.folder)
        self.start()

    def fill_disk(self, room):
        """Lets its files grow by so many bytes and no more."""
        folder = os.path.join(self.folder, "appendonlydir")
        largest = max(os.path.getsize(os.path.join(folder, name)) for name in os.listdir(folder))
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (largest + room, resource.RLIM_INFINITY))

    def empty_disk(self):
        """Gives its files room again. A server that could not write what it is to have on the disk has ended, or is about to."""
        try:
            resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            with self.client() as client:
                client.call("PING")
        except ReplyError:
            return
        except OSError:
            self.process.wait(timeout=30)
            self.start()

    def end(self):
        self.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
