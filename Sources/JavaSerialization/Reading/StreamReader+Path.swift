extension StreamReader {
    /// An error at `offset`, or at the current position, with the way from the contents to what was being read.
    @inline(never)
    mutating func fail(
        _ problem: JavaStreamProblem, at offset: Int? = nil, _ bytes: RawSpan
    ) -> JavaStreamError {
        JavaStreamError(problem: problem, offset: offset ?? position, path: path(bytes))
    }

    /// Such as `contents[3] → java.util.ArrayList → demo.shop.CartItem.price`; the middle of a deep way is left out.
    private mutating func path(_ bytes: RawSpan) -> String {
        guard frames.count > 1 else { return "" }
        let shown = 6
        var steps = ["contents[\(tables.contents.count - 1)]"]
        for index in 1..<frames.count {
            if index > shown, index < frames.count - shown {
                if index == shown + 1 { steps.append("… \(frames.count - 2 * shown - 1) more …") }
                continue
            }
            let name = step(bytes, frames[index])
            if !name.isEmpty { steps.append(name) }
        }
        return steps.joined(separator: " → ")
    }

    private mutating func step(_ bytes: RawSpan, _ frame: Frame) -> String {
        switch frame.kind {
        case .contents: return "contents"
        case .exception: return "exception"
        case .classAnnotation, .superclass: return "description of " + className(bytes, frame.node)
        case .describedNode: return className(bytes, tables.nodes[frame.node].classIndex)
        case .elements:
            let first = tables.nodes[frame.node].first
            return className(bytes, tables.nodes[frame.node].classIndex)
                + "[\(max(0, frame.index - first - 1))]"
        case .objectAnnotation:
            let item = pending.count - Int(frame.base)
            return className(bytes, tables.classData[frame.index].classIndex)
                + " written data, item \(max(0, item - 1))"
        case .fields: return fieldStep(bytes, frame)
        }
    }

    private mutating func fieldStep(_ bytes: RawSpan, _ frame: Frame) -> String {
        let data = tables.classData[frame.base]
        let record = tables.classes[data.classIndex]
        let position = frame.index - data.firstSlot - 1
        let name = className(bytes, data.classIndex)
        let field = record.firstField + (record.fieldCount - record.objectFieldCount) + position
        guard position >= 0, position < record.objectFieldCount else { return name }
        return name + "."
            + text(bytes, tables.fields[field].nameOffset, tables.fields[field].nameLength)
    }

    private mutating func className(_ bytes: RawSpan, _ index: Int32) -> String {
        guard index >= 0 else { return "" }
        let record = tables.classes[index]
        return record.isProxy ? "proxy class" : text(bytes, record.nameOffset, min(record.nameLength, 200))
    }
}
