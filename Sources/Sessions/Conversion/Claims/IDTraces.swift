/// What tells a session's id to whoever reads it: the id, and the forms in which cookies and JSON have it. Who has it is logged in.
struct IDTraces {
    /// Shorter ones stand everywhere.
    private static let fewestBytes = 16

    private var traces: [[UInt8]] = []

    /// - Parameter ids: the id with and without what stands beside it, such as a route.
    init(of ids: [[UInt8]]) {
        for id in ids where id.count >= Self.fewestBytes {
            for trace in [id, Self.escaped(id)] + (0..<3).flatMap({ Self.encoded(id, behind: $0) })
            where !traces.contains(trace) { traces.append(trace) }
        }
    }

    /// Whether one of them stands in `bytes`.
    func stand(in bytes: [UInt8]) -> Bool { traces.contains { bytes.firstRange(of: $0) != nil } }

    /// In Base64 behind so many bytes of something else: the characters that the id alone makes.
    private static func encoded(_ id: [UInt8], behind count: Int) -> [[UInt8]] {
        let bytes = [UInt8](repeating: 0, count: count) + id
        let shared = (count * 8 + 5) / 6
        let end = bytes.count % 3 == 0 ? 0 : 1
        return [Base64.Alphabet.standard, .url].map { alphabet in
            Array(
                Base64.encode(bytes, alphabet).utf8.prefix { $0 != UInt8(ascii: "=") }.dropFirst(shared).dropLast(end))
        }
    }

    /// As JSON has it between its quotation marks.
    private static func escaped(_ id: [UInt8]) -> [UInt8] {
        var writer = JSONWriter()
        writer.string(String(decoding: id, as: UTF8.self))
        return Array(writer.takeBytes().dropFirst().dropLast())
    }
}
