"""Listing sessions: ours, the server's own limit, and a pipelined Python program; and memory as the store grows."""

import os
import statistics
import subprocess
import sys
import time

import corpus
import store

OURS = ".build/release/sessionctl"
# Every value is decoded, and of each the classes are shown.
CLASSES = ["--output", "tsv", "--fields", "id,principal,idle,class"]
# The same, and the life of each key is asked for beside its content.
LIVES = ["--output", "tsv", "--fields", "id,principal,idle,ttl,class"]
# Every value is decoded and written.
ATTRIBUTES = ["--output", "jsonl", "--fields", "id,principal,idle,attributes"]
FILTER = "attr.cart[0].quantity > 4"
# Of a size nobody knows anything without the whole session, so this is the same filter with everything fetched.
WHOLE_FILTER = f"size > 0 and {FILTER}"
RUNS = 3
# How often the runs of the main ratio follow each other.
TURNS = 5
# From so many sessions on a run is long enough to stand for itself.
ONE_RUN = 500_000


class Run:
    """One run of a program: seconds, peak memory in MB, and how much of that time the server's main thread was busy."""

    def __init__(self, server, arguments):
        before, start = server.busy(), time.perf_counter()
        process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.memory = 0
        while not ended_within(process, 0.02):
            self.memory = max(self.memory, peak_memory(process.pid))
        self.seconds = time.perf_counter() - start
        self.busy = (server.busy() - before) / self.seconds
        if process.returncode != 0:
            raise SystemExit(f"{' '.join(arguments)} ended with {process.returncode}")


def ended_within(process, seconds):
    try:
        process.wait(seconds)
        return True
    except subprocess.TimeoutExpired:
        return False


def lines(arguments):
    """How many lines a program writes: whether it has listed every session is asked outside the measured runs."""
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    count = sum(chunk.count(b"\n") for chunk in iter(lambda: process.stdout.read1(1 << 20), b""))
    process.wait()
    return count


def peak_memory(process):
    """From /proc: what wait4 says counts the parent's memory before exec too."""
    with open(f"/proc/{process}/status") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return 0


def run(work, sessions):
    springs, tomcats = corpus.read(f"{work}/spring.sessions"), corpus.read(f"{work}/tomcat.sessions")
    half = sessions // 2
    with store.PrivateRedis() as server:
        fill(server, springs, tomcats, range(half))
        small = {name: Run(server, arguments).memory for name, arguments in ours(server).items()}
        fill(server, springs, tomcats, range(half, sessions))
        print(f"\nlist: {sessions} Spring sessions and as many of Tomcat, each in its own database")
        large = compare(server, sessions)
        in_turn(server, sessions)
        print(f"\nmemory: MB resident with {half} and with {sessions} sessions")
        for name in small:
            print(f"  {name:36}{small[name]:8.1f}{large[name]:8.1f}")


def fill(server, springs, tomcats, numbers):
    server.load(store.SPRING, store.spring(springs, numbers))
    server.load(store.TOMCAT, store.tomcat(tomcats, numbers))


def ours(server):
    base = [OURS, "-s", server.socket]
    return {
        "list": [*base, "list"],
        "list with all decoded": [*base, "list", *CLASSES],
        "list with all decoded and lives": [*base, "list", *LIVES],
        "list with attributes": [*base, "list", *ATTRIBUTES],
        "list with one attribute": [*base, "list", "--fields", "id,attr.user"],
        "filter on one attribute": [*base, "list", "--fields", "id", "--where", FILTER],
        "the same, everything fetched": [*base, "list", "--fields", "id", "--where", WHOLE_FILTER],
        "list, Tomcat": [*base, "-n", "1", "list"],
        "list with attributes, Tomcat": [*base, "-n", "1", "list", *ATTRIBUTES],
    }


def compare(server, sessions):
    print(f"  {'':36}{'sessions/s':>12}{'server busy':>13}{'MB resident':>13}")
    rates, memory = {}, {}
    filtered = set()
    for name, arguments in ours(server).items():
        runs = [Run(server, arguments) for _ in range(RUNS if sessions < ONE_RUN else 1)]
        written = lines(arguments)
        if "--where" in arguments:
            filtered.add(written)
        elif written not in (sessions, sessions + 1):
            raise SystemExit(f"{name} wrote {written} lines for {sessions} sessions")
        rates[name] = sessions / statistics.median(one.seconds for one in runs)
        memory[name] = max(one.memory for one in runs)
        show(name, rates[name], statistics.median(one.busy for one in runs), memory[name])
    if len(filtered) != 1 or not 0 < filtered.pop() < sessions:
        raise SystemExit("the filters let through different sessions, or all, or none")
    for title, command in benchmarks(sessions).items():
        rates[title] = shown(server, title, lambda: redis_benchmark(server, sessions, command))
    for mode in ("hmget", "hgetall", "scan-hmget", "scan-hmget-cart", "scan-hgetall", "scan-getrange"):
        title = f"our client, {mode}"
        rates[title] = shown(server, title, lambda: wire(server, mode, sessions))
    for mode, count in [("metadata", sessions), ("all", sessions), ("decode", min(sessions, 3000))]:
        title = f"Python, {mode}" + (f" ({count} of them)" if count < sessions else "")
        rates[mode] = shown(server, title, lambda: python(server, mode, count))
    ratios(rates)
    return memory


