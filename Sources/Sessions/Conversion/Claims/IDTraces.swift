/// What tells a session's id to whoever reads it: the id, and the forms in which cookies and JSON have it. Who has it is logged in.
struct IDTraces {
    /// Shorter ones stand everywhere.
    private static let fewestBytes = 16

    private var traces: [[UInt8]] = []

    /// - Parameter ids: the id with and without what stands beside it, such as a route.
    init(of ids: [[UInt8]]) {
        for id in ids where id.count >= Self.fewestBytes {
            let encoded = [Base64.encode(id), Base64.encode(id, .url)].map { text in
                Array(text.utf8.prefix { $0 != UInt8(ascii: "=") })
            }
            for trace in [id, Self.escaped(id)] + encoded where !traces.contains(trace) { traces.append(trace) }
        }
    }

    /// Whether one of them stands in `bytes`.
    func stand(in bytes: [UInt8]) -> Bool { traces.contains { bytes.firstRange(of: $0) != nil } }

    /// As JSON has it between its quotation marks.
    private static func escaped(_ id: [UInt8]) -> [UInt8] {
        var writer = JSONWriter()
        writer.string(String(decoding: id, as: UTF8.self))
        return Array(writer.takeBytes().dropFirst().dropLast())
    }
}
