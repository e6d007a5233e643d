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
            Spring Session's cookie is SESSION, the id in Base64 since version 2.0 and the plain id before and with WebFlux; \
            Tomcat's, whichever manager it has, and Shiro's and Amadeus' are JSESSIONID, the id; Shiro's may be sid. A load \
            balancer's route stands behind a dot: of Tomcat it is part of the stored id, for Spring --route adds it. The likeliest \
            cookie comes first; -o raw writes only its value. Whoever has the value is logged in. JWTs and OAuth access tokens have \
            no cookie: they are sent themselves, and the command says how.

            --decode needs no server: it undoes URL-encoding, Base64, routes and the names of memcached nodes and lists the ids \
            that the value may mean.

            Examples:
              sessionctl cookie 019FD27F
              curl -b "SESSION=$(sessionctl cookie 019FD27F -o raw)" https://app/
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
        let named = try session.found(in: context, connection, quiet: output.quiet)
        guard !named.sessions.isEmpty else { return named.status }
        var found: [Named] = []
        var failure: Failure?
        for session in named.sessions {
            do throws(SessionCookie.Refusal) {
                found.append((session, try SessionCookie.cookies(of: session, route: route)))
            } catch {
                failure = failure ?? Self.failure(error, of: session)
            }
        }
        if let failure {
            guard !found.isEmpty else { throw failure }
            context.report(failure)
        }
        if form == .raw { writeValues(of: found, context) } else { write(found, form, context) }
        return failure == nil ? named.status : .partial
    }

    /// A session with its cookies.
    private typealias Named = (session: Session, cookies: [SessionCookie])

    private func write(_ found: [Named], _ form: OutputForm, _ context: CommandContext) {
        let columns = [
            RowWriter.Column("id"), RowWriter.Column("cookie"), RowWriter.Column("value"),
            RowWriter.Column("written by", json: "writtenBy", isFlexible: true),
        ]
        var writer = RowWriter(columns, form, output, context)
        for (session, cookies) in found {
            for cookie in cookies {
                writer.write([
                    .text(session.id, .identifier), .text(cookie.name), .text(cookie.value), .text(cookie.writer),
                ])
            }
        }
        writer.finish()
    }

    private func writeValues(of found: [Named], _ context: CommandContext) {
        for case let cookie? in found.map({ $0.cookies.first }) {
            let isForTerminal = context.screen != nil
            let value = isForTerminal ? Array(TerminalText.escape(bytes: cookie.value).utf8) : cookie.value
            context.output.write(bytes: value + [UInt8(ascii: "\n")])
        }
    }

    private static func failure(_ refusal: SessionCookie.Refusal, of session: Session) -> Failure {
        switch refusal {
        case .jwt:
            return withoutCookie(session)
        case .accessToken:
            return .usage(
                "'\(SecretPolicy.mask)' is an OAuth access token: no cookie names it; it is sent in the header "
                    + "Authorization: Bearer", advice: "the id that list shows is the token")
        case .noRoute(let format):
            return .usage(
                "--route: \(format) adds no route to its ids; leave it out",
                advice: "only Tomcat and Spring Session know routes")
        }
    }

    /// A token is what is sent, and beside it only what is kept of one.
    private static func withoutCookie(_ session: Session) -> Failure {
        let id = "'\(TerminalText.escape(bytes: session.id))'"
        guard session.attributes?.contains(where: { $0.name.elementsEqual("token".utf8) }) ?? false else {
            let kind = session.variant == "refresh-token" ? "is a refresh token" : "is on an allow-list"
            return .usage(
                "\(id) \(kind), and the store does not have the token: it cannot say what a browser sends",
                advice: "the application that issued the token has it, or its user")
        }
        let name = (session.id == session.key ? "" : "key:") + TerminalText.escape(bytes: session.key)
        return .usage(
            "\(id) is a JSON Web Token: no cookie names it; it is sent itself, and how, the application decides",
            advice: "get \(name) token --reveal shows it")
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
        if let node = reading.node { steps.append(Array("without the memcached node ".utf8) + node) }
        if let route = reading.route { steps.append(Array("without the route ".utf8) + route) }
        return steps.isEmpty ? Array("as it is".utf8) : Array(steps.joined(separator: Array(", ".utf8)))
    }
}
