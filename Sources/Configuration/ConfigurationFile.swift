/// The user's configuration: `config.toml`, with the profiles of connections. It is read anew each time.
package struct ConfigurationFile: Sendable {
    /// Where it is, or would be.
    package let path: String
    private let home: String?

    /// In `$XDG_CONFIG_HOME/sessionctl`, else `~/.config/sessionctl` (XDG Base Directory Specification); nil without either.
    package init?(environment: [String: String]) {
        let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        self.home = home
        // A relative path in XDG_CONFIG_HOME is to be ignored, says the specification.
        if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") {
            path = folder + "/sessionctl/config.toml"
        } else if let home {
            path = home + "/.config/sessionctl/config.toml"
        } else {
            return nil
        }
    }

    /// The profiles in the order of the file; nil where there is no file.
    package func profiles() throws(ConfigurationError) -> [Profile]? {
        guard let text = try OwnedFile.read(path, .unwritable, longest: TOMLDocument.longest) else { return nil }
        return try ProfileReading(text, of: path).profiles()
    }

    /// The password that a profile says where to find; nil where it says nothing.
    ///
    /// A file's one line; relative names are meant from the folder of the configuration.
    package func password(
        of profile: Profile, environment: [String: String]
    ) throws(ConfigurationError) -> [UInt8]? {
        switch profile.password {
        case nil: return nil
        case .variable(let name):
            if let value = environment[name], !value.isEmpty { return Array(value.utf8) }
            throw ConfigurationError(
                path, line: profile.lines[.passwordEnv],
                "the variable '\(name)', which holds the password of profile '\(profile.name)', is not set")
        case .file(let name): return try password(in: name, of: profile)
        }
    }

    private func password(in name: String, of profile: Profile) throws(ConfigurationError) -> [UInt8] {
        let file = absolute(name)
        guard var bytes = try OwnedFile.read(file, .secret, longest: Self.longestPassword) else {
            throw ConfigurationError(
                path, line: profile.lines[.passwordFile],
                "the file '\(file)', which holds the password of profile '\(profile.name)', is not there")
        }
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        guard !bytes.isEmpty, !bytes.contains(UInt8(ascii: "\n")) else {
            throw ConfigurationError(
                file, "it holds the password of profile '\(profile.name)': one line that is not empty")
        }
        return bytes
    }

    private static let longestPassword = 1 << 16

    private func absolute(_ name: String) -> String {
        if name.hasPrefix("~/"), let home { return home + name.dropFirst() }
        if name.hasPrefix("/") { return name }
        let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
        return folder + name
    }
}
