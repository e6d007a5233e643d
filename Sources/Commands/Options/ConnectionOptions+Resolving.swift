import Configuration
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
    /// Namespaces of the profile, in which ids are looked for first.
    var namespaces: [String] = []
    /// The profile that was chosen by its name.
    var chosenProfile: String?
    /// The profile that was chosen, or that has the same store.
    var profile: String?
    /// What the profile says against changing sessions.
    var protection: WriteProtection?
    /// The file that holds the store, where it is no server.
    var file: StoreFile?
    /// The same while it can be read; it is closed when nobody has it any more.
    var opened: OpenedFile?
}

extension ConnectionOptions {
    /// Resolves flags > URL > environment > profile > default; asks for the password where it was wished.
    ///
    /// - Parameters:
    ///   - passwords: the environment's variables that may hold the password, the strongest first.
    ///   - permission: of a command that changes sessions; it is refused before a password is looked for.
    func plan(
        in context: CommandContext, passwords: [String] = ["REDISCLI_AUTH"], toChange permission: WritePermission? = nil
    ) throws -> ConnectionPlan {
        let profiles = try Profiles(environment: context.environment)
        let chosen = try url.flatMap { url throws(Failure) in try profiles.named(url) }
        let store = try chosen?.store ?? url.map { url throws(Failure) in try StoreURL(url) } ?? StoreURL()
        warnAboutPasswords(["the URL": store.password == nil ? nil : url, "-a": password], context)
        if let file = store.file { try refuseServerOptions(of: file) }
        let endpoint = try endpoint(store)
        let protection =
            store.file.map { WriteProtection(of: $0) }
            ?? profiles.protection(of: endpoint, chosen: chosen?.profile.name)
        if let permission { try protection?.check(permission, in: context) }
        var plan = ConnectionPlan(
            endpoint: endpoint,
            credentials: try credentials(store, passwords, context) { try profiles.password(of: chosen, context) },
            timeouts: try timeouts(store),
            managerInterval: try checkedInterval() ?? chosen?.profile.maxInactiveInterval,
            jwtKeys: try templates(chosen?.profile, in: profiles.place))
        plan.file = store.file
        plan.namespaces = chosen?.profile.namespaces ?? []
        plan.chosenProfile = chosen?.profile.name
        plan.profile = profiles.name(of: endpoint, chosen: plan.chosenProfile)
        plan.protection = protection
        return plan
    }

    private func templates(_ profile: Profile?, in path: String) throws -> JWTKeyTemplates {
        let isFlag = !jwtKeys.isEmpty
        do {
            return try JWTKeyTemplates(settings: isFlag ? jwtKeys : profile?.jwtKeys ?? [])
        } catch {
            let place = isFlag ? "--jwt-keys" : "\(path), line \(profile?.lines[.jwtKeys] ?? 0): 'jwt-keys'"
            throw Failure.usage("\(place) \(error)", advice: "sessionctl help jwt-keys tells the usual names")
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
    func plan(
        over shell: ConnectionPlan, in context: CommandContext, toChange permission: WritePermission? = nil
    ) throws -> ConnectionPlan {
        if namesServer { return try plan(in: context, toChange: permission) }
        var plan = shell
        if let database { try plan.move(toDatabase: database, in: context) }
        if let permission { try plan.protection?.check(permission, in: context) }
        let own = try self.plan(in: context)
        if user != nil || password != nil || askPassword { plan.credentials = own.credentials }
        if connectTimeout != nil { plan.timeouts.connect = own.timeouts.connect }
        if !jwtKeys.isEmpty { plan.jwtKeys = own.jwtKeys }
        if managerInterval != nil { plan.managerInterval = own.managerInterval }
        if timeout != nil { plan.timeouts.progress = own.timeouts.progress }
        return plan
    }

    /// A file is no server: what says how to reach one would be ignored.
    private func refuseServerOptions(of file: StoreFile) throws(Failure) {
        let given: KeyValuePairs<String, Bool> = [
            "-h": host != nil, "-p": port != nil, "-s": socket != nil, "--user": user != nil, "-a": password != nil,
            "--askpass": askPassword, "-t": connectTimeout != nil, "--timeout": timeout != nil,
            "-n": database != nil && file.kind != .rdb,
        ]
        guard let option = given.first(where: { $0.value })?.key else { return }
        throw .usage("\(file.title) is a file: \(option) does not apply to it")
    }

    private func endpoint(_ store: StoreURL) throws -> RedisEndpoint {
        if socket != nil, host != nil || port != nil {
            throw Failure.usage("-s is instead of -h and -p: give one or the other")
        }
        var named = store
        named.database = database ?? store.database
        if host != nil || port != nil { named.socket = nil }
        named.socket = socket ?? named.socket
        named.host = host ?? store.host
        named.port = port ?? store.port
        return try named.endpoint()
    }

    private func credentials(
        _ store: StoreURL, _ variables: [String], _ context: CommandContext, profile: () throws -> Secret?
    ) throws -> RedisCredentials {
        var secret = (password ?? store.password).map { Secret(Array($0.utf8)) }
        if askPassword {
            secret = Secret(try PasswordPrompt.read(prompt: "Password: "))
        } else if secret == nil,
            let value = variables.lazy.compactMap({ context.environment[$0] }).first(where: { !$0.isEmpty })
        {
            secret = Secret(Array(value.utf8))
        } else if secret == nil {
            secret = try profile()
        }
        return RedisCredentials(user: user ?? store.user, password: secret)
    }

    private func timeouts(_ store: StoreURL) throws -> RedisTimeouts {
        RedisTimeouts(
            connect: try duration(connectTimeout ?? store.connectTimeout, "--connect-timeout"),
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

extension ConnectionPlan {
    /// How a file is read.
    init(_ file: StoreFile) {
        self.init(
            endpoint: file.endpoint(at: .unix(path: file.path)),
            credentials: RedisCredentials(user: nil, password: nil),
            timeouts: OpenedFile.timeouts)
        self.file = file
        protection = WriteProtection(of: file)
    }

    /// The same server and another database, which may be another profile's.
    fileprivate mutating func move(toDatabase number: Int, in context: CommandContext) throws {
        if let file {
            guard file.kind == .rdb else { throw Failure.usage("\(file.title) is a file: -n does not apply to it") }
            endpoint = file.endpoint(at: endpoint.address, database: number)
            return
        }
        endpoint.database = number
        let profiles = try Profiles(environment: context.environment)
        protection = profiles.protection(of: endpoint, chosen: chosenProfile)
        profile = profiles.name(of: endpoint, chosen: chosenProfile)
    }
}

extension Profiles {
    /// The password that a profile says where to find.
    fileprivate func password(of chosen: Entry?, _ context: CommandContext) throws -> Secret? {
        guard let chosen, let file else { return nil }
        return try file.password(of: chosen.profile, environment: context.environment).map { Secret($0) }
    }
}
