internal import CToml

/// A TOML document (v1.0.0) as a flat list of values that know their lines.
struct TOMLDocument {
    enum Content: Equatable {
        case text(String)
        case integer(Int64)
        case number(Double)
        case boolean(Bool)
        case array
        case table
        /// A date or a time.
        case other
    }

    /// A value, and where it stands.
    struct Entry: Equatable {
        /// Its place in the list.
        let place: Int
        /// The place of the table or array around it; nil for what the document itself holds.
        let parent: Int?
        /// Empty in arrays.
        let key: String
        /// From 1.
        let line: Int
        let content: Content
    }

    /// Why a text is no TOML.
    struct Problem: Error, Equatable {
        /// From 1; 0 where there is none.
        let line: Int
        let message: String
    }

    private let entries: [Entry]

    /// Longest text: toml++ frees nested tables by recursion, and a dotted key nests with every second byte.
    static let longest = 32 << 10

    init(_ text: [UInt8]) throws(Problem) {
        guard text.count <= Self.longest else {
            throw Problem(line: 0, message: "it is longer than \(Self.longest) bytes")
        }
        let document = text.withUnsafeBytes { bytes in
            ctoml_read(bytes.bindMemory(to: CChar.self).baseAddress, bytes.count)
        }
        guard let document else { throw Problem(line: 0, message: "there is no memory to read it") }
        defer { ctoml_free(document) }
        if let problem = ctoml_problem(document) {
            throw Problem(line: Int(ctoml_problem_line(document)), message: String(cString: problem))
        }
        entries = (0..<ctoml_count(document)).map { Entry($0, ctoml_entry_at(document, $0)) }
    }

    /// What `parent` holds, or the document itself, in the order of the lines.
    func entries(in parent: Entry? = nil) -> [Entry] {
        entries.filter { $0.parent == parent?.place }.sorted { ($0.line, $0.place) < ($1.line, $1.place) }
    }
}

extension TOMLDocument.Entry {
    fileprivate init(_ place: Int, _ entry: ctoml_entry) {
        self.place = place
        parent = entry.parent < 0 ? nil : Int(entry.parent)
        key = Self.text(entry.key, entry.key_length)
        line = Int(entry.line)
        content = Self.content(entry)
    }

    private static func content(_ entry: ctoml_entry) -> TOMLDocument.Content {
        switch entry.kind {
        case ctoml_kind_text: .text(text(entry.text, entry.text_length))
        case ctoml_kind_integer: .integer(entry.integer)
        case ctoml_kind_number: .number(entry.number)
        case ctoml_kind_boolean: .boolean(entry.integer != 0)
        case ctoml_kind_array: .array
        case ctoml_kind_table: .table
        default: .other
        }
    }

    private static func text(_ start: UnsafePointer<CChar>?, _ length: Int) -> String {
        String(decoding: UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : length), as: UTF8.self)
    }
}
