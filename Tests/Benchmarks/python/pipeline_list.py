"""What one would write in Python: list the sessions of a Redis with redis-py and hiredis, a pipeline a batch.

    pipeline_list.py SOCKET metadata|all|decode [LIMIT]

`metadata` asks for the three times, `all` for every field, `decode` also decodes every value with javaobj.
"""

import sys

import javaobj.v2
import redis

TIMES = ["creationTime", "lastAccessedTime", "maxInactiveInterval"]


def main(socket, mode, limit=None):
    client = redis.Redis(unix_socket_path=socket)
    batch, listed = [], 0
    for key in client.scan_iter(match="spring:session:sessions:*", count=300):
        if b":expires:" in key:
            continue
        batch.append(key)
        if len(batch) == 300:
            listed += show(client, batch, mode)
            batch = []
            if limit and listed >= int(limit):
                break
    if batch:
        listed += show(client, batch, mode)
    print(listed, file=sys.stderr)


def show(client, keys, mode):
    pipeline = client.pipeline(transaction=False)
    for key in keys:
        if mode == "metadata":
            pipeline.hmget(key, TIMES)
        else:
            pipeline.hgetall(key)
    for key, values in zip(keys, pipeline.execute()):
        if mode == "decode":
            values = {name: javaobj.v2.loads(value) for name, value in values.items()}
            print(key.decode(), {name.decode(): str(value) for name, value in values.items()})
        else:
            print(key.decode(), len(values))
    return len(keys)


main(*sys.argv[1:])
