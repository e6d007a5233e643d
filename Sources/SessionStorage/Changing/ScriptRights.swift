import Redis
import Sessions

/// Looks whether a user may run the commands of a plan inside of scripts: one that is denied in the middle of a script would leave a
/// session that is changed in part.
struct ScriptRights {
    let connection: RedisConnection
    /// Whether the server tells when keys end.
    let tellsExpiry: Bool

    /// Words with which a command does nothing at a key that is not there, or is refused for them once its user may run it.
    private static let harmless: [String: [String]] = [
        "DEL": [], "UNLINK": [], "PERSIST": [], "PEXPIRE": ["1"], "PEXPIREAT": ["1"], "SREM": ["1"], "ZREM": ["1"],
        "HDEL": ["1"], "SET": ["", "?"], "INCRBY": ["?"], "HSET": ["1", "1", "1"], "ZADD": ["?", "1"],
        "EXISTS": [], "GET": [], "HGETALL": [], "HLEN": [], "PEXPIRETIME": [], "PTTL": [], "HGET": ["?"],
        "HMGET": ["?"],
        "SISMEMBER": ["?"],
    ]

    /// They take whatever they are given, and are tried where what they make can be taken away at once.
    private static let making = ["SADD", "APPEND"]

    /// Tries each command, and answers with NOPERM for the first that is denied.
    private static let script = """
        local function may(...)
            local g = redis.pcall(...)
            return not (type(g) == 'table' and g.err and string.find(g.err, "can't run", 1, true))
        end
        for _, words in ipairs(cjson.decode(ARGV[1])) do
            local isAllowed
            if words[1] ~= 'SADD' and words[1] ~= 'APPEND' then
                isAllowed = may(words[1], KEYS[1], unpack(words, 2))
            else
                isAllowed = true
                for _, away in ipairs({{'UNLINK'}, {'DEL'}, {'PEXPIREAT', '1'}, {'SREM', '1'}}) do
                    if may(away[1], KEYS[1], unpack(away, 2)) then
                        isAllowed = may(words[1], KEYS[1], '1')
                        redis.pcall(away[1], KEYS[1], unpack(away, 2))
                        break
                    end
                end
            end
            if not isAllowed then
                return redis.error_reply('NOPERM this user may not run ' .. words[1] .. ' in scripts: nothing was changed')
            end
        end
        return 1
        """

    /// Also those that only tidy up: a session without its index would be found no more, one with two would be found twice. And those that
    /// only look: what may not be looked at would never be as it was read.
    ///
    /// RESTORE is not asked for: where it is denied, keys are made by their content.
    ///
    /// - Returns: whether it could be tried; not where the user may not run scripts by their texts.
    /// - Throws: the server's refusal, before anything is written.
    func require(for plan: ChangePlan) throws(RedisError) -> Bool {
        let probes = Self.probes(of: plan, plan.questions(inScripts: true, tellsExpiry: tellsExpiry))
        guard !probes.isEmpty else { return true }
        let json = Array(Self.json(probes).utf8)
        let words = [Array("EVAL".utf8), Array(Self.script.utf8), Array("1".utf8), Self.key(beside: plan), json]
        do throws(RedisError) {
            try connection.call(words)
            return true
        } catch {
            guard error.kind == .permission, error.isAboutScripts else { throw error }
            return false
        }
    }

    /// The commands of a plan with words with which they do nothing; those that make a key are without any.
    ///
    /// - Parameter questions: the commands by which its conditions are looked at, each once.
    static func probes(of plan: ChangePlan, _ questions: [String]) -> [[String]] {
        var names = questions
        for command in plan.commands where !names.contains(command.name) { names.append(command.name) }
        return names.compactMap { name in making.contains(name) ? [name] : harmless[name].map { [name] + $0 } }
    }

    /// Whether a command does nothing without any word behind its key.
    static func needsNoWord(_ probe: [String]) -> Bool { probe.first.flatMap { harmless[$0] }?.isEmpty ?? false }

    /// A key beside the session, where its rights hold, and nobody has such a key.
    static func key(beside plan: ChangePlan) -> [UInt8] {
        plan.key + Array(":\(UInt64.random(in: .min ... .max))".utf8)
    }

    /// Words of the tables above, in which nothing has to be escaped.
    private static func json(_ probes: [[String]]) -> String {
        "[" + probes.map { "[" + $0.map { "\"\($0)\"" }.joined(separator: ",") + "]" }.joined(separator: ",") + "]"
    }
}
