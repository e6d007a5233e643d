import ArgumentParser
import SessionStorage
import Sessions
import Terminal

/// The forms of `users`.
enum UsersForms: CommandForms {
    static let all: [OutputForm] = [.table, .tsv, .csv, .json, .jsonl]
}

/// `users`: who is logged in.
struct UsersCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "users",
        abstract: "List who is logged in, with sessions, roles and last use.",
        usage: "sessionctl users [--where FILTER] [--fields NAMES] [--sort FIELD] [--limit N] [-o FORM] [CONNECTION]",
        discussion: """
            A line for each principal, those who were here last first. Fields: principal sessions role format accessed idle; \
            accessed and idle are those of the session that was used last. Roles stand in the attributes, so without role in \
            --fields less is fetched.

            Memory is bounded: of more than 100,000 principals those that are found first are shown, and it is said.

            Examples:
              sessionctl users
              sessionctl users --where "idle < 15m" --fields principal,idle
              sessionctl users --sort=-sessions --limit 20
              sessionctl users --where "role = 'ROLE_ADMIN'" -o json
            """)

    @OptionGroup var selection: SelectionOptions

    @Option(help: ArgumentHelp("Fields to show, separated by commas; of several, all.", valueName: "user-names"))
    var fields: [String] = []

    @Option(
        help: ArgumentHelp("Sort by a field; --sort=-FIELD for the other way round.", valueName: "user-field"))
    var sort = "idle"

    @Option(help: ArgumentHelp("Stop after this many users.", valueName: "n"))
    var limit: Int?

    @Flag(name: .customLong("exit-code"), help: "Exit with 1 when no user is shown.")
    var exitCode = false

    @OptionGroup(title: "Output") var form: FormOptions<UsersForms>
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Connection") var connection: ConnectionOptions

    mutating func run(in context: CommandContext) throws -> ExitStatus {
        let usual: [UserField] = [.principal, .sessions, .role, .accessed, .idle]
        let fields = fields.isEmpty ? usual : try UserField.parse(fields.joined(separator: ","), option: "--fields")
        let order = try UserOrder(sort)
        let form = form.form(onTerminal: .table, inPipe: .tsv, context: context)
        let needsRoles = (fields + [order.field]).contains(.role)
        var walk = SessionWalk(
            context: context, quiet: output.quiet, filter: try selection.filter(now: context.clock()),
            needs: SessionNeeds(needsRoles ? [.principal, .role] : [.principal]), pattern: selection.pattern)
        var census = PrincipalCensus()
        let store = try context.openStore(connection)
        var ended = 0
        let summary = try walk.run(on: store) { session, now, _ throws(StorageError) in
            if session.principal != nil, let end = session.expiresAt(now: now), end <= now { ended += 1 }
            census.add(session)
            return true
        }
        let users = census.all.sorted(by: order.areInOrder).prefix(limit ?? .max)
        write(users, fields, form, context)
        if !output.quiet, context.messageColumns != nil {
            let left = ended > 0 ? "; ended and still stored: \(ended)" : ""
            context.say(
                "\(users.count) user\(users.count == 1 ? "" : "s"); sessions without one: \(census.anonymous)\(left)")
        }
        if census.unnamed > 0 {
            context.say(
                "more users than can be kept: \(census.unnamed) sessions of others are not shown; --where narrows")
        }
        let isPartial = census.unnamed > 0 ? ExitStatus.partial : .done
        return walk.conclude(summary, exitCode && users.isEmpty ? .notFound : isPartial)
    }

    private func write(
        _ users: some Sequence<PrincipalCensus.Entry>, _ fields: [UserField], _ form: OutputForm,
        _ context: CommandContext
    ) {
        var writer = RowWriter(fields.map { $0.column }, form, output, context)
        let now = context.clock()
        for user in users { writer.write(fields.map { $0.cell(of: user, now: now) }) }
        writer.finish()
    }
}

/// What is known of a user.
enum UserField: String, CaseIterable {
    case principal, sessions, role, format, accessed, idle

    static func parse(_ text: String, option: String) throws(Failure) -> [UserField] {
        var fields: [UserField] = []
        for word in text.split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init) {
            let names = allCases.map { $0.rawValue }
            guard let field = word == "user" ? .principal : UserField(rawValue: word) else {
                let question = NearestWord.question(for: word, among: names)
                throw .usage(
                    "\(option): '\(word)' is no field of users\(question.isEmpty ? ";" : question) "
                        + "they are \(names.joined(separator: " "))")
            }
            fields.append(field)
        }
        guard !fields.isEmpty else { throw .usage("\(option) names no field") }
        try FieldList.refuseTwice(fields, option) { $0.rawValue }
        return fields
    }

    var column: RowWriter.Column {
        switch self {
        case .principal: .init("principal", isFlexible: true)
        case .sessions: .init("sessions", isNumber: true)
        case .role: .init("role", json: "roles", isFlexible: true)
        case .format: .init("format", json: "formats")
        case .accessed: .init("accessed", json: "lastAccessedAt")
        case .idle: .init("idle", json: "idleMilliseconds", isNumber: true)
        }
    }

    func cell(of user: PrincipalCensus.Entry, now: Int64) -> RowWriter.Cell {
        switch self {
        case .principal: .text(user.name)
        case .sessions: .number(Int64(user.sessions))
        case .role: .list(user.roles.sorted())
        case .format: .list(user.formats.sorted())
        case .accessed: user.lastAccessedAt.map { .time($0) } ?? .missing
        case .idle: user.idleMilliseconds(now: now).map { .duration($0) } ?? .missing
        }
    }
}

extension PrincipalCensus.Entry {
    /// Milliseconds since the last use of any of the sessions.
    func idleMilliseconds(now: Int64) -> Int64? {
        lastAccessedAt.flatMap { accessed in
            let (span, overflow) = now.subtractingReportingOverflow(accessed)
            return overflow ? nil : max(0, span)
        }
    }
}

/// The order that `users --sort` asks for.
struct UserOrder {
    let field: UserField
    private let isDescending: Bool

    init(_ text: String) throws(Failure) {
        isDescending = text.hasPrefix("-")
        let fields = try UserField.parse(isDescending ? String(text.dropFirst()) : text, option: "--sort")
        guard fields.count == 1 else { throw .usage("--sort takes one field, such as --sort=-sessions") }
        field = fields[0]
    }

    /// Users without the value come last, equal ones by their names.
    func areInOrder(_ left: PrincipalCensus.Entry, _ right: PrincipalCensus.Entry) -> Bool {
        let (a, b) = (value(of: left), value(of: right))
        if a == .missing || b == .missing, a != b { return b == .missing }
        if isDescending ? FieldValue.areInOrder(b, a) : FieldValue.areInOrder(a, b) { return true }
        if isDescending ? FieldValue.areInOrder(a, b) : FieldValue.areInOrder(b, a) { return false }
        return left.principal < right.principal
    }

    private func value(of user: PrincipalCensus.Entry) -> FieldValue {
        switch field {
        case .principal: .text(user.principal)
        case .sessions: .number(Int64(user.sessions))
        case .role: .many(user.roles.sorted())
        case .format: .many(user.formats.sorted())
        case .accessed: user.lastAccessedAt.map { .number($0) } ?? .missing
        // Who was here last has been idle least.
        case .idle: user.lastAccessedAt.map { .number(0 &- $0) } ?? .missing
        }
    }
}
