"""Start: the time from nothing to the end of `--version`."""

import os
import statistics
import time

RUNS = 200


def run():
    programs = [(".build/release/sessionctl", "--version"), ("redis-cli", "--version")]
    times = {program: [] for program in programs}
    for _ in range(RUNS):
        for program in programs:
            times[program].append(once(program))
    ours, theirs = (statistics.median(times[program]) for program in programs)
    size = os.path.getsize(programs[0][0]) / 1e6
    print("\nstart: milliseconds of --version")
    print(f"  sessionctl {ours * 1e3:.2f} ({size:.1f} MB), redis-cli {theirs * 1e3:.2f}: {ours / theirs:.2f} of redis-cli's")


def once(program):
    actions = [(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)]
    start = time.perf_counter()
    child = os.posix_spawnp(program[0], program, os.environ, file_actions=actions)
    _, status = os.waitpid(child, 0)
    if status != 0:
        raise SystemExit(f"{program[0]} ended with {status}")
    return time.perf_counter() - start
