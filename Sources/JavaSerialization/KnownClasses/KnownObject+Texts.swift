extension KnownObject {
    /// A class that people know by its text.
    func text(_ layout: KnownClass.TextLayout) throws(JavaStreamError) -> JavaValue {
        switch layout {
        case .field(let name): plain(.text(JavaText(units: try requiredString(name))))
        case .uuid: plain(.text(JavaText(try uuid())))
        case .url: plain(.text(JavaText(units: try url())))
        case .inetAddress: plain(.text(JavaText(try inetAddress())))
        case .inet6Address: plain(.text(JavaText(units: try inet6Address())))
        case .stringBuffer:
            plain(.text(JavaText(units: try characters(try reference("value"), count: try int("count")))))
        case .stringBuilder: plain(.text(JavaText(units: try stringBuilder())))
        case .time: try time()
        case .chronology: try chronology()
        }
    }

    private func uuid() throws(JavaStreamError) -> String {
        let high = UInt64(bitPattern: try long("mostSigBits"))
        let low = UInt64(bitPattern: try long("leastSigBits"))
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for place in 0..<32 {
            if [8, 12, 16, 20].contains(place) { text.append(UInt8(ascii: "-")) }
            let half = place < 16 ? high : low
            let digit = UInt8(truncatingIfNeeded: half >> UInt64(60 - place % 16 * 4) & 15)
            text.append(digit + (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10))
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// `java.net.URL.toExternalForm`: `file` holds path and query.
    private func url() throws(JavaStreamError) -> [UInt16] {
        var units = try requiredString("protocol") + Array(":".utf16)
        if let authority = try authority(), !authority.isEmpty { units += Array("//".utf16) + authority }
        units += try string("file") ?? []
        if let fragment = try string("ref") { units += Array("#".utf16) + fragment }
        return units
    }

    /// Streams of Java 1.2 and older have no authority.
    private func authority() throws(JavaStreamError) -> [UInt16]? {
        if let authority = try string("authority") { return authority }
        guard let host = try string("host"), !host.isEmpty else { return nil }
        let port = try int("port")
        return port == -1 ? host : host + Array(":\(port)".utf16)
    }

    private func inetAddress() throws(JavaStreamError) -> String {
        let address = UInt32(bitPattern: try int("address"))
        return [24, 16, 8, 0].map { String(address >> $0 & 0xff) }.joined(separator: ".")
    }

    /// Eight groups without `::`, and the scope behind `%`.
    private func inet6Address() throws(JavaStreamError) -> [UInt16] {
        let array = try primitiveArray(try reference("ipaddress"), .byte)
        let bytes = graph.bytes[graph.elementBytes(of: array)]
        guard bytes.count == 16 else { throw fail("has an address of \(bytes.count) bytes") }
        let groups = stride(from: bytes.startIndex, to: bytes.endIndex, by: 2).map {
            String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
        }
        let text = Array(groups.joined(separator: ":").utf16)
        if let interface = try string("ifname"), !interface.isEmpty { return text + Array("%".utf16) + interface }
        return try boolean("scope_id_set") ? text + Array("%\(try int("scope_id"))".utf16) : text
    }

    /// `StringBuilder` writes its length and its characters, of which there may be more.
    private func stringBuilder() throws(JavaStreamError) -> [UInt16] {
        var cursor = written()
        let count = try cursor.int32()
        guard cursor.nextItem < annotation.count else { throw fail("has no characters") }
        return try characters(written(cursor.nextItem), count: count)
    }

    private func characters(_ array: JavaNode?, count: Int32) throws(JavaStreamError) -> [UInt16] {
        let array = try primitiveArray(array, .char)
        guard count >= 0, Int(count) <= graph.elementCount(of: array) else {
            throw fail("says that it has \(count) characters")
        }
        return Array((graph.characters(of: array)?.units ?? []).prefix(Int(count)))
    }
}
