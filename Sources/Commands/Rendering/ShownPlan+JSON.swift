import Sessions

extension ShownPlan {
    /// An object with every byte of the commands, and what is looked at before they run (docs/json.md).
    ///
    /// - Parameter reveals: whether values of the session are written as well.
    func json(reveals: Bool) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("id", bytes: id)
        writer.member("key", bytes: key)
        writer.member("format", format)
        writer.member("variant", variant)
        writer.member("principal", principal)
        if !changes.isEmpty { write(changes, to: &writer) }
        if !notes.isEmpty { write(notes, to: &writer) }
        switch decision {
        case .refused(let reason): writer.member("refused", reason)
        case .left(let reason): writer.member("left", reason)
        case .plan(let plan): plan.write(to: &writer, reveals: reveals)
        }
        writer.endObject()
        return writer.takeBytes()
    }

    private func write(_ notes: [String], to writer: inout JSONWriter) {
        writer.name("notes")
        writer.beginArray()
        for note in notes { writer.string(note) }
        writer.endArray()
    }

    private func write(_ changes: [ValueChange], to writer: inout JSONWriter) {
        writer.name("changes")
        writer.beginArray()
        for change in changes {
            writer.beginObject()
            writer.member("path", change.path)
            writer.member("before", change.before)
            writer.member("after", change.after)
            writer.endObject()
        }
        writer.endArray()
    }
}

extension ChangePlan {
    fileprivate func write(to writer: inout JSONWriter, reveals: Bool) {
        writer.name("conditions")
        writer.beginArray()
        for condition in conditions { condition.write(to: &writer) }
        writer.endArray()
        writer.name("commands")
        writer.beginArray()
        for command in commands + afterwards {
            writer.beginArray()
            for (place, word) in command.words.enumerated() {
                if !reveals, command.values.contains(place) {
                    writer.string(SecretPolicy.mask)
                } else {
                    writer.string(bytes: word)
                }
            }
            writer.endArray()
        }
        writer.endArray()
        writer.member("doubt", doubt)
    }
}

extension PlanCondition {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("key", bytes: key)
        writer.name("test")
        switch test {
        case .exists: writer.string("exists")
        case .missing: writer.string("missing")
        case .field(let name, let value):
            writer.string("field")
            writer.member("field", bytes: name)
            writer.name("value")
            value.map { writer.string(bytes: $0) } ?? writer.null()
        case .fieldDigest(let name, let digest):
            writer.string("field SHA-1")
            writer.member("field", bytes: name)
            writer.member("value", bytes: digest)
        case .fieldCount(let count): writer.comparison("HLEN", count)
        case .hashDigest(let digest):
            writer.string("hash SHA-1")
            writer.member("value", bytes: digest)
        case .digest(let digest):
            writer.string("SHA-1")
            writer.member("value", bytes: digest)
        case .lifeAtMost(let life): writer.comparison("PTTL at most", Int(clamping: life))
        case .endsAt(let end): writer.comparison("PEXPIRETIME", Int(clamping: end))
        case .lifeIsEndless: writer.string("never expires")
        case .member(let member):
            writer.string("member")
            writer.member("value", bytes: member)
        }
        writer.member("otherwise", otherwise.rawValue)
        writer.endObject()
    }
}

extension JSONWriter {
    fileprivate mutating func member(_ name: String, _ text: String?) {
        self.name(name)
        text.map { string($0) } ?? null()
    }

    fileprivate mutating func member(_ name: String, bytes: [UInt8]) {
        self.name(name)
        string(bytes: bytes)
    }

    fileprivate mutating func comparison(_ test: String, _ value: Int) {
        string(test)
        name("value")
        integer(value)
    }
}
