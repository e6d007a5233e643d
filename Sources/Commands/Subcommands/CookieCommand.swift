import ArgumentParser
import SessionStorage
import Sessions
import Terminal

/// The forms of `cookie`.
enum CookieForms: CommandForms {
    static let all: [OutputForm] = [.table, .tsv, .csv, .json, .jsonl, .raw]
}

/// `cookie`: the cookies of a session, and the ids of a cookie.
struct CookieCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "cookie",
        abstract: "Show the cookies that name a session, or what a cookie's value may mean.",
        usage: "sessionctl cookie (SESSION ... | --decode VALUE) [--route NAME] [-o FORM] [CONNECTION]",
        discussion: """
            Spring Session's cookie is SESSION, the id in Base64 since version 2.0 and the plain id before; Tomcat's is \
            JSESSIONID, the id. A load balancer's route stands behind a dot: of Tomcat it is part of the stored id, for Spring \
            --route adds it. The likeliest cookie comes first; -o raw writes only its value. Whoever has the value is logged in.

            --decode needs no server: it undoes URL-encoding, Base64 and routes and lists the ids that the value may mean.

            Examples:
              sessionctl cookie 019fd27f
              curl -b "SESSION=$(sessionctl cookie 019fd27f -o raw)" https://app/
              sessionctl cookie --decode MDE5ZmQyN2Y=
              sessionctl cookie --decode 'JSESSIONID=13C0914CBFE7B240.node1'
            """)

    @OptionGroup var session: SessionArgument

    @Option(name: .customLong("decode"), help: ArgumentHelp("List the ids that a cookie may mean.", valueName: "value"))
    var decoded: String?

    @Option(help: ArgumentHelp("The route that stands behind the id, such as Tomcat's jvmRoute.", valueName: "route"))
    var route: String?

    @OptionGroup(title: "Output") var form: FormOptions<CookieForms>
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Connection") var connection: ConnectionOptions

    mutating func run(in context: CommandContext) throws -> ExitStatus {
        let form = form.form(onTerminal: .table, inPipe: .tsv, context: context)
        if let decoded {
            guard session.names.isEmpty, route == nil else {
                throw Failure.usage("--decode takes a cookie's value and no session or route beside it")
            }
            return try list(decoded, form, context)
        }
        let sessions = try session.sessions(in: context, connection, quiet: output.quiet)
        return form == .raw ? writeValues(of: sessions, context) : write(sessions, form, context)
    }

    private func write(_ sessions: [Session], _ form: OutputForm, _ context: CommandContext) -> ExitStatus {
        let columns = [
            RowWriter.Column("id"), RowWriter.Column("cookie"), RowWriter.Column("value"),
            RowWriter.Column("written by", json: "writtenBy", isFlexible: true),
        ]
        var writer = RowWriter(columns, form, output, context)
        for session in sessions {
            for cookie in SessionCookie.cookies(of: session, route: route) {
                writer.write([
                    .text(session.id, .identifier), .text(cookie.name), .text(cookie.value), .text(cookie.writer),
                ])
            }
        }
        writer.finish()
        return concluded(sessions, context)
    }

    private func writeValues(of sessions: [Session], _ context: CommandContext) -> ExitStatus {
        for session in sessions {
            guard let cookie = SessionCookie.cookies(of: session, route: route).first else { continue }
            let isForTerminal = context.screen != nil
            let value = isForTerminal ? Array(TerminalText.escape(bytes: cookie.value).utf8) : cookie.value
            context.output.write(bytes: value + [UInt8(ascii: "\n")])
        }
        return concluded(sessions, context)
    }

    private func concluded(_ sessions: [Session], _ context: CommandContext) -> ExitStatus {
        let without = sessions.filter { SessionCookie.cookies(of: $0, route: nil).isEmpty }
        guard let first = without.first else { return .done }
        context.say(Self.reason(first))
        return without.count == sessions.count ? .notFound : .done
    }

    /// Why there is no cookie: a token is what is sent, and beside it only what is kept of one.
    private static func reason(_ session: Session) -> String {
        let id = "'\(TerminalText.escape(bytes: session.id))'"
        let hasToken = session.attributes?.contains { $0.name.elementsEqual("token".utf8) } ?? false
        guard hasToken else {
            let kind = session.variant == "refresh-token" ? "is a refresh token of which" : "is on an allow-list and"
            return "\(id) \(kind) the store has no token: it cannot say what a browser sends"
        }
        let name = (session.id == session.key ? "" : "key:") + TerminalText.escape(bytes: session.key)
        return "\(id) is a token: what is sent is the token itself, and how, the application decides; "
            + "get \(name) token --reveal shows it"
    }

    private func list(_ value: String, _ form: OutputForm, _ context: CommandContext) throws -> ExitStatus {
        let readings = CookieValue.readings(of: value)
        guard !readings.isEmpty else { throw Failure.usage("--decode: the value is empty") }
        if form == .raw {
            throw Failure.usage("-o raw is for the value of a session's cookie; a value may mean several ids")
        }
        let columns = [RowWriter.Column("id"), RowWriter.Column("how", isFlexible: true)]
        var writer = RowWriter(columns, form, output, context)
        for reading in readings { writer.write([.text(reading.id, .identifier), .text(Self.words(reading))]) }
        writer.finish()
        return .done
    }

    private static func words(_ reading: CookieValue.Reading) -> [UInt8] {
        var steps: [[UInt8]] = []
        if reading.isURLDecoded { steps.append(Array("URL-encoding undone".utf8)) }
        if reading.isBase64 { steps.append(Array("Base64 undone".utf8)) }
        if let route = reading.route { steps.append(Array("without the route ".utf8) + route) }
        return steps.isEmpty ? Array("as it is".utf8) : Array(steps.joined(separator: Array(", ".utf8)))
    }
}
