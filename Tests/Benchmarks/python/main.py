"""Runs the benchmarks one after the other: each prints what it measured and the ratios."""

import argparse
import os
import subprocess

import decode
import editing
import expiring
import listing
import migrating
import start
import tokens

WORK = ".build/bench"
TEMPLATES = 2000


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sessions", type=int, default=200_000, help="sessions of each kind in the store")
    parser.add_argument("--only", choices=["decode", "edit", "list", "expire", "migrate", "tokens", "start"])
    options = parser.parse_args()
    java = ["java", "-cp", f"{WORK}/classes"]
    subprocess.run([*java, "MakeSessions", WORK, str(TEMPLATES)], check=True)
    print(f"{os.cpu_count()} processors; load before: {os.getloadavg()[0]:.1f}")
    if options.only in (None, "decode"):
        decode.run(WORK, java)
    if options.only in (None, "edit"):
        editing.run(WORK, java, min(options.sessions, 200_000))
    if options.only in (None, "list"):
        listing.run(WORK, options.sessions)
    if options.only in (None, "expire"):
        expiring.run(WORK, min(options.sessions, 200_000))
    if options.only in (None, "migrate"):
        migrating.run(WORK, options.sessions)
    if options.only in (None, "tokens"):
        tokens.run(WORK)
    if options.only in (None, "start"):
        start.run()


main()
