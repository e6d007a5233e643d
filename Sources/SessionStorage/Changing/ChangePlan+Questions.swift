import Sessions

extension ChangePlan {
    /// The names of the commands by which its conditions are looked at, each once.
    ///
    /// Whether a key is there is asked also by plans of the same shape, and where another condition is not met. TIME is not among them: whoever
    /// knows an end without PEXPIRETIME was answered.
    ///
    /// - Parameters:
    ///   - inScripts: whether a script asks, which takes fields of one hash together.
    ///   - tellsExpiry: whether the server tells when keys end.
    func questions(inScripts: Bool, tellsExpiry: Bool) -> [String] {
        var names = conditions.isEmpty ? [] : ["EXISTS"]
        for condition in conditions {
            let name = condition.question(inScripts: inScripts, tellsExpiry: tellsExpiry)
            if !names.contains(name) { names.append(name) }
        }
        return names
    }
}

extension PlanCondition {
    fileprivate func question(inScripts: Bool, tellsExpiry: Bool) -> String {
        switch test {
        case .field(_, .some) where inScripts: "HMGET"
        case .endsAt where !tellsExpiry: "PTTL"
        default: ConditionQuestion(self).name
        }
    }
}
