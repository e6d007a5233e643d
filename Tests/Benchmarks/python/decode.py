"""Reading sessions: ours, a warm JDK's ObjectInputStream, and javaobj-py3, on the same bytes."""

import subprocess
import time

import javaobj.v2

import corpus


def run(work, java):
    print("\ndecode: microseconds a session")
    print("  (ours: read into a graph, whose strings and numbers wait until they are asked for; JSON: all written as plain JSON too)")
    print(f"  {'sessions':34}{'ours':>9}{'JSON':>9}{'JDK':>9}{'javaobj':>9}{'× JDK':>8}{'× javaobj':>11}")
    corpus.write(f"{work}/fixtures-spring.raw", corpus.fixtures("spring"))
    corpus.write(f"{work}/fixtures-tomcat.raw", corpus.fixtures("tomcat"))
    for kind in ("spring", "tomcat"):
        # Without the application's classes a JDK cannot read all of them; what it cannot read is measured for nobody.
        filter_by_jdk = [*java, "DecodeSessions", "filter"]
        subprocess.run([*filter_by_jdk, f"{work}/fixtures-{kind}.raw", f"{work}/fixtures-{kind}.sessions"], check=True)
    for name, title in [
        ("fixtures-spring", "Spring, of the fixtures"),
        ("spring", "Spring, made for this"),
        ("fixtures-tomcat", "Tomcat, of the fixtures"),
        ("tomcat", "Tomcat, made for this"),
    ]:
        compare(work, java, f"{work}/{name}.sessions", title)


def compare(work, java, path, title):
    sessions = corpus.read(path)
    size = sum(len(value) for session in sessions for _, value in session) / len(sessions) / 1024
    ours = nanoseconds([".build/release/decode-benchmark", "read", path])
    json = nanoseconds([".build/release/decode-benchmark", "write", path])
    jdk = nanoseconds([*java, "DecodeSessions", "time", path])
    readable = [session for session in sessions if by_javaobj(session)]
    label = f"{title}: {len(sessions)}, {size:.1f} KB"
    if not readable:
        print(f"  {label:34}{ours / 1e3:9.2f}{json / 1e3:9.2f}{jdk / 1e3:9.2f}{'cannot':>9}{jdk / ours:8.1f}{'':>11}")
        return
    # The sessions that javaobj can read are a part: ours is measured again on the same part.
    corpus.write(f"{work}/readable.sessions", readable)
    same = nanoseconds([".build/release/decode-benchmark", "read", f"{work}/readable.sessions"])
    python = time_javaobj(readable)
    print(
        f"  {label:34}{ours / 1e3:9.2f}{json / 1e3:9.2f}{jdk / 1e3:9.2f}{python / 1e3:9.0f}{jdk / ours:8.1f}{python / same:11.0f}"
        + ("" if len(readable) == len(sessions) else f"   javaobj reads {len(readable)} of them")
    )


def nanoseconds(command):
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def by_javaobj(session):
    try:
        for _, value in session:
            javaobj.v2.loads(value)
        return True
    except Exception:  # pylint: disable=broad-except
        return False


def time_javaobj(sessions):
    sample = sessions[:500]
    passes = []
    end = time.perf_counter() + 3
    while time.perf_counter() < end or len(passes) < 3:
        start = time.perf_counter_ns()
        for session in sample:
            for _, value in session:
                javaobj.v2.loads(value)
        passes.append((time.perf_counter_ns() - start) / len(sample))
    return sorted(passes)[len(passes) // 2]
