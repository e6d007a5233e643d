import ArgumentParser
import Sessions

/// What a command tree declares, as data: the parser's own description of it, so that the two cannot differ.
struct CommandTable {
    struct Command {
        /// What it is called; behind the name of its group where it is in one.
        let name: String
        let aliases: [String]
        let abstract: String
        let options: [Option]
        let positionals: [Value]
    }

    /// An option or a flag.
    struct Option {
        /// As they are typed: `-o`, `--output`.
        let names: [String]
        /// What stands behind it; nil for a flag.
        let value: Value?
        let isRepeating: Bool
    }

    /// An argument, or the value of an option.
    struct Value {
        /// What help calls it: `session`, `form`.
        let name: String
        /// All values there are, where they can be counted.
        let choices: [String]
        let isFile: Bool
        let isRepeating: Bool
    }

    /// All that can be run: of a group its commands, and not the group.
    let commands: [Command]

    /// The table of `root`'s subcommands.
    init(of root: any ParsableCommand.Type) {
        let document = try? JSONReader.read(Array(root._dumpHelp().utf8))
        let nodes = document.map { Self.items($0.root["command"]?["subcommands"]) } ?? []
        commands = nodes.flatMap { node -> [Command] in
            let group = node["commandName"]?.string?.text ?? ""
            let members = Self.items(node["subcommands"]).map { Command($0, group: group + " ") }
            return members.isEmpty ? [Command(node)] : members
        }
    }

    /// The words that may begin a line.
    var firstWords: [String] {
        var seen: Set<String> = []
        return commands.flatMap { command in
            let group = command.name.split(separator: " ").first.map(String.init) ?? ""
            return group == command.name ? [command.name] + command.aliases : [group]
        }.filter { seen.insert($0).inserted }
    }

    /// The commands of a group; none where there is no such group.
    func members(of group: String) -> [String] {
        commands.filter { $0.name.hasPrefix(group + " ") }.map { String($0.name.dropFirst(group.count + 1)) }
    }

    /// The command that is called `name`.
    func command(_ name: String) -> Command? {
        commands.first { $0.name == name || $0.aliases.contains(name) }
    }

    fileprivate static func items(_ node: JSONNode?) -> [JSONNode] {
        node?.array.map(Array.init) ?? []
    }

    fileprivate static func strings(_ node: JSONNode?) -> [String] {
        items(node).compactMap { $0.string?.text }
    }
}

extension CommandTable.Command {
    /// From the parser's `CommandInfoV0`.
    fileprivate init(_ node: JSONNode, group: String = "") {
        name = group + (node["commandName"]?.string?.text ?? "")
        aliases = CommandTable.strings(node["aliases"])
        abstract = node["abstract"]?.string?.text ?? ""
        let arguments = CommandTable.items(node["arguments"]).filter { $0["shouldDisplay"]?.bool ?? true }
        let isPositional = { (argument: JSONNode) in argument["kind"]?.string?.text == "positional" }
        positionals = arguments.filter(isPositional).map(CommandTable.Value.init)
        options = arguments.filter { !isPositional($0) }.map(CommandTable.Option.init)
    }
}

extension CommandTable.Option {
    /// From the parser's `ArgumentInfoV0`.
    fileprivate init(_ node: JSONNode) {
        names = CommandTable.items(node["names"]).compactMap { name in
            guard let text = name["name"]?.string?.text else { return nil }
            return (name["kind"]?.string?.text == "long" ? "--" : "-") + text
        }
        value = node["kind"]?.string?.text == "option" ? CommandTable.Value(node) : nil
        isRepeating = node["isRepeating"]?.bool ?? false
    }
}

extension CommandTable.Value {
    /// From the parser's `ArgumentInfoV0`.
    fileprivate init(_ node: JSONNode) {
        name = node["valueName"]?.string?.text ?? ""
        choices = CommandTable.strings(node["allValues"])
        isFile = node["completionKind"]?["file"] != nil
        isRepeating = node["isRepeating"]?.bool ?? false
    }
}
