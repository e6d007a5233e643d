/// Streams written by hand, for values that no JVM would write.
struct HandMadeStream {
    private(set) var bytes: [UInt8] = [0xAC, 0xED, 0, 5]

    /// `TC_OBJECT` and a class description without superclass; the data follow.
    mutating func beginObject(
        _ name: String, writesItself: Bool = false, primitives: [(UInt8, String)] = [], objects: [(String, String)] = []
    ) {
        bytes += [0x73, 0x72]
        utf(name)
        bytes += [UInt8](repeating: 0, count: 8) + [writesItself ? 3 : 2]
        bytes += [0, UInt8(primitives.count + objects.count)]
        for (code, name) in primitives {
            bytes.append(code)
            utf(name)
        }
        for (name, type) in objects {
            bytes.append(type.utf8.first ?? 0)
            utf(name)
            string(type)
        }
        bytes += [0x78, 0x70]
    }

    mutating func utf(_ text: String) {
        bytes += [UInt8(text.utf8.count >> 8), UInt8(text.utf8.count & 0xff)] + Array(text.utf8)
    }

    mutating func string(_ text: String) {
        bytes.append(0x74)
        utf(text)
    }

    mutating func int(_ value: Int32) {
        bytes += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    mutating func block(_ content: [UInt8]) { bytes += [0x77, UInt8(content.count)] + content }

    mutating func end() { bytes.append(0x78) }

    mutating func null() { bytes.append(0x70) }

    mutating func raw(_ more: [UInt8]) { bytes += more }

    /// Arrays inside each other; all refer to the class of the first.
    static func nestedArrays(_ depth: Int) -> [UInt8] {
        var stream = HandMadeStream()
        stream.raw([0x75, 0x72])
        stream.utf("[Ljava.lang.Object;")
        stream.raw([UInt8](repeating: 0, count: 8) + [2, 0, 0, 0x78, 0x70, 0, 0, 0, 1])
        for _ in 1..<depth { stream.raw([0x75, 0x71, 0, 0x7E, 0, 0, 0, 0, 0, 1]) }
        stream.null()
        return stream.bytes
    }
}
