/// Lays a key against the parts of a template, from both ends towards the placeholder that takes the rest.
struct JWTKeyMatching {
    let key: [UInt8]
    let parts: [JWTKeyTemplate.Part]
    private var start = 0
    private var end: Int
    private var found: [JWTKeyPlaceholder: [UInt8]] = [:]

    init(key: [UInt8], parts: [JWTKeyTemplate.Part]) {
        self.key = key
        self.parts = parts
        end = key.count
    }

    mutating func values() -> [JWTKeyPlaceholder: [UInt8]]? {
        guard let widest else { return nil }
        // Text at the ends first: most keys fail there.
        for index in 0..<widest {
            guard takeFromStart(index) else { return nil }
        }
        for index in (widest + 1..<parts.count).reversed() {
            guard takeFromEnd(index) else { return nil }
        }
        guard case .value(let placeholder) = parts[widest], put(placeholder, start..<end) else { return nil }
        return found
    }

    /// The placeholder that takes what is left.
    private var widest: Int? {
        parts.firstIndex(of: .value(.sub)) ?? parts.lastIndex { if case .value = $0 { true } else { false } }
    }

    private mutating func takeFromStart(_ index: Int) -> Bool {
        switch parts[index] {
        case .text(let text):
            guard end - start >= text.count, key.hasPrefix(text, at: start) else { return false }
            start += text.count
            return true
        case .value(let placeholder):
            // A value of one byte at least, and behind it the text of the next part.
            guard index + 1 < parts.count, case .text(let text) = parts[index + 1] else { return false }
            var stop = start + 1
            while stop + text.count <= end, !key.hasPrefix(text, at: stop) { stop += 1 }
            guard stop + text.count <= end, put(placeholder, start..<stop) else { return false }
            start = stop
            return true
        }
    }

    private mutating func takeFromEnd(_ index: Int) -> Bool {
        switch parts[index] {
        case .text(let text):
            guard end - start >= text.count, key.hasPrefix(text, at: end - text.count) else { return false }
            end -= text.count
            return true
        case .value(let placeholder):
            guard index > 0, case .text(let text) = parts[index - 1] else { return false }
            var begin = end - 1
            while begin - text.count >= start, !key.hasPrefix(text, at: begin - text.count) { begin -= 1 }
            guard begin - text.count >= start, put(placeholder, begin..<end) else { return false }
            end = begin
            return true
        }
    }

    private mutating func put(_ placeholder: JWTKeyPlaceholder, _ range: Range<Int>) -> Bool {
        guard !range.isEmpty else { return false }
        let value = Array(key[range])
        if placeholder == .hash {
            guard value.allSatisfy({ Base64.isURLCharacter($0) || "+/=".utf8.contains($0) }) else { return false }
        }
        found[placeholder] = value
        return true
    }
}
