import ArgumentParser
import JavaSerialization
import SessionStorage
import Sessions
import Terminal

/// The forms of `get`.
enum GetForms: CommandForms {
    static let all: [OutputForm] = [.tree, .json, .raw, .tsv]
}

/// `get`: one value of one session.
struct GetCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Show one value of a session.",
        usage: "sessionctl get [SESSION] PATH [-o FORM] [--typed] [--reveal] [CONNECTION]",
        discussion: """
            A path begins with an attribute's name and goes on with fields, keys and indices: cart.items[0].qty, prefs['a.b'], \
            byNumber[5], [null] for the null key, [#3] for the entry at a position, Super::field where two classes declare the \
            same name.

            In a pipe a text or number is printed bare, anything else as JSON. -o raw writes the stored bytes of an attribute, \
            a Java object that is only a part of something as a stream of its own, or a text as it is: elsewhere control \
            characters are escapes.

            Examples:
              sessionctl get 019FD27F user
              sessionctl get user:carol "cart.items['SKU-0009'].quantity"
              sessionctl get 2979428e cart -o raw > cart.ser
            """)

    @Argument(
        help: ArgumentHelp("Session; in the shell, the current one if left out.", valueName: "session"))
    var session: String?

    @Argument(help: ArgumentHelp("Way to the value.", valueName: "path"))
    var path: String?

    /// As they were written: whether the first is a session is told by what it says.
    private var words: [String] { [session, path].compactMap { $0 } }

    @Flag(name: .customLong("typed"), help: "JSON that keeps classes, version ids and byte ranges.")
    var typed = false

    @OptionGroup(title: "Output") var form: FormOptions<GetForms>
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Connection") var connection: ConnectionOptions

    mutating func run(in context: CommandContext) throws -> ExitStatus {
        guard words.count == 2 || words.count == 1 && context.shell?.current != nil, let path = words.last
        else {
            throw Failure.usage("name a session and a path", advice: "such as: sessionctl get 019FD27F cart.items[0]")
        }
        var argument = SessionArgument()
        argument.names = words.count == 2 ? [words[0]] : []
        try argument.currentSession(context, connection)
        let store = try context.openStore(connection)
        let sessions = try argument.sessions(in: context, connection, store, quiet: output.quiet)
            .map { try Self.readable($0, path, in: store) }
        let form = typed && form.wished == nil ? .json : form.form(onTerminal: .tree, inPipe: .tsv, context: context)
        var rendering = ValueRendering(context, reveal: output.reveal)
        rendering.typed = typed
        let writer = PathValueWriter(rendering: rendering, palette: output.palette(context), context: context)
        for session in sessions {
            let attributes = session.attributes ?? []
            let names = attributes.flatMap { Self.spellings(of: $0.name) }
            do {
                let path = try AttributePath(path, attributes: names)
                try writer.write(try path.value(in: attributes), path: path, in: attributes, form: form)
            } catch let error as FilterError {
                throw Failure.usage("path: \(error)")
            } catch is PathError where session.isTooLarge {
                throw Self.tooLarge(session)
            } catch let error as PathError {
                throw Failure(.notFound, "session '\(EscapedName.text(of: session.id))': \(error)")
            }
        }
        return rendering.problems.conclude(in: context)
    }

    /// Of a session that is too large to be read the attributes that the path may begin with, where its format keeps each in a
    /// field of its own.
    private static func readable(_ session: Session, _ path: String, in store: SessionStore) throws -> Session {
        guard session.isTooLarge, let field = try? AttributeField(path) else { return session }
        let fetch = SessionFetch(needs: SessionNeeds([.attribute(field)]))
        var part = session
        try fetch.run(at: [session.key], in: store) { found throws(StorageError) in
            part = found ?? session
            return false
        }
        return part
    }

    /// What was not read may have the attribute.
    private static func tooLarge(_ session: Session) -> Failure {
        let reason = session.findings.first { $0.code == "too-large" }?.message ?? ""
        let id = EscapedName.text(of: session.id)
        return Failure(
            .partial, "session '\(id)' is too large for what the path begins with to be read: \(reason)",
            advice: "redis-cli can fetch it; show tells what else the session has")
    }

    /// A name as it is shown: by itself, in trees and tables, in tab-separated lines.
    private static func spellings(of name: [UInt8]) -> [String] {
        [
            EscapedName.text(of: name), TerminalText.escape(bytes: name),
            TerminalText.escape(bytes: name, as: .reversible),
        ]
    }
}
