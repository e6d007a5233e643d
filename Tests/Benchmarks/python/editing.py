"""Setting one place in sessions, without the wire: ours, and a warm JDK that has the classes, on the same bytes."""

import corpus
import decode

PATH = "cart[0].quantity"


def run(work, java, edits):
    print(f"\nedit: microseconds to read, set {PATH} and write; {edits} edits each")
    print("  (plan: all that `set` does but the wire, digests of a conflict's condition too; value: the stream alone)")
    print(f"  {'sessions':34}{'plan':>9}{'value':>9}{'JDK':>9}{'JDK / plan':>12}")
    for name, title in [("edited-tomcat", "Tomcat"), ("edited-spring", "Spring, one value")]:
        path = f"{work}/{name}.sessions"
        sessions = corpus.read(path)
        size = sum(len(session[-1][1]) for session in sessions) / len(sessions) / 1024
        plan = ours("plan", path, edits)
        # Of a Tomcat session the value is the session.
        value = ours("value", path, edits) if name == "edited-spring" else None
        jdk = decode.nanoseconds([*java, "EditSessions", path, str(edits)])
        label = f"{title}: {len(sessions)}, {size:.1f} KB"
        shown = f"{value / 1e3:9.2f}" if value else f"{'':9}"
        print(f"  {label:34}{plan / 1e3:9.2f}{shown}{jdk / 1e3:9.2f}{jdk / plan:12.1f}")


def ours(work, path, edits):
    return decode.nanoseconds([".build/release/decode-benchmark", work, path, str(edits), PATH, "77"])
