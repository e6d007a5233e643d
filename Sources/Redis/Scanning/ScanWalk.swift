/// The state of one walk: which keys' commands are on the wire, and where SCAN goes on.
///
/// On the wire a batch is `SCAN next-cursor` followed by the commands for the keys of the SCAN before. So the next keys
/// come first, and their batch leaves before this one's replies are read.
///
/// Where keys are measured, the commands for that stand between the two for the keys that have just come, and their own follow
/// a batch later: what is large is known before anybody asks for all of it.
struct ScanWalk: ~Copyable {
    private let connection: RedisConnection
    private let pattern: [UInt8]?
    private let measuring: KeyspaceScan.Measuring?
    private let limits: ReplyLimits?
    private var pace = ScanPace()
    private var recent = RecentKeys()
    private var cursor: [UInt8] = [UInt8(ascii: "0")]
    private var batch = CommandBatch()
    private var scanned = ReplyBatch()
    private var measures = ReplyBatch()
    private var replies = ReplyBatch()

    /// Keys whose replies come next, and the number of these.
    private var current = KeyBatch()
    private var currentCommands = 0
    /// Keys whose batch was sent after it.
    private var following = KeyBatch()
    private var followingCommands = 0
    /// Keys that are being measured, and by how many commands.
    private var measured = KeyBatch()
    private var measuredCount = 0
    /// Whether a SCAN was sent that has not been read, and whether `following` holds a batch.
    private var scanIsOut = false
    private var followingIsOut = false
    /// Whether the last `advance` received a batch; if not, the walk is over.
    private(set) var hasReplies = false

    /// - Parameter measuring: adds what is asked of a key first; nil where nothing is.
    init(
        connection: RedisConnection, pattern: [UInt8]?, limits: ReplyLimits? = nil,
        measuring: KeyspaceScan.Measuring? = nil
    ) {
        self.connection = connection
        self.pattern = pattern
        self.limits = limits
        self.measuring = measuring
    }

    /// Asks for the first keys and sends their commands.
    mutating func begin(_ commands: (inout KeyBatch, inout CommandBatch) -> Void) throws(RedisError) {
        appendScan()
        try connection.send(batch, as: "SCAN")
        try prepareFollowing(commands)
        try sendFollowing()
    }

    /// Sends the batch after the next one and receives the replies of the next one.
    ///
    /// Mostly in this order, so that the server always has work. But of large replies it writes 64 KB, and then looks for new
    /// commands before it writes the rest: those would be done while we wait for what is done already, and the server would
    /// have none while we work. So large replies are received first.
    mutating func advance(_ commands: (inout KeyBatch, inout CommandBatch) -> Void) throws(RedisError) {
        hasReplies = followingIsOut
        guard followingIsOut else { return }
        swap(&current, &following)
        currentCommands = followingCommands
        followingIsOut = false
        let isLarge = replies.byteCount > Self.bytesAtOnce
        let goesOn = scanIsOut || measured.count > 0
        if goesOn { try prepareFollowing(commands) }
        if goesOn, !isLarge { try sendFollowing() }
        do throws(RedisError) {
            try connection.receive(currentCommands, into: &replies, within: limits)
        } catch {
            guard error.kind == .overLimit, limits != nil else { throw error }
            try goOnAnew(sent: goesOn && !isLarge)
        }
        if goesOn, isLarge { try sendFollowing() }
    }

    /// Gives up replies that are too large, and the connection that they are on, so that the rest of them need not be read. What was
    /// sent behind them is sent again: a cursor of SCAN is good on any connection.
    private mutating func goOnAnew(sent: Bool) throws(RedisError) {
        try connection.reopen()
        replies.discard()
        if sent { try sendFollowing() }
    }

    /// What Redis writes to one client before it turns to others (`NET_MAX_WRITES_PER_EVENT`).
    private static let bytesAtOnce = 64 << 10

    func handOver<Failure: Error>(
        _ body: (borrowing KeyBatch, borrowing ReplyBatch) throws(Failure) -> Bool
    ) throws(Failure) -> Bool {
        current.count == 0 ? true : try body(current, replies)
    }

    /// Leaves the connection as it was found. If that fails it has closed itself.
    func abandon() {
        try? connection.drain()
    }

    /// Reads the answer to SCAN, and puts together the next SCAN and the commands for the keys that came, or, where keys
    /// are measured, for those that came before them.
    private mutating func prepareFollowing(
        _ commands: (inout KeyBatch, inout CommandBatch) -> Void
    ) throws(RedisError) {
        let hasMoreKeys = scanIsOut
        if hasMoreKeys { try receiveKeys() } else { following.removeAll() }
        batch.removeAll()
        if hasMoreKeys, cursor != [UInt8(ascii: "0")] { appendScan() }
        if let measuring { try measure(measuring) }
        let scans = batch.count
        if following.count > 0 { commands(&following, &batch) }
        followingCommands = batch.count - scans
        let replyBytes = replies.wasTooLarge ? .max : replies.byteCount
        pace.adjust(keys: following.count, commands: followingCommands, replyBytes: replyBytes)
    }

    private mutating func sendFollowing() throws(RedisError) {
        followingIsOut = true
        if batch.count > 0 { try connection.send(batch, as: "SCAN") }
    }

    /// Reads how large the keys are that came before, whose turn it is now, and asks it of those that have come.
    private mutating func measure(_ measuring: KeyspaceScan.Measuring) throws(RedisError) {
        try connection.receive(measuredCount, into: &measures)
        var reply = 0
        for index in 0..<measured.count where measured.measuring(at: index) > 0 {
            if let sum = measures.sum(of: measured.measuring(at: index), from: &reply) {
                measured.setMeasure(sum, at: index)
            }
        }
        swap(&measured, &following)
        measuredCount = 0
        for index in 0..<measured.count {
            let before = batch.count
            measuring(&measured, index, &batch)
            measured.setMeasuring(batch.count - before, at: index)
            measuredCount += batch.count - before
        }
    }

    private mutating func appendScan() {
        batch.begin(pattern == nil ? 4 : 6)
        batch.add("SCAN")
        batch.add(cursor)
        batch.add("COUNT")
        batch.add(pace.count)
        if let pattern {
            batch.add("MATCH")
            batch.add(pattern)
        }
        scanIsOut = true
    }

    /// The reply is `[cursor, [key, …]]`.
    private mutating func receiveKeys() throws(RedisError) {
        try connection.receive(1, into: &scanned)
        scanIsOut = false
        if let error = connection.failure(in: scanned, at: 0) {
            abandon()
            throw error
        }
        guard scanned.count >= 3, scanned[0].count == 2, scanned[1].kind == .string, scanned[2].kind == .array,
            scanned.count == 3 + scanned[2].count, scanned[1].byteCount <= 20
        else { throw malformed() }
        following.removeAll()
        following.cursor = ScanCursor(decimal: cursor)
        cursor = scanned.array(of: scanned[1])
        for index in 3..<scanned.count {
            guard scanned[index].kind == .string else { throw malformed() }
            let key = scanned.bytes(of: scanned[index])
            if recent.insert(key) { following.append(key) }
        }
    }

    private func malformed() -> RedisError {
        connection.close()
        return connection.error(.protocolViolation("an answer to SCAN that is none"), of: "SCAN")
    }
}
