/// Makes profiles of a TOML document; what it does not know is an error, never ignored.
struct ProfileReading {
    let path: String
    let document: TOMLDocument

    init(_ text: [UInt8], of path: String) throws(ConfigurationError) {
        self.path = path
        do throws(TOMLDocument.Problem) {
            document = try TOMLDocument(text)
        } catch {
            throw ConfigurationError(
                path, line: error.line == 0 ? nil : error.line, "this is no TOML: \(Self.withoutText(error.message))")
        }
    }

    /// A message without what the file says at the place: it may be a password that lacks its quotes.
    private static func withoutText(_ message: String) -> String {
        var words = message.split(separator: " ", omittingEmptySubsequences: false)
        if let start = words.firstIndex(of: "saw") { words.removeSubrange(start...) }
        var text = words.joined(separator: " ")
        while text.last == "," || text.last == ";" || text.last == " " { text.removeLast() }
        return text
    }

    /// In the order of the file.
    func profiles() throws(ConfigurationError) -> [Profile] {
        var profiles: [Profile] = []
        for entry in document.entries() {
            guard entry.key == "profiles" else { throw unknown(entry, "key", among: ["profiles"]) }
            guard entry.content == .table else { throw wrong(entry, "is no table", "write [profiles.NAME]") }
            for table in document.entries(in: entry) { profiles.append(try profile(table)) }
        }
        return profiles
    }

    private func profile(_ table: TOMLDocument.Entry) throws(ConfigurationError) -> Profile {
        guard table.content == .table else {
            throw wrong(table, "is no table, and so no profile", "write [profiles.NAME]")
        }
        guard Self.isName(table.key) else {
            throw error(table, "a profile's name has letters, digits, - _ and . only, and is not empty")
        }
        var profile = Profile(name: table.key, line: table.line)
        for entry in document.entries(in: table) { try read(entry, into: &profile) }
        return profile
    }

    /// What can be typed behind an at sign and shown in a prompt as it is.
    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 64
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"): true
                default: "-_.".utf8.contains(byte)
                }
            }
    }

    private func read(_ entry: TOMLDocument.Entry, into profile: inout Profile) throws(ConfigurationError) {
        guard let key = ProfileKey(rawValue: entry.key) else {
            if Self.passwordKeys.contains(entry.key) { throw passwordAsText(entry) }
            throw unknown(entry, "key", among: ProfileKey.allCases.map { $0.rawValue })
        }
        profile.lines[key] = entry.line
        switch key {
        case .url: profile.url = try text(entry)
        case .host: profile.host = try text(entry)
        case .port: profile.port = Int(try integer(entry, 1...65_535, "a number between 1 and 65535"))
        case .socket: profile.socket = try text(entry)
        case .db:
            profile.database = Int(try integer(entry, 0...Int64(Int32.max), "the number of a database, from 0 on"))
        case .user: profile.user = try text(entry)
        case .passwordFile: try set(.file(text(entry)), entry, &profile)
        case .passwordEnv: try set(.variable(text(entry)), entry, &profile)
        case .connectTimeout: profile.connectTimeout = try seconds(entry)
        case .timeout: profile.timeout = try seconds(entry)
        case .namespace: profile.namespaces = try texts(entry)
        case .maxInactiveInterval:
            profile.maxInactiveInterval = try integer(entry, 1...Int64.max, "a whole number of seconds above 0")
        case .jwtKeys: profile.jwtKeys = try texts(entry)
        case .production: profile.isProduction = try boolean(entry)
        case .readOnly: profile.isReadOnly = try boolean(entry)
        }
    }

    // MARK: Passwords

    private static let passwordKeys: Set<String> = ["password", "pass", "auth", "a", "askpass"]

    private func passwordAsText(_ entry: TOMLDocument.Entry) -> ConfigurationError {
        error(
            entry, "'\(entry.key)': no password stands in this file",
            advice: "password-file names a file of mode 0600 that holds it, password-env a variable")
    }

    private func set(
        _ source: Profile.PasswordSource, _ entry: TOMLDocument.Entry, _ profile: inout Profile
    ) throws(ConfigurationError) {
        guard profile.password == nil else {
            throw error(entry, "password-file and password-env contradict each other: give one of them")
        }
        profile.password = source
    }

    // MARK: Values

    private func text(_ entry: TOMLDocument.Entry) throws(ConfigurationError) -> String {
        guard case .text(let text) = entry.content, !text.isEmpty, !text.utf8.contains(0) else {
            throw wrong(entry, "takes text", "such as \(entry.key) = \"…\"")
        }
        return text
    }

    private func texts(_ entry: TOMLDocument.Entry) throws(ConfigurationError) -> [String] {
        guard entry.content == .array else { return [try text(entry)] }
        var texts: [String] = []
        for element in document.entries(in: entry) {
            guard case .text(let text) = element.content, !text.isEmpty, !text.utf8.contains(0) else {
                throw wrong(entry, "takes texts", "such as \(entry.key) = [\"…\", \"…\"]")
            }
            texts.append(text)
        }
        return texts
    }

    private func integer(
        _ entry: TOMLDocument.Entry, _ range: ClosedRange<Int64>, _ words: String
    ) throws(ConfigurationError) -> Int64 {
        guard case .integer(let number) = entry.content, range.contains(number) else {
            throw wrong(entry, "takes \(words)", "without quotes")
        }
        return number
    }

    private func seconds(_ entry: TOMLDocument.Entry) throws(ConfigurationError) -> Double {
        let number: Double? =
            switch entry.content {
            case .integer(let whole): Double(whole)
            case .number(let number): number
            default: nil
            }
        guard let number, number > 0, number <= 86_400 else {
            throw wrong(entry, "takes a number of seconds above 0 and up to 86400", "without quotes")
        }
        return number
    }

    private func boolean(_ entry: TOMLDocument.Entry) throws(ConfigurationError) -> Bool {
        guard case .boolean(let value) = entry.content else { throw wrong(entry, "is true or false", "without quotes") }
        return value
    }

    // MARK: Errors

    private func error(
        _ entry: TOMLDocument.Entry, _ message: String, advice: String? = nil
    ) -> ConfigurationError {
        ConfigurationError(path, line: entry.line, message, advice: advice)
    }

    private func wrong(_ entry: TOMLDocument.Entry, _ words: String, _ advice: String) -> ConfigurationError {
        error(entry, "'\(entry.key)' \(words)", advice: advice)
    }

    private func unknown(_ entry: TOMLDocument.Entry, _ what: String, among known: [String]) -> ConfigurationError {
        ConfigurationError(
            path, line: entry.line, "there is no \(what) '\(entry.key)'",
            advice: "there are: " + known.joined(separator: " "), unknown: .init(word: entry.key, known: known))
    }
}
