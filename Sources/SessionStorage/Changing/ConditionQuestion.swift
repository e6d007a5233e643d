import Redis
import Sessions

/// A condition of a plan as a command and what its answer must be.
struct ConditionQuestion {
    /// How the answer is compared.
    enum Comparison: String {
        /// The answer is these bytes, or this number.
        case isEqual = "="
        /// There is no such thing.
        case isNothing = "-"
        /// The answer has this SHA-1.
        case hasDigest = "s"
        /// The answer is a number that is not below zero and at most this.
        case isAtMost = "<"
        /// The answer is a hash with this digest.
        case hasHashDigest = "h"
    }

    /// The command.
    let words: [[UInt8]]
    /// The command's name.
    var name: String { String(decoding: words.first ?? [], as: UTF8.self) }
    let comparison: Comparison
    let wanted: [UInt8]

    init(_ condition: PlanCondition) {
        let key = condition.key
        func question(_ name: String, _ rest: [[UInt8]] = []) -> [[UInt8]] { [Array(name.utf8), key] + rest }
        switch condition.test {
        case .exists: self.init(question("EXISTS"), .isEqual, Array("1".utf8))
        case .missing: self.init(question("EXISTS"), .isEqual, Array("0".utf8))
        case .field(let name, let value?): self.init(question("HGET", [name]), .isEqual, value)
        case .field(let name, nil): self.init(question("HGET", [name]), .isNothing, [])
        case .fieldDigest(let name, let digest): self.init(question("HGET", [name]), .hasDigest, digest)
        case .fieldCount(let count): self.init(question("HLEN"), .isEqual, Array(String(count).utf8))
        case .hashDigest(let digest): self.init(question("HGETALL"), .hasHashDigest, digest)
        case .digest(let digest): self.init(question("GET"), .hasDigest, digest)
        case .lifeAtMost(let life): self.init(question("PTTL"), .isAtMost, Array(String(life).utf8))
        // Of a server that does not tell it, whoever asks looks at the time as well.
        case .endsAt(let end): self.init(question("PEXPIRETIME"), .isEqual, Array(String(end).utf8))
        case .lifeIsEndless: self.init(question("PTTL"), .isEqual, Array("-1".utf8))
        case .member(let member): self.init(question("SISMEMBER", [member]), .isEqual, Array("1".utf8))
        }
    }

    private init(_ words: [[UInt8]], _ comparison: Comparison, _ wanted: [UInt8]) {
        self.words = words
        self.comparison = comparison
        self.wanted = wanted
    }

    /// Whether `answer` is what is wanted; an error, as at a key of another type, never is.
    func isMet(by answer: RedisReply) -> Bool {
        switch (comparison, answer) {
        case (.isEqual, .integer(let number)): Array(String(number).utf8) == wanted
        case (.isEqual, .string(let bytes)): bytes == wanted
        case (.isNothing, .null): true
        case (.hasDigest, .string(let bytes)): SHA1.hexadecimal(of: bytes) == wanted
        case (.hasHashDigest, .array(let elements)): HashDigest.hexadecimal(of: RecordFetch.pairs(elements)) == wanted
        case (.isAtMost, .integer(let number)):
            number >= 0 && number <= Int64(String(decoding: wanted, as: UTF8.self)) ?? -1
        default: false
        }
    }
}
