/// One connection to one database. Single commands by `call`; many by `send` and `receive`, several batches in flight.
///
///     let connection = try RedisConnection.connect(to: endpoint)
///     let size = try connection.call("DBSIZE").integer
///
/// After an error of the connection itself (not an error reply) it is closed, and says so in `isOpen`: what the server
/// was about to answer can no longer be told apart.
package final class RedisConnection {
    package let endpoint: RedisEndpoint
    package private(set) var isOpen = true
    /// Replies that were asked for and not received yet.
    package private(set) var outstanding = 0

    private var wire: Wire
    /// Makes another connection for the same user; nil where nobody said how.
    var makesAnother: (() throws(RedisError) -> RedisConnection)?
    private var command = "connect"
    private var callBatch = CommandBatch()
    private var callReplies = ReplyBatch()

    init(_ wire: Wire, endpoint: RedisEndpoint) {
        self.wire = wire
        self.endpoint = endpoint
    }

    /// Closes the connection; every later call says that it is lost.
    package func close() {
        isOpen = false
        outstanding = 0
        wire.close()
    }

    /// Connects anew where the connection has closed itself, to the same database as the same user. What was on its way is lost.
    package func reopen() throws(RedisError) {
        close()
        guard let makesAnother else { throw error(.closedBefore, of: command) }
        wire = try makesAnother().wire
        isOpen = true
    }

    /// Sends one command and waits for its reply. An error reply is thrown; inside arrays it is a value.
    ///
    /// - Parameter limits: closer ones than the connection's own. A reply that passes them closes it (`overLimit`).
    @discardableResult
    package func call(_ arguments: [[UInt8]], within limits: ReplyLimits? = nil) throws(RedisError) -> RedisReply {
        callBatch.removeAll()
        callBatch.append(arguments)
        try send(callBatch, as: arguments.first.map { String(decoding: $0, as: UTF8.self) } ?? "")
        try receive(1, into: &callReplies, within: limits)
        if let error = failure(in: callReplies, at: 0) { throw error }
        return callReplies.reply(at: 0)
    }

    @discardableResult
    package func call(_ arguments: String...) throws(RedisError) -> RedisReply {
        try call(arguments.map { Array($0.utf8) })
    }

    /// Writes the commands of a batch; each will bring one reply. `command` names them in errors.
    package func send(_ batch: borrowing CommandBatch, as command: String) throws(RedisError) {
        precondition(batch.missingArguments == 0, "the last command lacks arguments")
        self.command = command
        try guarded { () throws(RedisError.Cause) in
            if outstanding == 0 && wire.hasUnreadReplies { throw .protocolViolation("a reply without a command") }
            outstanding += batch.count
            try write(batch)
        }
    }

    private func write(_ batch: borrowing CommandBatch) throws(RedisError.Cause) {
        try batch.wire().withUnsafeBytes { bytes throws(RedisError.Cause) in try wire.write(bytes) }
    }

    /// Reads the next `count` replies of what was sent. The batch is emptied first.
    ///
    /// - Parameters:
    ///   - limits: closer ones than the connection's own. Replies that pass them close it (`overLimit`).
    ///   - whenSilent: called where nothing comes for ten milliseconds, before it is waited longer.
    package func receive(
        _ count: Int, into batch: inout ReplyBatch, within limits: ReplyLimits? = nil, whenSilent: (() -> Void)? = nil
    ) throws(RedisError) {
        batch.removeAll()
        try guarded { () throws(RedisError.Cause) in
            precondition(count <= outstanding, "more replies than commands")
            try wire.read(count, into: &batch, within: limits, whenSilent: whenSilent)
            outstanding -= count
        }
    }

    /// Reads and forgets what is still to come, so that the connection can be used for something else.
    package func drain() throws(RedisError) {
        while outstanding > 0 { try receive(1, into: &callReplies) }
    }

    /// Hands over what a connection that has subscribed was sent, up to now.
    package func takeMessages(_ body: (RedisReply) -> Void) throws(RedisError) {
        callBatch.removeAll()
        callBatch.append([Array("PING".utf8)])
        command = "PING"
        try guarded { () throws(RedisError.Cause) in
            try write(callBatch)
            // In this state the answer to PING is an array like the messages, and comes behind all of them.
            while true {
                callReplies.removeAll()
                try wire.read(1, into: &callReplies, within: nil)
                let message = callReplies.reply(at: 0)
                if message.elements?.first?.bytes == Array("pong".utf8) { return }
                body(message)
            }
        }
    }

    /// The error of an error reply; nil for every other reply.
    package func failure(in batch: borrowing ReplyBatch, at index: Int, of command: String? = nil) -> RedisError? {
        guard index < batch.count, batch[index].kind == .error else { return nil }
        let cause = RedisError.Cause(errorReply: batch.text(of: batch[index]))
        return error(cause, of: command ?? self.command)
    }

    /// The error of an answer that is in the protocol's form and cannot be the command's.
    package func unexpectedAnswer(to command: String) -> RedisError {
        error(.protocolViolation("an answer that is none to this command"), of: command)
    }

    /// The error of a command that was answered, where no answer of this server is one that can be used; `message` says why.
    package func refusal(of command: String, _ message: String) -> RedisError {
        error(RedisError.Cause(kind: .server(code: "ERR"), message: message), of: command)
    }

    /// The error of commands that this user may not run, as several answers say together; `message` names them.
    package func denial(of command: String, _ message: String) -> RedisError {
        error(RedisError.Cause(kind: .permission, message: message), of: command)
    }

    func error(_ cause: RedisError.Cause, of command: String) -> RedisError {
        RedisError(kind: cause.kind, endpoint: endpoint, command: command, message: cause.message)
    }

    /// Every use of the wire passes here: a failure closes the connection and learns where it happened.
    private func guarded(_ work: () throws(RedisError.Cause) -> Void) throws(RedisError) {
        do throws(RedisError.Cause) {
            guard isOpen else { throw RedisError.Cause.closedBefore }
            try work()
        } catch {
            close()
            throw self.error(error, of: command)
        }
    }
}
