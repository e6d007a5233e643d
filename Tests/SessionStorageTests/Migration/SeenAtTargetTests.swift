import Sessions
import Testing

@testable import SessionStorage

/// Who counts as ended at the target while a run looked.
struct SeenAtTargetTests {
    private static let key = KeyState(key: [1], role: .session, content: .string([1]), expiresAt: 90_000)
    private static let shared = KeyState(
        key: [2], role: .principalIndex, content: .shared([SharedMember([1], .inside)]), expiresAt: nil)
    private static let gone = CurrentState(content: .missing, isThere: false, expiresAt: nil)

    private static func there(_ state: KeyState, until end: Int64?) -> CurrentState {
        CurrentState(content: state.content, isThere: true, expiresAt: end)
    }

    /// - Parameter end: that of the key that was seen.
    private func ended(_ state: KeyState, until end: Int64?, _ now: CurrentState, at time: Int64) -> KeyState? {
        var seen = SeenAtTarget()
        seen.add([state], [Self.there(state, until: end)])
        return seen.ended([state], [now], at: time)
    }

    @Test func whoWasThereAndIsGoneBeforeTheEndWasEnded() {
        for end in [Int64?.none, 50_000] {
            #expect(ended(Self.key, until: end, Self.gone, at: 40_000) == Self.key)
            #expect(ended(Self.key, until: end, Self.there(Self.key, until: end), at: 40_000) == nil)
        }
    }

    @Test func whoseLifeWasOverWasNotEnded() {
        #expect(ended(Self.key, until: 50_000, Self.gone, at: 50_000) == nil)
        #expect(ended(Self.key, until: 50_000, Self.gone, at: 49_500) == nil)
    }

    @Test func setsThatSessionsShareSayNothing() {
        #expect(ended(Self.shared, until: nil, Self.gone, at: 40_000) == nil)
    }

    @Test func whoWasNotSeenWasNotEnded() {
        #expect(SeenAtTarget().ended([Self.key], [Self.gone], at: 40_000) == nil)
        let justGone = CurrentState(content: .missing, isThere: false, expiresAt: nil, hasJustGone: true)
        #expect(SeenAtTarget().ended([Self.key], [justGone], at: 40_000) == Self.key)
    }

    /// A later look without it takes nothing from what an earlier one has seen.
    @Test func whatWasSeenStays() {
        var seen = SeenAtTarget()
        seen.add([Self.key], [Self.there(Self.key, until: nil)])
        seen.add([Self.key], [Self.gone])
        #expect(seen.ended([Self.key], [Self.gone], at: 40_000) == Self.key)
    }
}
