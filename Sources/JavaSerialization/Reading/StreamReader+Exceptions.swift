extension StreamReader {
    /// `exception: TC_EXCEPTION reset (Throwable)object reset`
    ///
    /// A writer that fails inside an object leaves it unfinished and writes the failure in the place of the value that
    /// failed; only the outermost call does so. So everything up to the top level is dropped, and the handles start over
    /// before and after the throwable without a `TC_RESET`.
    mutating func beginException(_ bytes: RawSpan) throws(JavaStreamError) -> Int32 {
        let start = position
        count(TypeCode.exception)
        position &+= 1
        handles.shrink(to: 0)
        let lost = tables.contents.count - 1
        frames.shrink(to: 1)
        pending.shrink(to: 0)
        doubtfulClass = noIndex
        let node = try appendNode(
            .exception, at: start, first: noIndex, second: Int32(truncatingIfNeeded: contentOffset), bytes
        )
        if lost >= 0 { tables.contents[lost] = node }
        try push(Frame(kind: .exception, node: node, index: noIndex), bytes)
        return Self.unwound
    }

    /// The throwable, then the second reset.
    mutating func readException(_ bytes: RawSpan, _ frame: Frame, _ depth: Int)
        throws(JavaStreamError)
    {
        if frame.index == noIndex {
            let start = position
            let throwable = try value(bytes)
            if throwable == Self.unwound { return }
            guard throwable != noIndex, tables.nodes[throwable].kind == .object else {
                throw fail(
                    .unexpectedTypeCode(bytes.byte(start), expected: "a throwable"), at: start, bytes)
            }
            tables.nodes[frame.node].first = throwable
            frames[depth].index = 0
            if frames.count &- 1 != depth { return }
        }
        handles.shrink(to: 0)
        endNode(frame.node)
    }
}
