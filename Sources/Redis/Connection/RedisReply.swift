/// A reply as a value of its own, for single commands. Bulk work reads `ReplyBatch` instead, which allocates nothing per element.
package enum RedisReply: Equatable, Sendable {
    case string([UInt8])
    case status(String)
    case error(String)
    case integer(Int64)
    case null
    case array([RedisReply])
}

extension RedisReply {
    /// The bytes of a string reply.
    package var bytes: [UInt8]? {
        if case .string(let bytes) = self { bytes } else { nil }
    }

    /// The value of an integer reply.
    package var integer: Int64? {
        if case .integer(let value) = self { value } else { nil }
    }

    /// The elements of an array reply.
    package var elements: [RedisReply]? {
        if case .array(let elements) = self { elements } else { nil }
    }
}

extension ReplyBatch {
    /// The element at `index` with everything inside it.
    package func reply(at index: Int) -> RedisReply {
        var next = index
        return takeReply(&next)
    }

    /// Recursion is safe here: the depth of replies is limited when they are read.
    private func takeReply(_ next: inout Int) -> RedisReply {
        guard next < count else { return .null }
        let element = self[next]
        next += 1
        switch element.kind {
        case .string: return .string(array(of: element))
        case .status: return .status(text(of: element))
        case .error: return .error(text(of: element))
        case .integer: return .integer(element.payload)
        case .null: return .null
        case .array:
            var elements: [RedisReply] = []
            for _ in 0..<element.count { elements.append(takeReply(&next)) }
            return .array(elements)
        }
    }

    /// The bytes of an element as an array of their own.
    package func array(of element: ReplyElement) -> [UInt8] {
        bytes(of: element).withUnsafeBytes { Array($0) }
    }

    /// The bytes of an element as text; what is no UTF-8 is replaced, so this is for the server's own words only.
    package func text(of element: ReplyElement) -> String {
        bytes(of: element).withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }
}
