import Foundation

/// SplitMix64: random tests that can be run again.
///
/// The seed is printed, with the line that repeats the run, as soon as one is drawn by chance:
///
///     var random = SeededRandom(for: "changes single bytes")
///     let place = Int.random(in: 0..<100, using: &random)
package struct SeededRandom: RandomNumberGenerator, Sendable {
    package let seed: UInt64
    private var state: UInt64

    package init(seed: UInt64) {
        self.seed = seed
        state = seed
    }

    /// A generator whose seed is `SEED` of the environment, else new; it is printed under `purpose`.
    package init(for purpose: String) {
        let given = ProcessInfo.processInfo.environment["SEED"].flatMap { UInt64($0) }
        self.init(seed: given ?? UInt64.random(in: .min ... .max))
        print("\(purpose): repeat with SEED=\(seed)")
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
