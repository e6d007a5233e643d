import Glibc
import TestSupport
import Testing

@testable import Sessions

/// Calls `body` with the group of each session of a store and the server's time, each time on a fresh copy of it.
///
/// What a library wrote is read as of the time when it wrote it, as the lives of the keys begin anew with each copy.
func forEachSession(
    of store: String, managerInterval: Int64? = nil, _ body: (RedisServer, SessionGroup, Int64) throws -> Void
) throws {
    let server = try RedisServer()
    try server.load(FixtureStore(store))
    let keys = try server.sessionKeys(now: try server.now())
    let created = try keys.compactMap { try server.group($0, now: server.now()).session.createdAt }
    let written = store.hasPrefix("java-programs/") ? nil : created.max().map { $0 + 1000 }
    for key in keys {
        try server.command("FLUSHALL")
        try server.load(FixtureStore(store))
        // No end that is set from now on is the same as one of the copy.
        usleep(3000)
        let now = try server.now()
        try body(server, server.group(key, now: written ?? now, managerInterval: managerInterval), now)
    }
}
