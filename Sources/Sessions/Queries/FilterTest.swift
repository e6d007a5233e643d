/// One comparison of a filter.
struct FilterTest: Sendable {
    enum Comparison: String, Sendable, CaseIterable {
        case equal = "="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case found = "~"
        case notFound = "!~"
    }

    /// What a comparison comes to.
    enum Answer {
        case holds
        case fails
        /// A number and a name, something with parts: neither equal nor unequal.
        case incomparable
    }

    let field: SessionField
    let comparison: Comparison
    /// One value, or the list behind `in`.
    let operands: [FilterOperand]

    /// A missing value makes a comparison false, except `= none`, and `!=` and `!~` of anything else.
    func answer(_ value: FieldValue) -> Answer {
        var answer = Answer.fails
        for operand in operands {
            switch self.answer(value, operand) {
            case .holds: return isNegated ? .fails : .holds
            case .incomparable: answer = .incomparable
            case .fails: break
            }
        }
        if answer == .incomparable { return answer }
        return isNegated ? .holds : .fails
    }

    private var isNegated: Bool { comparison == .notEqual || comparison == .notFound }

    private func answer(_ value: FieldValue, _ operand: FilterOperand) -> Answer {
        if case .value(.missing) = operand {
            return Self.answer(value.isMissing || value == .never)
        }
        switch value {
        case .missing: return .fails
        case .many(let values):
            return Self.answer(alternatives(values).contains { answer(.text($0), operand) == .holds })
        default: break
        }
        switch operand {
        case .pattern(let pattern):
            return Self.text(of: value).flatMap { pattern.isFound(in: $0) }.map { Self.answer($0) } ?? .incomparable
        case .value(let operand): return self.answer(value, exactly: operand)
        case .any(let operand): return self.answer(value, operand)
        }
    }

    /// What one of several values may be called: Spring Security's roles also without the beginning that it gives them, as they are
    /// shown of a login.
    private func alternatives(_ values: [String]) -> [String] {
        guard case .role = field else { return values }
        return values + values.compactMap { $0.rest(behind: "ROLE_") }
    }

    /// A field of a known kind, whose operands are of the same.
    private func answer(_ value: FieldValue, exactly operand: FieldValue) -> Answer {
        switch (value, operand) {
        case (.number(let a), .number(let b)): return compare(a, b)
        case (.text(let a), .text(let b)): return compare(ExactText(a), ExactText(b))
        // What has no end has no value to compare: as of other missing values only '= none' and '!=' hold.
        default: return .fails
        }
    }

    /// A value of an attribute: what it is decides how the operand is taken.
    private func answer(_ value: FieldValue, _ operand: AnyOperand) -> Answer {
        switch value {
        case .decimal(let number):
            if let other = operand.number { return compare(number, other) }
            // Many classes keep times as milliseconds in a number.
            guard let time = operand.time, let whole = number.int64 else { return .incomparable }
            return compare(FilterOperand.milliseconds(ofEpoch: whole), time)
        case .time(let time): return operand.time.map { compare(time, $0) } ?? .incomparable
        case .boolean(let boolean):
            guard let other = operand.boolean, isEquality else { return .incomparable }
            return Self.answer(boolean == other)
        case .text(let text): return answer(text, operand)
        default: return .incomparable
        }
    }

    private func answer(_ text: String, _ operand: AnyOperand) -> Answer {
        let (exact, other) = (ExactText(text), ExactText(operand.text))
        if operand.isQuoted || exact == other && isEquality { return compare(exact, other) }
        if let number = operand.number {
            return ExactNumber(text).map { compare($0, number) } ?? (isEquality ? .fails : .incomparable)
        }
        if let time = operand.time {
            return FilterOperand.looseTime(text).map { compare($0, time) } ?? (isEquality ? .fails : .incomparable)
        }
        return compare(exact, other)
    }

    private var isEquality: Bool { comparison == .equal || comparison == .notEqual }

    /// What a pattern is searched in.
    private static func text(of value: FieldValue) -> String? {
        switch value {
        case .text(let text): text
        case .decimal(let number): number.plainText
        case .boolean(let value): value ? "true" : "false"
        case .time(let time): RFC3339.text(milliseconds: time)
        default: nil
        }
    }

    private static func answer(_ holds: Bool) -> Answer { holds ? .holds : .fails }

    /// Negations compare for equality: they are turned round at the end.
    private func compare<Value: Comparable>(_ left: Value, _ right: Value) -> Answer {
        switch comparison {
        case .less: Self.answer(left < right)
        case .lessOrEqual: Self.answer(left <= right)
        case .greater: Self.answer(left > right)
        case .greaterOrEqual: Self.answer(left >= right)
        case .equal, .notEqual, .found, .notFound: Self.answer(left == right)
        }
    }
}
