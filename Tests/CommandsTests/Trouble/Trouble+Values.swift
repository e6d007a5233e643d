import TestSupport

extension Trouble {
    /// Attribute values that are damaged, hostile or of no known encoding.
    static func values() throws -> [Trouble] {
        let streams = try BadInput.javaStreams()
        // One of each sort: the sort is the second word of the name.
        var sorts: Set<Substring> = []
        let bad = try streams.compactMap { input -> Trouble? in
            let sort = input.id.split(separator: "-").dropFirst().first ?? ""
            guard sorts.insert(sort).inserted else { return nil }
            return Trouble("a hostile stream: \(sort)", attribute("bad", try input.expand(), of: "bad-stream-\(sort)"))
        }
        return bad + hostile() + texts()
    }

    private static func hostile() -> [Trouble] {
        let values: [(String, [UInt8])] = [
            ("100,000 nested arrays", JavaBytes.nested(100_000)), ("a cut stream", JavaBytes.string("cut").dropLast()),
            ("a length past the end", JavaBytes.object(arrayOf: 0x7fff_ffff)),
            ("a negative length", JavaBytes.object(arrayOf: 0xffff_ffff)),
            ("a handle to nothing", [0xac, 0xed, 0, 5, 0x71, 0, 0x7e, 0, 9]),
            ("a class name of 64 KB", JavaBytes.object(of: [UInt8](repeating: 0x43, count: 65535))),
            ("an unknown class", JavaBytes.object(of: Array("demo.Unknown".utf8))),
            ("two objects", JavaBytes.string("a") + [0x70]),
            ("malformed modified UTF-8", JavaBytes.string([0xc3, 0x28])),
            ("a lone surrogate", JavaBytes.string([0xed, 0xa0, 0xbd])),
            ("version 4 of the protocol", [0xac, 0xed, 0, 4, 0x70]), ("nothing behind the header", [0xac, 0xed, 0, 5]),
        ]
        return values.map { Trouble("\($0.0) as a value", attribute("bad", Array($0.1), of: "value-\($0.0)")) }
    }

    private static func texts() -> [Trouble] {
        let deepJSON = [UInt8](repeating: UInt8(ascii: "["), count: 200_000)
        let values: [(String, [UInt8])] = [
            ("JSON", Array(#"{"@class":"demo.Cart","items":["java.util.ArrayList",[1,2]]}"#.utf8)),
            ("unclosed JSON", Array(#"{"@class":"#.utf8)),
            ("deep JSON", deepJSON), ("JSON with one name twice", Array(#"{"a":1,"a":2}"#.utf8)),
            ("a number of 100,000 digits", [UInt8](repeating: UInt8(ascii: "7"), count: 100_000)),
            ("a token", Array("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.".utf8)),
            ("a cut token", Array("eyJhbGciOiJub25lIn0.eyJzdWIi".utf8)),
            ("one byte", [1]), ("compressed data", [0x1f, 0x8b, 8, 0, 0, 0, 0, 0]),
            ("a kryo value", [1, 0, 0x64, 0x65, 0x6d, 0xef]), ("UTF-16 text", [0xff, 0xfe, 0x61, 0]),
        ]
        return values.map { Trouble("\($0.0) as a value", attribute("other", $0.1, of: "text-\($0.0)")) }
    }
}
