import Glibc

/// The values of one session, each a Java stream, with their names; the value of a Tomcat session has none.
typealias Session = [(name: [UInt8], value: [UInt8])]

/// A file of sessions: for each the number of its values, and for each value its name and its bytes, lengths before them.
enum SessionCorpus {
    static func read(_ path: String) -> [Session]? {
        guard let bytes = contents(path) else { return nil }
        var (sessions, at): ([Session], Int) = ([], 0)
        while at < bytes.count {
            guard let count = length(bytes, &at) else { return nil }
            var session: Session = []
            for _ in 0..<count {
                guard let name = piece(bytes, &at), let value = piece(bytes, &at) else { return nil }
                session.append((name, value))
            }
            sessions.append(session)
        }
        return sessions
    }

    private static func piece(_ bytes: [UInt8], _ at: inout Int) -> [UInt8]? {
        guard let count = length(bytes, &at), at + count <= bytes.count else { return nil }
        defer { at += count }
        return Array(bytes[at..<at + count])
    }

    private static func length(_ bytes: [UInt8], _ at: inout Int) -> Int? {
        guard at + 4 <= bytes.count else { return nil }
        defer { at += 4 }
        return bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
    }

    private static func contents(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return bytes
    }
}
