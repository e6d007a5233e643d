/// A key that a revocation may write, as it was read.
package struct KeyReading: Sendable {
    /// What it holds, as far as it matters.
    package let record: GroupedRecord
    /// When it ends, in milliseconds since 1970; nil for never, and where there is no such key.
    package let expiresAt: Int64?

    package init(_ record: GroupedRecord, expiresAt: Int64?) {
        self.record = record
        self.expiresAt = expiresAt
    }

    var key: [UInt8] { record.key.key }
    var name: String { "'\(EscapedName.text(of: key))'" }

    /// Lives that are set in whole seconds end so much too early.
    private static let precision: Int64 = 1000

    /// Whether it lives until `end`, as lives go that are set in seconds.
    func lives(until end: Int64) -> Bool {
        guard let expiresAt else { return true }
        let (earliest, overflow) = end.subtractingReportingOverflow(Self.precision)
        return overflow || expiresAt >= earliest
    }

    /// That its string and its life are as they were read.
    func isAsRead(_ bytes: [UInt8]) -> [PlanCondition] {
        [
            PlanCondition(key, .digest(SHA1.hexadecimal(of: bytes)), otherwise: .changed),
            PlanCondition(key, expiresAt.map { .endsAt($0) } ?? .lifeIsEndless, otherwise: .changed),
        ]
    }

    /// Why it cannot be written.
    var wrongType: ChangeRefusal {
        let types = record.key.types.joined(separator: " or ")
        return ChangeRefusal("\(name) is of another type and must be a \(types): nothing was changed")
    }
}
