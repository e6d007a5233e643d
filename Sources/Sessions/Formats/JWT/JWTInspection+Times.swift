extension JWTInspection {
    /// RFC 7519 §4.1.4 to §4.1.6.
    mutating func inspectTimes(now: Int64?) {
        guard token.claims != nil else { return }
        inspectEachDate()
        let expires = date("exp")
        if claim("exp") == nil { add(.expiryMissing, .payload, named: "exp", "the token never expires by itself") }
        if let expires { inspectOrder(expires) }
        guard let now else { return }
        if let expires, now >= expires.milliseconds {
            add(.expired, .payload, named: "exp", "expired\(at(expires))")
        }
        if let begins = date("nbf"), now < begins.milliseconds {
            add(.notYetValid, .payload, named: "nbf", "not valid before\(at(begins))")
        }
        // A minute of difference between clocks is usual.
        let (latest, isEndless) = now.addingReportingOverflow(60_000)
        if let issued = date("iat"), !isEndless, issued.milliseconds > latest {
            add(.issuedInFuture, .payload, named: "iat", "issued in the future,\(at(issued))")
        }
    }

    private func date(_ name: String) -> JWTNumericDate? { claim(name)?.number.map(JWTNumericDate.init) }

    private func at(_ date: JWTNumericDate) -> String { date.text.map { " " + $0 } ?? " at a time beyond all dates" }

    private mutating func inspectEachDate() {
        for member in token.claimMembers {
            guard let date = member.date else { continue }
            if let milliseconds = date.asMilliseconds {
                let text = RFC3339.text(milliseconds: milliseconds)
                add(.looksLikeMilliseconds, .payload, member.name, "must be seconds; as milliseconds it is \(text)")
            } else if date.isOutOfRange {
                add(.timeOutOfRange, .payload, member.name, "is a number of seconds beyond all dates")
            }
        }
    }

    private mutating func inspectOrder(_ expires: JWTNumericDate) {
        if let issued = date("iat"), expires.milliseconds < issued.milliseconds {
            add(.expiresBeforeIssued, .payload, named: "exp", "expires before it was issued")
        }
        if let begins = date("nbf"), expires.milliseconds <= begins.milliseconds {
            add(.expiresBeforeValid, .payload, named: "exp", "expires before it becomes valid")
        }
    }
}
