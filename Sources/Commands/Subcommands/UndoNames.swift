import SessionStorage
import Sessions

/// The sessions of a change that the user means: by their ids, or by beginnings that fit one alone.
struct UndoNames {
    let archive: UndoArchive
    /// The number of the change.
    let change: Int64

    /// The ids that `words` name; nil, which is all, where there are none.
    func ids(_ words: [String]) throws -> Set<[UInt8]>? {
        words.isEmpty ? nil : Set(try words.map { try id($0) })
    }

    private func id(_ word: String) throws -> [UInt8] {
        switch SessionName(word) {
        case .any(let name): return try id(name, takesBeginning: name.count >= SessionName.minimumPrefix)
        case .id(let name): return try id(name, takesBeginning: false)
        case .cookie, .key, .user:
            throw Failure.usage("undo takes ids and their beginnings, and not '\(word)'", advice: advice)
        }
    }

    private func id(_ name: String, takesBeginning: Bool) throws -> [UInt8] {
        for reading in EscapedName.readings(of: name) {
            // The shortest comes first: it is the name itself, where there is one.
            let found = try archive.ids(of: change, startingWith: reading, limit: 2)
            if found.first == reading { return reading }
            guard takesBeginning, let first = found.first else { continue }
            guard found.count == 1 else {
                throw Failure.usage("several sessions of change \(change) begin with '\(name)'", advice: advice)
            }
            return first
        }
        throw Failure(.notFound, "change \(change) has no session '\(name)'", advice: advice)
    }

    private var advice: String { "sessionctl undo show \(change) shows those that it has" }
}
