extension JacksonValue {
    /// The members that are the value's own: all but the one that names its class.
    public var members: [JSONObject.Member] {
        guard let object = node.object else { return [] }
        guard className != nil else { return Array(object) }
        var isClassSeen = false
        return object.filter { member in
            guard !isClassSeen, member.name.bytes.elementsEqual(Self.classMember.utf8) else { return true }
            isClassSeen = true
            return false
        }
    }

    /// The value of the last member of that name, as Jackson takes it.
    func member(_ name: some Sequence<UInt8>) -> JSONNode? {
        guard let object = node.object else { return nil }
        let name = Array(name)
        var found: JSONNode?
        for member in object where member.name.bytes == name { found = member.value }
        return found
    }

    /// Milliseconds since 1970, of a date that Jackson wrote as a number.
    public var epochMilliseconds: Int64? {
        switch className {
        case "java.util.Date", "java.sql.Date", "java.sql.Timestamp", "java.util.GregorianCalendar": node.number?.int64
        default: nil
        }
    }
}
