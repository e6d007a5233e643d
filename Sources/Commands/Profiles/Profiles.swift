import Configuration
import Redis
import Sessions

/// The profiles of the user's configuration, each with the store that it names.
struct Profiles {
    /// A profile that can be connected to.
    struct Entry {
        let profile: Profile
        /// Where it is, as a URL would say it.
        let store: StoreURL
        let endpoint: RedisEndpoint
    }

    /// In the order of the file.
    let entries: [Entry]
    /// Whether there is a file.
    let isThere: Bool
    /// Nil where the environment names no place for it.
    let file: ConfigurationFile?

    /// Reads the file.
    init(environment: [String: String]) throws {
        file = ConfigurationFile(environment: environment)
        guard let file, let profiles = try file.profiles() else {
            (entries, isThere) = ([], false)
            return
        }
        isThere = true
        entries = try profiles.map { try Entry($0, in: file.path) }
    }

    /// Where the file is or would be.
    var place: String { file?.path ?? "$XDG_CONFIG_HOME/sessionctl/config.toml" }

    /// The profile that `@NAME` means; nil for a word that is no name of a profile.
    func named(_ word: String) throws(Failure) -> Entry? {
        guard word.hasPrefix("@") else { return nil }
        let name = String(word.dropFirst())
        if let entry = entries.first(where: { $0.profile.name == name }) { return entry }
        throw Failure(unknownProfile: name, in: self)
    }

    /// What protects a store: the profile that was chosen, and every other of the same server and database; the strongest of them.
    func protection(of endpoint: RedisEndpoint, chosen: String?) -> WriteProtection? {
        let same = endpoint.canonical
        let all = entries.compactMap { entry -> WriteProtection? in
            let isChosen = entry.profile.name == chosen
            guard isChosen || entry.endpoint.canonical == same else { return nil }
            return entry.protection(in: place, reachedAs: isChosen ? nil : endpoint)
        }
        return all.first { $0.kind == .readOnly } ?? all.first
    }

    /// The name of the profile that has this store, for the prompt: the chosen one, else the first.
    func name(of endpoint: RedisEndpoint, chosen: String?) -> String? {
        chosen ?? entries.first { $0.endpoint.canonical == endpoint.canonical }?.profile.name
    }
}

extension Profiles.Entry {
    fileprivate init(_ profile: Profile, in path: String) throws {
        self.profile = profile
        store = try StoreURL(profile, in: path)
        do throws(Failure) {
            endpoint = try store.endpoint()
        } catch {
            throw ConfigurationError(path, line: profile.line, error.message)
        }
    }

    fileprivate func protection(in path: String, reachedAs endpoint: RedisEndpoint?) -> WriteProtection? {
        guard profile.isReadOnly || profile.isProduction else { return nil }
        let key = profile.isReadOnly ? ProfileKey.readOnly : .production
        return WriteProtection(
            kind: profile.isReadOnly ? .readOnly : .production, profile: profile.name,
            place: "\(path), line \(profile.lines[key] ?? profile.line)", store: endpoint?.description)
    }
}

extension StoreURL {
    /// What a profile says: its other keys are stronger than its URL.
    fileprivate init(_ profile: Profile, in path: String) throws {
        try self.init(profile.url, line: profile.lines[.url], in: path)
        if profile.socket != nil, profile.host != nil || profile.port != nil {
            throw ConfigurationError(
                path, line: profile.lines[.socket], "'socket' is instead of 'host' and 'port': give one or the other")
        }
        if profile.socket != nil { (host, port) = (nil, nil) }
        if profile.host != nil || profile.port != nil { socket = nil }
        socket = profile.socket ?? socket
        host = profile.host ?? host
        port = profile.port ?? port
        database = profile.database ?? database
        user = profile.user ?? user
        timeout = profile.timeout ?? timeout
        connectTimeout = profile.connectTimeout
    }

    private init(_ url: String?, line: Int?, in path: String) throws {
        guard let url else {
            self.init()
            return
        }
        guard !url.hasPrefix("@") else {
            throw ConfigurationError(path, line: line, "'url' takes redis://host:port/db or unix:///path?db=n")
        }
        do throws(Failure) {
            try self.init(url)
        } catch {
            throw ConfigurationError(path, line: line, "'url': \(error.message)")
        }
        if file != nil, !url.contains(":/") {
            throw ConfigurationError(path, line: line, "'url': a file is named by its whole path there")
        }
        guard password == nil else {
            throw ConfigurationError(
                path, line: line, "'url' holds a password, and no password stands in this file",
                advice: "password-file names a file of mode 0600 that holds it, password-env a variable")
        }
    }
}

extension Failure {
    /// The words for what is wrong with the configuration.
    init(configuration error: ConfigurationError) {
        let place = error.path + (error.line.map { ", line \($0)" } ?? "")
        let question = error.unknown.map { NearestWord.question(for: $0.word, among: $0.known) } ?? ""
        self.init(.usage, "\(place): \(error.message)\(question)", advice: error.advice)
    }

    fileprivate init(unknownProfile name: String, in profiles: Profiles) {
        let names = profiles.entries.map { $0.profile.name }
        guard profiles.isThere else {
            self.init(
                .usage, "there is no profile '\(name)': there is no file \(profiles.place)",
                advice: "a profile is [profiles.\(name)] in it, with url = \"redis://host:port/db\"")
            return
        }
        self.init(
            .usage,
            "there is no profile '\(name)' in \(profiles.place)" + NearestWord.question(for: name, among: names),
            advice: "sessionctl profiles lists them")
    }
}
