extension RedisConnection {
    /// Opens a connection, says who we are and selects the database.
    ///
    /// `interruption` is asked at least every 100 ms while we wait; when it says true, the call in progress throws.
    package static func connect(
        to endpoint: RedisEndpoint, credentials: RedisCredentials = .none, timeouts: RedisTimeouts = RedisTimeouts(),
        limits: ReplyLimits = ReplyLimits(), interruption: @escaping () -> Bool = { false }
    ) throws(RedisError) -> RedisConnection {
        let patience = Patience(interruption: interruption)
        let deadline = Deadline(after: timeouts.connect)
        let late = "no connection within \(timeouts.connect.brief)"
        let socket: Socket
        do {
            socket = try Socket.connected(
                to: endpoint.address, before: deadline, timeout: late, patience: patience)
        } catch {
            throw RedisError(kind: error.kind, endpoint: endpoint, command: "connect", message: error.message)
        }
        let wire = Wire(socket, patience: patience, timeout: timeouts.progress, limits: limits)
        let connection = RedisConnection(wire, endpoint: endpoint)
        wire.phase = Wire.Phase(
            end: deadline, timeout: late + ": something answers there, too slowly for a Redis that lets us in")
        try connection.introduce(credentials)
        wire.phase = nil
        connection.makesAnother = { () throws(RedisError) in
            try connect(
                to: endpoint, credentials: credentials, timeouts: timeouts, limits: limits, interruption: interruption)
        }
        return connection
    }

    /// AUTH, SELECT and CLIENT SETNAME in one round trip. Only the name may fail.
    private func introduce(_ credentials: RedisCredentials) throws(RedisError) {
        var batch = CommandBatch()
        var names: [String] = []
        if credentials.user != nil || credentials.password != nil {
            batch.appendAuth(credentials)
            names.append("AUTH")
        }
        if endpoint.database != 0 {
            batch.append([Array("SELECT".utf8), Array(String(endpoint.database).utf8)])
            names.append("SELECT")
        }
        batch.append(["CLIENT", "SETNAME", "sessionctl"].map { Array($0.utf8) })
        names.append("CLIENT")
        try send(batch, as: "connect")
        // One by one: a server that refuses us answers once and closes.
        var replies = ReplyBatch()
        for name in names {
            try receive(1, into: &replies)
            try check(replies, of: name, credentials.password)
        }
    }

    private func check(
        _ replies: borrowing ReplyBatch, of command: String, _ password: Secret?
    ) throws(RedisError) {
        guard replies[0].kind == .error else { return }
        let cause = RedisError.Cause(errorReply: replies.text(of: replies[0])).hiding(password)
        if command == "CLIENT" && cause.isAboutTheCommandOnly { return }
        close()
        throw error(cause, of: command)
    }
}

extension RedisError.Cause {
    /// A user who may not set a name, on a server that knows no names, may still read sessions.
    fileprivate var isAboutTheCommandOnly: Bool {
        switch kind {
        case .server: true
        case .permission: message.hasPrefix("NOPERM") || message.hasPrefix(RedisError.unknownCommand)
        default: false
        }
    }
}

extension CommandBatch {
    /// `AUTH password`, or `AUTH user password` as Redis 6 and later know it.
    fileprivate mutating func appendAuth(_ credentials: RedisCredentials) {
        begin(credentials.user == nil ? 2 : 3)
        add("AUTH")
        if let user = credentials.user { add(Array(user.utf8)) }
        if let password = credentials.password {
            password.withBytes { add($0) }
        } else {
            add("")
        }
    }
}
