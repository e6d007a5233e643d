/// The fields of a session's hash as Redisson's codecs write them.
struct RedissonHash {
    let group: SessionGroup
    let key: [UInt8]

    init(_ group: SessionGroup) {
        self.group = group
        key = group.record.key
    }

    /// A field under the name that it has in the hash: before 2.15.1 and 3.10.1 names are encoded as values are (ch. 10.2).
    func stored(_ field: [UInt8]) -> StoredField? {
        guard case .hash(let fields) = group.record.content else { return nil }
        return fields.first { RedissonHashReader.name($0.field) == field }
    }

    /// That nobody has used the session since it was read: each request writes its times.
    var isAsRead: [PlanCondition] {
        let times = RedissonFormat.Field.times.map { field in
            let found = stored(field)
            return PlanCondition(key, .field(found?.field ?? field, found?.value), otherwise: .usedSince)
        }
        return [PlanCondition(key, .exists, otherwise: .gone)] + times
    }

    /// Adds the command that writes these numbers, each as the field has them now.
    func set(_ numbers: [([UInt8], Int64)], in plan: inout ChangePlan) throws(ChangeRefusal) {
        var words: [[UInt8]] = []
        for (field, number) in numbers {
            guard let found = stored(field), let codec = RedissonCodec(number: found.value),
                let bytes = codec.bytes(of: number, like: found.value)
            else {
                let name = String(decoding: field, as: UTF8.self)
                throw ChangeRefusal(
                    "\(name) is missing or in a codec that is not known: no time can be written, and a longer life of the key "
                        + "alone does not extend it")
            }
            words += [found.field, bytes]
            plan.result.append(PlanCondition(key, .field(found.field, bytes), otherwise: .usedSince))
        }
        plan.commands.append(PlannedCommand("HSET", key, words, role: .session))
    }
}
