import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Malformed and hostile streams in the place of values that are edited: what cannot be understood is refused with the reason, and what
/// is written can be read.
struct BadInputEditTests {
    private static let context = ChangeContext(now: PlannedSession.now)

    /// Every kind of edit, at an attribute of this name and inside of it.
    private static func edits(of name: String) -> [AttributeEdit] {
        let text = NewValue.text("-7")
        let string = NewValue.text("changed", type: .string)
        var edits = [
            AttributeEdit(name, .set(text)), AttributeEdit(name, .set(string)), AttributeEdit(name, .set(.null)),
            AttributeEdit(name, .append(string)), AttributeEdit(name, .remove), AttributeEdit(name, .rename("renamed")),
        ]
        for step in ["[0]", "[1]", "[#0]", ".a", ".value", ".size", "['a']", "[null]", "[0][0]", "[#0][#0]", "[0].a"] {
            let path = name + step
            for isForAll in [false, true] {
                edits += [.set(text), .set(string), .set(.null), .insert(string), .append(string), .remove]
                    .map { AttributeEdit(path, $0, changesShared: isForAll) }
            }
            edits.append(AttributeEdit(path, .rename("b")))
        }
        return edits
    }

    /// All edits take a second each with inputs of ten million bytes.
    private static func edits(of name: String, for input: BadInput) -> [AttributeEdit] {
        let all = edits(of: name)
        guard input.length > 200_000 else { return all }
        return [all[1], all[3], all[4], all[6], all[9]]
    }

    /// A stream that is written is one that can be read, and would be written so again.
    private static func check(_ bytes: [UInt8], _ input: BadInput, _ edit: AttributeEdit) {
        let again = (try? JavaGraph(bytes)).flatMap { try? $0.encoded() }
        #expect(again == bytes, "\(input) \(edit)")
    }

    @Test func attributesOfSpringSessions() throws {
        let long = try Self.field("creationTime")
        let fields = [
            ("creationTime", long), ("lastAccessedTime", long),
            ("maxInactiveInterval", try Self.field("maxInactiveInterval")),
        ]
        var (refused, made) = (0, 0)
        for input in try BadInput.javaStreams() {
            let bytes = try input.expand()
            guard !bytes.isEmpty else { continue }
            let session = PlannedSession("s:sessions:a", fields + [("sessionAttr:bad", bytes)])
            let group = try session.group()
            for edit in Self.edits(of: "bad", for: input) {
                do throws(ChangeRefusal) {
                    let plan = try SessionChanges.edit(group, SessionEdit([edit]), Self.context)
                    made += 1
                    let written = plan.commands.flatMap { Array($0.arguments) }.filter {
                        $0.starts(with: [0xAC, 0xED])
                    }
                    // Renamed attributes keep their bytes.
                    for bytes in written where !edit.isOfAName { Self.check(bytes, input, edit) }
                } catch {
                    refused += 1
                    #expect(!error.description.isEmpty)
                }
            }
        }
        #expect(refused > 20_000 && made > 800, "\(refused) \(made)")
    }

    private static func field(_ name: String) throws -> [UInt8] {
        for record in try FixtureStore("spring-session-3.5.7-indexed").records() {
            guard case .hash(let fields) = record.content else { continue }
            if let field = fields.first(where: { $0.name == Array(name.utf8) }) { return field.value }
        }
        throw FixtureError("no field \(name)")
    }

    /// The whole value of a manager, and one of its attributes between two others.
    @Test func valuesOfSessionManagers() throws {
        var (refused, made, sessions) = (0, 0, 0)
        for input in try BadInput.javaStreams() {
            let bytes = try input.expand()
            for value in [bytes, Self.raw(around: bytes)] {
                let record = StoredRecord(key: Array(repeating: 0x41, count: 32), content: .string(value))
                guard let session = SessionFormats.session(from: record, now: Self.context.now),
                    session.format == TomcatFormat.name
                else { continue }
                sessions += 1
                let group = SessionGroup(session: session, record: record)
                let edits = ["first", "last"].map { AttributeEdit($0, .set(.text("changed"))) }
                for edit in Self.edits(of: "bad", for: input) + edits {
                    do throws(ChangeRefusal) {
                        let plan = try SessionChanges.edit(group, SessionEdit([edit]), Self.context)
                        made += 1
                        for command in plan.commands {
                            Self.check(command.arguments.first ?? [], input, edit)
                        }
                    } catch {
                        refused += 1
                        #expect(!error.description.isEmpty)
                    }
                }
            }
        }
        #expect(refused > 20_000 && made > 500 && sessions > 200, "\(refused) \(made) \(sessions)")
    }

    /// A session whose second of three attributes is what stands in a stream.
    private static func raw(around stream: [UInt8]) -> [UInt8] {
        var builder = JavaStreamBuilder()
        builder.box(.long(1_700_000_000_000))
        builder.box(.long(1_700_000_000_000))
        builder.box(.int(1800))
        builder.box(.boolean(false))
        builder.box(.boolean(true))
        builder.box(.long(1_700_000_000_000))
        builder.string(String(repeating: "A", count: 32))
        builder.box(.int(3))
        builder.string("first")
        builder.string("1")
        builder.string("bad")
        let last: [UInt8] = [0x74, 0, 4] + Array("last".utf8) + [0x74, 0, 1, 0x31]
        return builder.bytes + stream.dropFirst(4) + last
    }
}

extension AttributeEdit {
    /// Whether the value of the attribute stays.
    fileprivate var isOfAName: Bool {
        if case .rename = operation { return !path.contains("[") && !path.contains(".") }
        return false
    }
}