def in_turn(server, sessions):
    """The one ratio that everything is in, of runs that follow each other: a machine is not the same a minute later."""
    print("\nlist with all decoded, in turn with our client undecoded (sessions/s, server busy)")
    modes = ("scan-list", "scan-hgetall")
    quotients = {mode: [] for mode in modes}
    for _ in range(TURNS):
        ours_rate, ours_busy = timed(server, lambda: sessions / Run(server, ours(server)["list with all decoded"]).seconds)
        line = f"  {ours_rate:9.0f} {ours_busy:4.0%}"
        for mode in modes:
            rate, busy = timed(server, lambda: wire(server, mode, sessions))
            quotients[mode].append(ours_rate / rate)
            line += f"   {mode} {rate:9.0f} {busy:4.0%}"
        print(line)
    for mode in modes:
        print(f"  {'list with all decoded / our client, ' + mode:66}{statistics.median(quotients[mode]):7.2f}")


def timed(server, measure):
    before, start = server.busy(), time.perf_counter()
    rate = measure()
    return rate, (server.busy() - before) / (time.perf_counter() - start)


def shown(server, title, measure):
    """What `measure` returns, printed with how busy the server was meanwhile."""
    rate, busy = timed(server, measure)
    show(title, rate, busy)
    return rate


def show(title, rate, busy, memory=None):
    print(f"  {title:36}{rate:12.0f}{busy:13.0%}" + ("" if memory is None else f"{memory:13.1f}"))


def benchmarks(sessions):
    key = "spring:session:sessions:00000000-0000-4000-8000-__rand_int__"
    times = ["creationTime", "lastAccessedTime", "maxInactiveInterval"]
    commands = {}
    for clients in ("1", "50"):
        commands[f"redis-benchmark HGETALL -c {clients} -P 100"] = (clients, ["HGETALL", key])
        commands[f"redis-benchmark HMGET -c {clients} -P 100"] = (clients, ["HMGET", key, *times])
    return commands


def redis_benchmark(server, sessions, command):
    clients, words = command
    output = subprocess.run(
        ["redis-benchmark", "-s", server.socket, "-n", str(sessions), "-r", str(sessions), "-c", clients, "-P", "100",
         "--csv", *words],
        check=True, capture_output=True, text=True,
    ).stdout
    return float(output.strip().splitlines()[-1].split('","')[1].strip('"'))


def wire(server, mode, sessions):
    arguments = [".build/release/wire-benchmark", server.socket, mode, str(sessions)]
    return int(subprocess.run(arguments, check=True, capture_output=True, text=True).stdout)


def python(server, mode, count):
    script = os.path.join(os.path.dirname(__file__), "pipeline_list.py")
    start = time.perf_counter()
    limit = [str(count)] if mode == "decode" else []
    subprocess.run(
        [sys.executable, script, server.socket, mode, *limit], check=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    return count / (time.perf_counter() - start)


def ratios(rates):
    print("\nlist: ratios (higher is better)")
    for ours_name, theirs in [
        ("our client, hgetall", "redis-benchmark HGETALL -c 1 -P 100"),
        ("our client, hgetall", "redis-benchmark HGETALL -c 50 -P 100"),
        ("our client, hmget", "redis-benchmark HMGET -c 1 -P 100"),
        ("our client, hmget", "redis-benchmark HMGET -c 50 -P 100"),
        ("list with all decoded", "all"),
        ("list with all decoded", "decode"),
        ("list with attributes", "our client, scan-hgetall"),
        ("list with attributes", "redis-benchmark HGETALL -c 1 -P 100"),
        ("list with attributes", "redis-benchmark HGETALL -c 50 -P 100"),
        ("list with attributes", "all"),
        ("list with attributes", "decode"),
        ("list with one attribute", "list with attributes"),
        ("filter on one attribute", "our client, scan-hmget-cart"),
        ("filter on one attribute", "the same, everything fetched"),
        ("list, Tomcat", "our client, scan-getrange"),
        ("list", "our client, scan-hmget"),
        ("list", "redis-benchmark HMGET -c 1 -P 100"),
        ("list", "redis-benchmark HMGET -c 50 -P 100"),
        ("list", "metadata"),
    ]:
        title = f"Python, {theirs}" if theirs in ("metadata", "all", "decode") else theirs
        print(f"  {ours_name + ' / ' + title:66}{rates[ours_name] / rates[theirs]:7.2f}")
