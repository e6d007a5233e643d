import Redis
import Sessions
import Terminal

/// Where a store is and how to be let in: flags, URL, environment and defaults, in that order.
struct ConnectionPlan {
    var endpoint: RedisEndpoint
    var credentials: RedisCredentials
    var timeouts: RedisTimeouts
    /// The interval in seconds that the session manager is configured with; nil where nobody says.
    var managerInterval: Int64?
    /// How the application names the keys beside its tokens.
    var jwtKeys = JWTKeyTemplates.standard
}

extension ConnectionOptions {
    /// Resolves flags > URL > environment > default; asks for the password where it was wished.
    func plan(in context: CommandContext) throws -> ConnectionPlan {
        var store = StoreURL()
        if let url {
            store = try StoreURL(url)
        }
        warnAboutPasswords(["the URL": store.password == nil ? nil : url, "-a": password], context)
        return ConnectionPlan(
            endpoint: try endpoint(store), credentials: try credentials(store, context),
            timeouts: try timeouts(store), managerInterval: try checkedInterval(), jwtKeys: try templates())
    }

    private func templates() throws -> JWTKeyTemplates {
        do {
            return try JWTKeyTemplates(settings: jwtKeys)
        } catch {
            throw Failure.usage("--jwt-keys \(error)", advice: "sessionctl help jwt-keys tells the usual names")
        }
    }

    private func checkedInterval() throws -> Int64? {
        guard let managerInterval else { return nil }
        guard managerInterval > 0 else {
            throw Failure.usage("--max-inactive-interval \(managerInterval): give a number of seconds above 0")
        }
        return managerInterval
    }

    /// On a line of the shell: what is not given is as the shell has it, unless another server is named.
    func plan(over shell: ConnectionPlan, in context: CommandContext) throws -> ConnectionPlan {
        let own = try plan(in: context)
        if namesServer { return own }
        var plan = shell
        if database != nil { plan.endpoint.database = own.endpoint.database }
        if user != nil || password != nil || askPassword { plan.credentials = own.credentials }
        if connectTimeout != nil { plan.timeouts.connect = own.timeouts.connect }
        if !jwtKeys.isEmpty { plan.jwtKeys = own.jwtKeys }
        if managerInterval != nil { plan.managerInterval = own.managerInterval }
        if timeout != nil { plan.timeouts.progress = own.timeouts.progress }
        return plan
    }

    private func endpoint(_ store: StoreURL) throws -> RedisEndpoint {
        let number = database ?? store.database ?? 0
        guard number >= 0 else { throw Failure.usage("database \(number): a database's number is not below zero") }
        if socket != nil, host != nil || port != nil {
            throw Failure.usage("-s is instead of -h and -p: give one or the other")
        }
        if let path = socket { return RedisEndpoint(.unix(path: path), database: number) }
        if host == nil, port == nil, let path = store.socket {
            return RedisEndpoint(.unix(path: path), database: number)
        }
        let port = port ?? store.port ?? 6379
        guard let number16 = UInt16(exactly: port), number16 > 0 else {
            throw Failure.usage("port \(port) is not between 1 and 65535")
        }
        return RedisEndpoint(.tcp(host: host ?? store.host ?? "127.0.0.1", port: number16), database: number)
    }

    private func credentials(_ store: StoreURL, _ context: CommandContext) throws -> RedisCredentials {
        var secret = (password ?? store.password).map { Secret(Array($0.utf8)) }
        if askPassword {
            secret = Secret(try PasswordPrompt.read(prompt: "Password: "))
        } else if secret == nil, let value = context.environment["REDISCLI_AUTH"], !value.isEmpty {
            secret = Secret(Array(value.utf8))
        }
        return RedisCredentials(user: user ?? store.user, password: secret)
    }

    private func timeouts(_ store: StoreURL) throws -> RedisTimeouts {
        RedisTimeouts(
            connect: try duration(connectTimeout, "--connect-timeout"),
            progress: try duration(timeout ?? store.timeout, "--timeout"))
    }

    private func duration(_ seconds: Double?, _ option: String) throws -> Duration {
        guard let seconds else { return .seconds(3) }
        guard seconds > 0, seconds <= 86_400 else {
            throw Failure.usage("\(option) \(seconds): give a number of seconds above 0 and up to 86400")
        }
        return .milliseconds(Int64(seconds * 1000))
    }

    /// Once, whatever holds one, and the process list is wiped of it.
    private func warnAboutPasswords(_ places: KeyValuePairs<String, String?>, _ context: CommandContext) {
        let given = places.compactMap { place, text in text.map { (place, $0) } }
        // A line of the shell is in no process list.
        guard context.shell == nil, !given.isEmpty else { return }
        for (_, text) in given { ProcessArguments.wipe(Array(text.utf8)) }
        let names = given.map { $0.0 }.joined(separator: " and in ")
        context.say(
            "a password in \(names) can be seen by others on this machine; --askpass or REDISCLI_AUTH keep it hidden")
    }
}
