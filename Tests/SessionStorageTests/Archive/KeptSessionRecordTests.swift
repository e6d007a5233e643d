import Sessions
import TestSupport
import Testing

@testable import SessionStorage

/// What is kept of a session, as bytes and back.
struct KeptSessionRecordTests {
    private let allBytes = [UInt8](0...255)

    /// Every kind of content, place and condition there is.
    private var everyKind: KeptSession {
        let contents: [KeyState.Content] = [
            .missing, .string(allBytes), .string([]), .hash([StoredField([], allBytes), StoredField(allBytes, [])]),
            .hash([]), .set([allBytes, [], [0]]), .set([]), .shared([]),
            .shared([
                SharedMember(allBytes, .outside), SharedMember([], .inside),
                SharedMember([0], .scored(Array("-inf".utf8))),
            ]),
        ]
        let tests: [PlanCondition.Test] = [
            .exists, .missing, .field([1], [2, 3]), .field([1], []), .field([], nil), .fieldDigest([1], [2]),
            .fieldCount(7), .digest([5]), .lifeAtMost(.max), .lifeIsEndless, .member(allBytes),
        ]
        let roles: [GroupedKey.Role] = [
            .session, .shadow, .expirations, .sortedExpirations, .principalIndex, .sessionIds, .validity, .lock,
            .notifiedNodes, .time, .attributeNames, .attribute, .authentication, .refreshToken, .allowList, .denyList,
            .cutOff, .tokenVersion, .refreshFamily, .tokenIndex, .sessionIndex,
        ]
        let expiries: [Int64?] = [nil, 0, .max, .min]
        let meanings: [PlanCondition.Meaning] = [.usedSince, .changed, .gone, .inUse]
        return KeptSession(
            id: allBytes, key: [], format: "spring", variant: nil,
            states: (0..<roles.count).map {
                KeyState(
                    key: [UInt8($0)], role: roles[$0], content: contents[$0 % contents.count],
                    expiresAt: expiries[$0 % 4])
            },
            result: (0..<tests.count).map { PlanCondition([UInt8($0)], tests[$0], otherwise: meanings[$0 % 4]) })
    }

    private func record(of session: KeptSession) -> [UInt8] {
        var writer = KeptSessionWriter()
        return writer.record(of: session)
    }

    @Test func comesBackEqual() throws {
        for session in [everyKind, .sample(1), .sample(2, size: 0)] {
            #expect(try KeptSessionReader.session(of: record(of: session)) == session)
        }
    }

    /// The same writer for one after the other leaves nothing of the one before.
    @Test func oneWriterWritesMany() throws {
        var writer = KeptSessionWriter()
        for session in [everyKind, .sample(1), everyKind] {
            #expect(writer.record(of: session) == record(of: session))
        }
    }

    /// What is in archives now is read by later versions: names of roles and meanings are a part of it.
    @Test func staysReadable() throws {
        let bytes = record(of: everyKind)
        #expect(bytes.count == 4372)
        #expect(SHA256.hex(bytes) == "739dc123120e24b3f82aceeefed45713322c7a4bde79a3b403efb3b4fe1b459c")
    }

    /// Of changes that write a part of their keys.
    private var ofAPart: KeptSession {
        let states: [KeyState] = [
            KeyState(
                key: [1], role: .session, content: .hash([StoredField([2], allBytes)]), expiresAt: 7,
                extent: .fields([[2], [], allBytes])),
            KeyState(key: [3], role: .session, content: .hash([]), expiresAt: nil, extent: .fields([])),
            KeyState(key: [4], role: .session, content: .string(allBytes), expiresAt: nil, extent: .content),
            KeyState(key: [5], role: .session, content: .missing, expiresAt: nil),
        ]
        return KeptSession(id: [1], key: [1], format: "spring", variant: nil, states: states, result: [])
    }

    @Test func aPartComesBackEqual() throws {
        let bytes = record(of: ofAPart)
        #expect(try KeptSessionReader.session(of: bytes) == ofAPart)
        for end in bytes.indices {
            #expect(throws: RecordFault.self) { try KeptSessionReader.session(of: Array(bytes[..<end])) }
        }
    }

    /// A condition that later versions have: its number and its parts are those of the format.
    @Test func theDigestOfAHashComesBackEqual() throws {
        let condition = PlanCondition([1], .hashDigest([7, 8]), otherwise: .changed)
        let session = KeptSession(id: [1], key: [1], format: "spring", variant: nil, states: [], result: [condition])
        let bytes = record(of: session)
        #expect(try KeptSessionReader.session(of: bytes) == session)
        #expect(bytes.dropLast(4).suffix(7) == [10, 0, 0, 0, 2, 7, 8])
    }

    @Test func tenMegabytesComeBack() throws {
        let big = [UInt8](repeating: 0x5A, count: 10 << 20)
        let session = KeptSession(
            id: [1], key: [2], format: "tomcat", variant: "jcoleman",
            states: [KeyState(key: [2], role: .session, content: .string(big), expiresAt: nil)], result: [])
        #expect(try KeptSessionReader.session(of: record(of: session)) == session)
    }

    @Test func everyCutIsNoticed() {
        let bytes = record(of: everyKind)
        for end in bytes.indices {
            #expect(throws: RecordFault.self) { try KeptSessionReader.session(of: Array(bytes[..<end])) }
        }
    }

    @Test func everyChangedByteIsNoticed() {
        let bytes = record(of: everyKind)
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= 0x41
            #expect(throws: RecordFault.self) { try KeptSessionReader.session(of: changed) }
        }
    }

    /// Records that somebody made on purpose, with a checksum that is right: they are refused or mean something, and never trap.
    @Test func nothingTraps() {
        var random = SeededRandom(for: "changed records with a right checksum")
        let bytes = record(of: everyKind)
        var refused = 0
        for _ in 0..<5000 {
            var changed = Array(bytes.dropLast(4))
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                changed[Int.random(in: 1..<changed.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if Bool.random(using: &random) { changed.removeLast(Int.random(in: 0..<changed.count - 1, using: &random)) }
            withUnsafeBytes(of: CRC32.of(changed).bigEndian) { changed.append(contentsOf: $0) }
            do { _ = try KeptSessionReader.session(of: changed) } catch { refused += 1 }
        }
        #expect(refused > 2000)
    }

    /// The check value of the checksum's catalogue entry (CRC-32/ISO-HDLC), and every length up to some words.
    @Test func checksumIsTheKnownOne() {
        #expect(CRC32.of(Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(CRC32.of([]) == 0)
        for count in 0..<40 {
            let bytes = Array(allBytes[..<count])
            var remainder = UInt32.max
            for byte in bytes {
                remainder ^= UInt32(byte)
                for _ in 0..<8 { remainder = remainder >> 1 ^ (remainder & 1 == 1 ? 0xEDB8_8320 : 0) }
            }
            #expect(CRC32.of(bytes) == ~remainder)
        }
    }
}
