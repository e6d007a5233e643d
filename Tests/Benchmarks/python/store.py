"""A private redis-server with many sessions in it."""

import os
import subprocess
import tempfile
import time

import redis

SPRING, TOMCAT = 0, 1
ID = "00000000-0000-4000-8000-%012d"
TTL = 2_592_000


class PrivateRedis:
    """A server on a Unix socket of its own, without persistence; ended by its process id."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="sessionctl-bench-")
        self.socket = os.path.join(self.folder.name, "redis.sock")
        self.process = subprocess.Popen(
            ["redis-server", "--port", "0", "--unixsocket", self.socket, "--save", "", "--appendonly", "no",
             "--dir", self.folder.name, "--loglevel", "warning"],
            stdout=subprocess.DEVNULL,
        )
        self.client = redis.Redis(unix_socket_path=self.socket)
        for _ in range(100):
            try:
                self.client.ping()
                break
            except redis.ConnectionError:
                time.sleep(0.05)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.folder.cleanup()

    def busy(self):
        """Processor seconds that the server has used."""
        info = self.client.info("cpu")
        return info["used_cpu_user_main_thread"] + info["used_cpu_sys_main_thread"]

    def load(self, database, commands):
        pipe = subprocess.Popen(
            ["redis-cli", "-s", self.socket, "-n", str(database), "--pipe"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        buffer = []
        for number, command in enumerate(commands):
            buffer.append(command)
            if number % 1000 == 999:
                pipe.stdin.write(b"".join(buffer))
                buffer.clear()
        output, _ = pipe.communicate(b"".join(buffer))
        if b"errors: 0" not in output:
            raise SystemExit(output.decode())


def command(*parts):
    return b"*%d\r\n" % len(parts) + b"".join(bulk(part) for part in parts)


def bulk(part):
    return b"$%d\r\n%s\r\n" % (len(part), part)


def spring(templates, numbers):
    """As the indexed repository lays a session out: hash, shadow key, a place in an expiry bucket."""
    bodies = [b"".join(bulk(name) + bulk(value) for name, value in session) for session in templates]
    heads = [b"*%d\r\n$4\r\nHSET\r\n" % (2 + 2 * len(session)) for session in templates]
    ttl = b"%d" % TTL
    for number in numbers:
        name = (ID % number).encode()
        key = b"spring:session:sessions:" + name
        shadow = b"spring:session:sessions:expires:" + name
        member = b"\xac\xed\x00\x05t\x00,expires:" + name
        at = number % len(templates)
        yield heads[at] + bulk(key) + bodies[at] + command(b"EXPIRE", key, ttl) + command(
            b"SET", shadow, b"", b"EX", ttl
        ) + command(b"SADD", b"spring:session:expirations:%d" % (1_767_225_600_000 + number % 1440 * 60_000), member)


def tomcat(templates, numbers):
    """One string a session, named by the id that is also in the stream."""
    blobs = [value for ((_, value),) in templates]
    places = [blob.index(b"t\x00 ") + 3 for blob in blobs]
    ttl = b"%d" % TTL
    for number in numbers:
        name = b"%032d" % number
        blob, at = blobs[number % len(blobs)], places[number % len(blobs)]
        yield command(b"SET", name, blob[:at] + name + blob[at + 32 :], b"EX", ttl)
