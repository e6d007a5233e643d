import Redis
import Sessions

/// Looks whether a user may run the commands of a plan inside of scripts: one that is denied in the middle of a script would leave a
/// session that is changed in part.
struct ScriptRights {
    let connection: RedisConnection

    /// Commands that do nothing at a key that is not there, with an argument where they need one.
    private static let harmless = [
        "DEL": false, "UNLINK": false, "PERSIST": false, "PEXPIRE": true, "PEXPIREAT": true, "SREM": true, "ZREM": true,
        "HDEL": true,
    ]

    private static let script = """
        for i = 1, #ARGV, 2 do
            local g
            if ARGV[i + 1] == '' then g = redis.pcall(ARGV[i], KEYS[1]) else g = redis.pcall(ARGV[i], KEYS[1], ARGV[i + 1]) end
            if type(g) == 'table' and g.err and string.find(g.err, "can't run", 1, true) then
                return redis.error_reply('NOPERM this user may not run ' .. ARGV[i] .. ' in scripts: nothing was changed')
            end
        end
        return 1
        """

    /// The first command of a plan changes nothing where it is denied, and those that only tidy up may fail.
    ///
    /// - Throws: the server's refusal, before anything is written.
    func require(for plan: ChangePlan) throws(RedisError) {
        var names: [String] = []
        for command in plan.commands.dropFirst() where command.isEssential && !names.contains(command.name) {
            names.append(command.name)
        }
        let probes = names.flatMap { name in Self.harmless[name].map { [name, $0 ? "1" : ""] } ?? [] }
        guard !probes.isEmpty else { return }
        // Beside the session, where its rights hold, and nobody has such a key.
        let key = plan.key + Array(":\(UInt64.random(in: .min ... .max))".utf8)
        let words = [Array("EVAL".utf8), Array(Self.script.utf8), Array("1".utf8), key] + probes.map { Array($0.utf8) }
        do throws(RedisError) {
            try connection.call(words)
        } catch {
            // Who may run scripts that were loaded, and no others, is told when one fails.
            guard error.kind == .permission, error.isAboutScripts else { throw error }
        }
    }
}
