extension JWTInspection {
    mutating func inspectHeader() {
        inspectAlgorithm()
        inspectCritical()
        inspectKeySources()
        if header("zip") != nil {
            add(.compressed, .header, named: "zip", "compressed content is not inflated (RFC 8725 §3.6)")
        }
        if header("b64")?.bool == false {
            add(.unencodedPayload, .header, named: "b64", "an unencoded payload is not for JWTs (RFC 7797 §7)")
        }
    }

    /// RFC 8725 §3.1 and §3.2: what `alg` says is never the truth about the key, and `none` protects nothing.
    private mutating func inspectAlgorithm() {
        guard let node = header("alg") else {
            return add(.algorithmMissing, .header, named: "alg", "the algorithm must be named (RFC 7515 §4.1.1)")
        }
        guard let name = node.string?.lossyText else { return }
        let letters = name.lowercased().filter { $0 != " " }
        if letters == "none" {
            add(.algorithmNone, .header, named: "alg", "nothing protects this token: anybody can have written it")
        } else if !JWTAlgorithm.isKnown(name, isEncrypted: token.isEncrypted) {
            add(.algorithmUnknown, .header, named: "alg", "is no registered algorithm for this kind of token")
        }
    }

    /// RFC 7515 §4.1.11: a list, not empty, of names that are in the header and that no specification defines.
    private mutating func inspectCritical() {
        guard let list = header("crit")?.array else { return }
        let names = list.compactMap(\.string)
        guard names.count == list.count else { return }
        let present = Set(token.headerMembers.map(\.name))
        if names.isEmpty || Set(names).count < names.count || !names.allSatisfy(present.contains) {
            add(.criticalMalformed, .header, named: "crit", "must name parameters of this header, each once")
        }
        for name in names {
            guard let text = name.text, JWTTerm.header[text] != nil else {
                add(.criticalUnknown, .header, name, "is marked critical and not known, so the token must be refused")
                continue
            }
            if text != "b64" {
                add(.criticalMalformed, .header, name, "is a standard parameter and must not be listed in crit")
            }
        }
    }

    /// RFC 8725 §3.10: keys and addresses that come with the token are the sender's choice.
    private mutating func inspectKeySources() {
        for name in ["jku", "x5u"] where header(name) != nil {
            add(.keyURL, .header, named: name, "names a URL for the key; nothing was fetched")
        }
        for name in ["jwk", "x5c"] where header(name) != nil {
            add(.embeddedKey, .header, named: name, "brings its own key, which proves nothing about the sender")
        }
        guard let kid = header("kid")?.string, isSuspect(kid.bytes) else { return }
        add(.suspectKeyID, .header, named: "kid", "looks like a path, a query or control characters")
    }

    private func isSuspect(_ kid: [UInt8]) -> Bool {
        if kid.first == UInt8(ascii: "/"), kid.dropFirst().contains(UInt8(ascii: "/")) { return true }
        let odd: Set<UInt8> = [0x22, 0x24, 0x27, 0x3b, 0x5c, 0x60, 0x7c]  // " $ ' ; \ ` |
        if kid.contains(where: { $0 < 0x20 || $0 >= 0x7f || odd.contains($0) }) { return true }
        return zip(kid, kid.dropFirst()).contains { $0 == UInt8(ascii: ".") && $1 == UInt8(ascii: ".") }
    }
}
