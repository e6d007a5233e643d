"""What one would write in Python: carry a Tomcat manager's sessions to another Redis with redis-py and hiredis, a pipeline a batch.

    pipeline_migrate.py SOURCE-SOCKET TARGET-SOCKET copy|spring COUNT

`copy` takes each key as it is, by DUMP and RESTORE. `spring` decodes each session with javaobj and writes a hash of its times and of the
text of its attributes, which is less than an application could read: javaobj does not write what it has read.
"""

import sys
import time

import javaobj.v2
import redis

PREFIX = b"spring:session:sessions:"


def main(source, target, mode, count):
    source, target = redis.Redis(unix_socket_path=source), redis.Redis(unix_socket_path=target)
    batch, seen = [], 0
    for key in source.scan_iter(count=300):
        batch.append(key)
        seen += 1
        if len(batch) == 300 or seen == int(count):
            {"copy": copy, "spring": convert}[mode](source, target, batch)
            batch = []
        if seen == int(count):
            break


def copy(source, target, keys):
    pipeline = source.pipeline(transaction=False)
    for key in keys:
        pipeline.dump(key)
        pipeline.pexpiretime(key)
    answers = pipeline.execute()
    pipeline = target.pipeline(transaction=False)
    for key, value, end in zip(keys, answers[::2], answers[1::2]):
        pipeline.restore(key, end, value, absttl=True)
    pipeline.execute()


def convert(source, target, keys):
    pipeline = source.pipeline(transaction=False)
    for key in keys:
        pipeline.get(key)
        pipeline.pttl(key)
    answers = pipeline.execute()
    pipeline = target.pipeline(transaction=False)
    now = int(time.time() * 1000)
    for key, value, left in zip(keys, answers[::2], answers[1::2]):
        fields = {"lastAccessedTime": now, "content": content(value)}
        pipeline.hset(PREFIX + key, mapping=fields)
        pipeline.pexpire(PREFIX + key, left + 300_000)
        pipeline.set(PREFIX + b"expires:" + key, b"", px=left)
        pipeline.sadd(b"spring:session:expirations:%d" % ((now + left + 60_000) // 60_000 * 60_000), b"expires:" + key)
    pipeline.execute()


def content(value):
    """Of some sessions javaobj does not get to the end, which takes it as long."""
    try:
        return str(javaobj.v2.loads(value))
    except Exception:  # pylint: disable=broad-except
        return ""


main(*sys.argv[1:])
