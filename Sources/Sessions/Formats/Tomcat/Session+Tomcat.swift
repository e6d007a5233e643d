import JavaSerialization

extension Session {
    /// Takes over what a `StandardSession` says of itself.
    ///
    /// - Parameter isWhole: whether all is there, so that what is shown of single sessions alone is worth making.
    mutating func apply(_ sequence: StandardSessionSequence, of graph: JavaGraph, isWhole: Bool) {
        createdAt = sequence.creationTime
        lastAccessedAt = sequence.thisAccessedTime ?? sequence.lastAccessedTime
        maxInactiveSeconds = sequence.maxInactiveInterval
        findings += sequence.findings
        takePrincipal(TomcatPrincipal(of: sequence, in: graph))
        add("storedId", sequence.id.map { EscapedName.text(of: $0) })
        add("lastAccessedTime", sequence.lastAccessedTime.map { String($0) })
        add("thisAccessedTime", sequence.thisAccessedTime.map { String($0) })
        add("isNew", sequence.isNew.map { String($0) })
        add("isValid", sequence.isValid.map { String($0) })
        add("layout", sequence.layout?.rawValue)
        add("authType", sequence.authType)
        guard isWhole else { return }
        addStoredPassword()
        add("roles", sequence.principal.flatMap { TomcatPrincipal.roles(of: $0, in: graph) })
        add("expectedSessionId", sequence.expectedSessionId)
        add("savedRequest", sequence.savedRequest.map { SavedRequest.text(of: $0, in: graph) })
    }

    mutating func takePrincipal(_ principal: TomcatPrincipal?) {
        principalName = principal?.name
        authentication = principal?.authentication
    }

    /// Tomcat up to 9 keeps the password with the principal that it persists (session-formats, ch. 2.2), and Spring Security with
    /// its context where it does not erase credentials.
    mutating func addStoredPassword() {
        guard let authentication, Authentication.holdsCredentials(authentication) else { return }
        findings.append(
            Finding("stored-password", "the principal or the security context holds a password or other credentials"))
    }

    mutating func add(_ name: String, _ value: String?) {
        if let value { details.append(SessionDetail(name, value)) }
    }

    /// Takes the interval that rules; the session's own is kept where it is another one.
    mutating func take(interval: Int64?) {
        guard interval != maxInactiveSeconds else { return }
        add("maxInactiveInterval", maxInactiveSeconds.map { String($0) })
        maxInactiveSeconds = interval
    }

    /// The key's life is renewed by each request, the value only by those that change it: so the last access is
    /// now − (interval − remaining life) (session-formats, ch. 3.2).
    ///
    /// It may be a moment ahead: the key was renewed since the clock was read, or clocks differ.
    mutating func deriveLastAccess(now: Int64) {
        guard case .milliseconds(let left) = timeToLive, let seconds = maxInactiveSeconds, seconds > 0 else { return }
        let (interval, first) = seconds.multipliedReportingOverflow(by: 1000)
        let (elapsed, second) = interval.subtractingReportingOverflow(left)
        let (time, third) = now.subtractingReportingOverflow(elapsed)
        guard !first, !second, !third, elapsed >= -60_000, let created = createdAt else { return }
        let (earliest, fourth) = created.subtractingReportingOverflow(1000)
        guard !fourth, time >= earliest else { return }
        lastAccessedAt = time
        derivesLastAccess = true
    }

    /// Takes the end of the key's life where it is told to the millisecond, so that each look at the session gives the same last use.
    ///
    /// - Parameters:
    ///   - end: milliseconds since 1970.
    ///   - now: the same; both by the server's clock.
    package mutating func take(endOfKey end: Int64, now: Int64) {
        timeToLive = .milliseconds(max(0, end.subtractingReportingOverflow(now).partialValue))
        if derivesLastAccess { deriveLastAccess(now: now) }
    }

    /// Takes the id out of a key that holds more than the id, and looks at its route.
    mutating func place(storedId: [UInt8]?) {
        if let storedId, let prefix = TomcatId.prefix(of: key, before: storedId) {
            id = storedId
            namespace = prefix
        }
        guard let route = TomcatId.route(of: id) else { return }
        add("route", EscapedName.text(of: route))
        if TomcatId.isDoubled(route: route) {
            findings.append(
                Finding(
                    "double-route",
                    "the route stands twice in the id, as jcoleman's manager up to 2.0.0 may append it"))
        }
    }
}

/// A request that waits for a login (FORM authentication), by its method and path.
enum SavedRequest {
    /// `POST /library/lend`. The query and path parameters are left out: they may hold secrets.
    static func text(of node: JavaNode, in graph: JavaGraph) -> String {
        let words = [graph.reference("method", of: node), graph.reference("requestURI", of: node)]
        return text(method: words[0].flatMap { graph.text(of: $0) }, uri: words[1].flatMap { graph.text(of: $0) })
            ?? graph.className(of: node)
    }

    static func text(method: String?, uri: String?) -> String? {
        let path = uri.map { String($0.prefix { $0 != ";" && $0 != "?" }) }
        let words = [method, path].compactMap { $0 }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }
}
