import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// Sessions as lines of JSON, and back.
struct SessionLineTests {
    private let allBytes = [UInt8](0...255)

    /// Every kind of content that an export has.
    private var everyKind: KeptSession {
        let contents: [KeyState.Content] = [
            .string(allBytes), .string([]), .hash([StoredField([], allBytes), StoredField(allBytes, [])]),
            .set([allBytes, [], [0]]), .missing, .shared([SharedMember(allBytes, .inside), SharedMember([], .inside)]),
            .shared([SharedMember([0], .scored(Array("-inf".utf8))), SharedMember([1], .scored(Array("1.5".utf8)))]),
        ]
        let expiries: [Int64?] = [nil, 0, .max, 1_795_420_000_000]
        return KeptSession(
            id: allBytes, key: [0], format: "spring", variant: "indexed",
            states: contents.indices.map { index in
                KeyState(
                    key: [UInt8(index)], role: index == 0 ? .session : .principalIndex, content: contents[index],
                    expiresAt: expiries[index % 4])
            },
            result: [])
    }

    private var line: [UInt8] {
        let session = ExportedSession(everyKind, principal: "alice", json: Array("{\"a\":[1]}".utf8))
        return SessionLine.line(of: session)
    }

    @Test func comesBackEqual() throws {
        #expect(line.last == UInt8(ascii: "\n") && !line.dropLast().contains(UInt8(ascii: "\n")))
        guard case .session(let session) = try SessionLine(Array(line.dropLast())) else {
            Issue.record("no session")
            return
        }
        #expect(session == everyKind)
    }

    @Test func beginningAndEndComeBack() throws {
        let origin = ExportOrigin(identity: "1f", source: "unix:///ü?db=0", version: "0.1.0", began: 1_795_420_000_000)
        let first = SessionLine.beginning(of: origin)
        guard case .beginning(let found) = try SessionLine(Array(first.dropLast())) else {
            Issue.record("no beginning")
            return
        }
        #expect(found == origin && first.starts(with: SessionLine.beginning))
        guard case .end(let lines) = try SessionLine(Array(SessionLine.end(of: 12, at: 1).dropLast())) else {
            Issue.record("no end")
            return
        }
        #expect(lines == 12)
    }

    /// Whatever the line was made, it is a line or refused.
    @Test func survivesEveryChange() {
        let line = Array(line.dropLast())
        for count in 0..<line.count { #expect(throws: LineFault.self) { try SessionLine(Array(line[..<count])) } }
        var random = SeededRandom(for: "changes bytes of a line")
        for _ in 0..<3000 {
            var changed = line
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                changed[Int.random(in: 0..<changed.count, using: &random)] = UInt8.random(in: 0...127, using: &random)
            }
            _ = try? SessionLine(changed)
        }
    }
}
