"""What goes wrong at the n-th command, for every n."""

from .migration import Problem

# Rules of the proxy; what is done when it fires; whether wrong bytes came that nobody can tell from right ones.
KINDS = {
    "reset": ("reset after-cmds=%d scope=all", None, False),
    "close": ("close after-cmds=%d scope=all", None, False),
    "lost reply": ("drop-reply after-cmds=%d scope=all", None, False),
    "lost command": ("drop-cmd after-cmds=%d scope=all", None, False),
    "half a reply": ("truncate after-cmds=%d scope=all", None, False),
    "garbled reply": ("corrupt after-cmds=%d scope=all at=any bytes=2", None, True),
    "garbled length": ("corrupt after-cmds=%d scope=all at=head", None, True),
    "garbage": ("garbage after-cmds=%d scope=all bytes=9", None, False),
    "program killed before": ("drop-cmd after-cmds=%d scope=all", "program", False),
    "program killed after": ("drop-reply after-replies=%d scope=all", "program", False),
    "server killed before": ("drop-cmd after-cmds=%d scope=all", "server", False),
    "server killed after": ("drop-reply after-replies=%d scope=all", "server", False),
}

STATUSES = {0, 2, 3, 4, 5, 6}


def run(migration, kind, side, number):
    """One case; false where the program came to its end before the n-th command."""
    rule, killed, is_garbled = KINDS[kind]
    migration.reset(anew=killed == "server")
    process = None

    def hook():
        if killed == "program":
            while process is None:
                pass
            process.kill()
        elif killed == "server":
            migration.servers[side].kill()

    proxy = migration.proxies[side]
    proxy.arm([rule % number], number, hook)
    process, errors = migration.start("migrate", migration.home + "/report.jsonl")
    status, text = migration.wait(process, errors)
    fired = proxy.fired
    migration.proxies["source"].disarm()
    migration.proxies["target"].disarm()
    if fired is None:
        return False
    if killed == "server":
        server = migration.servers[side]
        server.process.wait()
        server.recover()
    if status not in ({-9} | STATUSES if killed == "program" else STATUSES):
        raise Problem("status %d: %s" % (status, text))
    try:
        migration.check_interrupted(status, migration.report(), is_garbled)
        migration.check_completes(strays_may_be=is_garbled)
    except Problem as problem:
        raise Problem("%s (at %s; status %d: %s)" % (problem, fired.get("cmd", "a reply"), status, text.strip())) from None
    return True
