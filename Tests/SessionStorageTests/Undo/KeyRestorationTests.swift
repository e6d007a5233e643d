import Sessions
import Testing

@testable import SessionStorage

/// What is written of a key is never the difference to what it held before it was gone.
struct KeyRestorationTests {
    private static let key = Array("key".utf8)
    private static let fields = [StoredField([1], [1]), StoredField([2], [2])]
    private static let older = [StoredField([1], [1]), StoredField([2], [9])]

    /// The commands for a key that was found to hold `found`, and was gone then.
    private func commands(
        for wanted: KeyState.Content, found: KeyState.Content?, usesRestore: Bool
    ) -> [(name: String, words: Int)] {
        KeyRestoration(
            before: KeyState(key: Self.key, role: .session, content: wanted, expiresAt: 5000),
            now: CurrentState(content: found, isThere: false, expiresAt: nil, hasJustGone: true), time: 1000,
            usesRestore: usesRestore, keepsLife: true
        ).commands.map { ($0.name, $0.arguments.count) }
    }

    @Test func aHashThatIsGoneIsMadeWhole() {
        for found in [KeyState.Content.hash(Self.older), .hash(Self.fields), .missing, nil] {
            let commands = commands(for: .hash(Self.fields), found: found, usesRestore: false)
            #expect(commands.map(\.name) == ["HSET", "PEXPIREAT"] && commands.first?.words == 4, "\(commands)")
            #expect(self.commands(for: .hash(Self.fields), found: found, usesRestore: true).map(\.name) == ["RESTORE"])
        }
    }

    @Test func aStringThatIsGoneIsMadeWhole() {
        for found in [KeyState.Content.string([1]), .string([2]), .missing, nil] {
            let commands = commands(for: .string([1]), found: found, usesRestore: false)
            #expect(commands.map(\.name) == ["SET", "PEXPIREAT"], "\(commands)")
        }
    }

    @Test func aSetThatIsGoneIsMadeWhole() {
        for found in [KeyState.Content.set([[1]]), .set([[1], [2]]), .missing, nil] {
            let commands = commands(for: .set([[1], [2]]), found: found, usesRestore: false)
            #expect(commands.map(\.name) == ["SADD", "PEXPIREAT"] && commands.first?.words == 2, "\(commands)")
        }
    }

    @Test func theMemberOfASharedSetThatIsGoneIsPutIn() {
        for found in [KeyState.Content.shared([SharedMember([1], .inside)]), .missing, nil] {
            let commands = commands(for: .shared([SharedMember([1], .inside)]), found: found, usesRestore: true)
            #expect(commands.map(\.name) == ["SADD", "PEXPIREAT"], "\(commands)")
        }
    }

    /// The commands for a set that had no life, and has this one now, where the change gave it one until 9000.
    private func names(of place: SharedMember.Place, lives end: Int64?) -> [String] {
        KeyRestoration(
            before: KeyState(
                key: Self.key, role: .expirations, content: .shared([SharedMember([1], .outside)]), expiresAt: nil),
            now: CurrentState(content: .shared([SharedMember([1], place)]), isThere: true, expiresAt: end), time: 1000,
            usesRestore: true, keepsLife: true, given: 9000
        ).commands.map(\.name)
    }

    /// What others have given it since stays.
    @Test func aSharedSetLosesTheLifeThatTheChangeGaveIt() {
        #expect(names(of: .inside, lives: 9000) == ["SREM", "PERSIST"])
        #expect(names(of: .outside, lives: 9000) == ["PERSIST"])
        #expect(names(of: .inside, lives: 9500) == ["SREM"])
        #expect(names(of: .inside, lives: nil) == ["SREM"])
    }

    @Test func nothingIsLeftOfWhatIsGone() {
        let gone = CurrentState(
            content: .hash(Self.fields), isThere: false, expiresAt: 5000, type: "hash", hasJustGone: true)
        let key = GroupedKey(key: [1], role: .session)
        for (content, hasGone) in [
            (GroupedRecord.Content.hash([]), false), (.hash(Self.fields), true), (.string([]), false),
            (.string([1]), true),
        ] {
            let look = KeyLook(record: GroupedRecord(key: key, content: content), isThere: false, expiresAt: nil)
            #expect(look.hasJustGone == hasGone && look.record.content == .missing)
        }
        #expect(gone.content == .missing && gone.expiresAt == nil && gone.type == nil && gone.hasJustGone)
        let there = CurrentState(content: .hash(Self.fields), isThere: true, expiresAt: 5000, hasJustGone: true)
        #expect(there.content == .hash(Self.fields) && there.expiresAt == 5000 && !there.hasJustGone)
    }
}
