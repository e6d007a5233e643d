import Sessions

// Sets that sessions share.
extension UndoPlanner {
    /// Whether others have members in a key.
    func isShared(_ key: [UInt8]) -> Bool { states.contains { $0.key == key && $0.isShared } }

    /// Whether a key collects the sessions that end in one minute: others give it other lives, which says nothing of this one.
    func isBucket(_ key: [UInt8]) -> Bool { states.contains { $0.key == key && $0.role == .expirations } }

    /// When a key ends as the change left it, in milliseconds since 1970; nil where that is not known.
    func endGiven(to key: [UInt8]) -> Int64? {
        for condition in kept.result where condition.key == key {
            if case .endsAt(let end) = condition.test { return end }
        }
        return nil
    }

    /// Why the session cannot be put back into a set, also by force: somebody has something else at the set's key, and it would be in no index.
    var lacksSharedKey: String? {
        for (before, now) in zip(states, current) where now.isThere {
            guard let wanted = before.typeOfShared, let found = now.type, found != wanted else { continue }
            return "'\(EscapedName.text(of: before.key))' is a \(found) now, and was a \(wanted): rename or delete it, "
                + "and undo again"
        }
        return nil
    }
}

extension KeyState {
    /// Whether others have members in it.
    var isShared: Bool {
        if case .shared = content { return true }
        return false
    }

    /// What people call the type that it has to be of for the session to be put back there; nil where it is not.
    fileprivate var typeOfShared: String? {
        guard case .shared(let members) = content else { return nil }
        for member in members {
            switch member.place {
            case .inside: return "set"
            case .scored: return "sorted set"
            case .outside: continue
            }
        }
        return nil
    }
}
