import Redis
import Sessions

/// What a script asks before it writes: one condition, or what several fields of one hash must be, in one command.
struct PlanQuestion {
    /// The place of the first condition in the plan, from 1.
    let place: Int
    /// The first condition; the others are fields of the same hash.
    let condition: PlanCondition
    /// Fields of one hash that must have these values.
    let fields: [StoredField]

    /// The questions about all conditions, in their order.
    ///
    /// That a key is there need not be asked where a field of it is: the script looks, when the field is not as it should be.
    static func all(of conditions: [PlanCondition]) -> [PlanQuestion] {
        var questions: [PlanQuestion] = []
        var fields: [StoredField] = []
        for (index, condition) in conditions.enumerated() {
            let next = index + 1 < conditions.count ? conditions[index + 1] : nil
            let goesOn = next?.key == condition.key && next?.field != nil
            if let field = condition.field {
                fields.append(field)
                guard !goesOn else { continue }
                let first = index + 1 - fields.count
                questions.append(PlanQuestion(place: first + 1, condition: conditions[first], fields: fields))
                fields.removeAll()
            } else if condition.test != .exists || !goesOn {
                questions.append(PlanQuestion(place: index + 1, condition: condition, fields: []))
            }
        }
        return questions
    }

    /// The values that the script is given, in the order in which ``lua(key:firstArgument:)`` takes them.
    var arguments: [[UInt8]] {
        if !fields.isEmpty { return fields.map(\.field) + fields.map(\.value) }
        switch condition.test {
        case .exists, .missing, .lifeIsEndless: return []
        case .field(let name, _): return [name]
        case .fieldDigest(let name, let digest): return [name, digest]
        case .fieldCount(let count): return [Int64(count).decimal]
        case .digest(let digest), .hashDigest(let digest): return [digest]
        case .lifeAtMost(let number), .endsAt(let number): return [number.decimal]
        case .member(let member): return [member]
        }
    }

    /// By what two questions are asked in the same words: what is asked, and how many fields there are.
    var shape: UInt8 {
        if !fields.isEmpty { return UInt8(clamping: 16 + fields.count) }
        switch condition.test {
        case .exists: return 1
        case .missing: return 2
        case .field: return 3
        case .fieldDigest: return 4
        case .fieldCount: return 5
        case .digest: return 6
        case .lifeAtMost: return 7
        case .lifeIsEndless: return 8
        case .member: return 9
        case .endsAt: return 10
        case .hashDigest: return 11
        }
    }

    /// The question in Lua, where `k` are the keys and `a` the arguments: the script ends where the answer is another.
    ///
    /// - Parameters:
    ///   - key: the place of the key among the script's, from 1.
    ///   - first: the place of the first argument among the script's, from 1.
    ///   - tellsExpiry: whether the server tells when keys end.
    func lua(key: Int, firstArgument first: Int, tellsExpiry: Bool) -> String {
        let k = "k[\(key)]"
        let a = "a[\(first)]"
        if !fields.isEmpty { return luaOfFields(k, first) }
        func end(unless condition: String, _ call: String) -> String {
            "g = call(\(call)) if not (\(condition)) then return {\(place), call('EXISTS', \(k))} end\n"
        }
        switch condition.test {
        case .exists: return end(unless: "g == 1", "'EXISTS', \(k)")
        case .missing: return end(unless: "g == 0", "'EXISTS', \(k)")
        case .field: return end(unless: "not g", "'HGET', \(k), \(a)")
        case .fieldDigest:
            let digest = "a[\(first + 1)]"
            return end(unless: "type(g) == 'string' and redis.sha1hex(g) == \(digest)", "'HGET', \(k), \(a)")
        case .fieldCount: return end(unless: "g == tonumber(\(a))", "'HLEN', \(k)")
        case .hashDigest: return Self.luaOfHash(k, a, place)
        case .digest: return end(unless: "type(g) == 'string' and redis.sha1hex(g) == \(a)", "'GET', \(k)")
        case .lifeAtMost:
            return end(unless: "type(g) == 'number' and g >= 0 and g <= tonumber(\(a))", "'PTTL', \(k)")
        case .endsAt where tellsExpiry: return end(unless: "g == tonumber(\(a))", "'PEXPIRETIME', \(k)")
        case .endsAt: return Self.luaOfEnd(k, a, place)
        case .lifeIsEndless: return end(unless: "g == -1", "'PTTL', \(k)")
        case .member: return end(unless: "g == 1", "'SISMEMBER', \(k), \(a)")
        }
    }

    /// The end as TIME and PTTL tell it.
    private static func luaOfEnd(_ k: String, _ a: String, _ place: Int) -> String {
        """
        do local t = call('TIME') g = call('PTTL', \(k)) if type(g) ~= 'number' or g < 0 or \
        math.abs(t[1] * 1000 + t[2] / 1000 + g - tonumber(\(a))) > \(EndQuestion.tolerance) \
        then return {\(place), call('EXISTS', \(k))} end end

        """
    }

    /// As ``HashDigest`` makes it.
    private static func luaOfHash(_ k: String, _ a: String, _ place: Int) -> String {
        """
        do local d = {} g = call('HGETALL', \(k)) \
        for i = 1, #g, 2 do d[#d + 1] = redis.sha1hex(#g[i] .. ':' .. g[i] .. g[i + 1]) end table.sort(d) \
        if g.err or redis.sha1hex(table.concat(d)) ~= \(a) then return {\(place), call('EXISTS', \(k))} end end

        """
    }

    private func luaOfFields(_ k: String, _ first: Int) -> String {
        let names = PlanScript.arguments(first..<first + fields.count)
        let tests = fields.indices.map { index in
            "if g[\(index + 1)] ~= a[\(first + fields.count + index)] then return {\(place + index), call('EXISTS', \(k))} end\n"
        }
        return "g = call('HMGET', \(k), \(names)) if g.err then return {\(place), 1} end\n" + tests.joined()
    }
}

extension PlanCondition {
    /// The field with the value that it must have, where that is the condition.
    fileprivate var field: StoredField? {
        guard case .field(let name, let value?) = test else { return nil }
        return StoredField(name, value)
    }
}
