"""Files of sessions: for each the number of its values, and for each value its name and its bytes, lengths before them."""

import base64
import glob
import json
import struct

STREAM = b"\xac\xed\x00\x05"


def read(path):
    with open(path, "rb") as file:
        data = file.read()
    at = 0
    sessions = []

    def piece():
        nonlocal at
        (length,) = struct.unpack_from(">I", data, at)
        at += 4 + length
        return data[at - length : at]

    while at < len(data):
        (count,) = struct.unpack_from(">I", data, at)
        at += 4
        sessions.append([(piece(), piece()) for _ in range(count)])
    return sessions


def write(path, sessions):
    with open(path, "wb") as file:
        for session in sessions:
            file.write(struct.pack(">I", len(session)))
            for name, value in session:
                file.write(struct.pack(">I", len(name)) + name + struct.pack(">I", len(value)) + value)


def fixtures(kind):
    """The sessions that real frameworks wrote: Spring's values are streams each, Tomcat's sessions are one."""
    sessions = []
    for path in sorted(glob.glob(f"Tests/Fixtures/{kind}*/keys.jsonl")):
        with open(path) as file:
            records = [json.loads(line) for line in file]
        for record in records:
            if kind == "spring" and record["type"] == "hash":
                fields = [[base64.b64decode(part) for part in pair] for pair in record["fields_b64"]]
                sessions.append([(name, value) for name, value in fields if value.startswith(STREAM)])
            elif kind == "tomcat" and record["type"] == "string":
                value = base64.b64decode(record["value_b64"])
                if value.startswith(STREAM + b"sr\x00\x44com.orangefunction"):
                    sessions.append([(b"", value)])
    return [session for session in sessions if session]
