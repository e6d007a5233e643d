import ArgumentParser
import Sessions

/// The layout that sessions get on their way to the target.
struct LayoutOptions: ParsableArguments {
    /// The formats that sessions can be migrated to.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case spring, tomcat, jwt
    }

    @Option(
        help: ArgumentHelp("Format that sessions get; without it they keep theirs, key for key.", valueName: "format"))
    var to: Format?

    @Option(
        help: ArgumentHelp("Spring: the repository of the application (indexed).", valueName: "repository"))
    var variant: LayoutWord<SpringLayout.Repository>?

    @Option(
        name: .customLong("spring-version"),
        help: ArgumentHelp(
            "Spring: the version of Spring Session (3.4, which stands for all later ones).", valueName: "version"))
    var springVersion: LayoutWord<SpringLayout.Version>?

    @Option(
        help: ArgumentHelp(
            "Spring: where an indexed repository keeps the ends of its sessions (minute).", valueName: "kind"))
    var expirations: LayoutWord<SpringLayout.Expirations>?

    @Option(help: ArgumentHelp("Spring: the serializer of values (java).", valueName: "serializer"))
    var serializer: LayoutWord<SpringLayout.Serializer>?

    @Option(help: ArgumentHelp("Spring: the namespace of the application (spring:session).", valueName: "name"))
    var namespace: String?

    @Option(help: ArgumentHelp("Tomcat: the session manager (jcoleman).", valueName: "manager"))
    var manager: LayoutWord<TomcatLayout.Manager>?

    @Option(
        help: ArgumentHelp(
            "Tomcat: A up to 7.0.100, 8.0, 8.5.51 and 9.0.31; B later (B); C from 10.1 on.", valueName: "layout"))
    var layout: LayoutWord<TomcatLayout.Objects>?

    @Option(
        name: .customLong("key-prefix"),
        help: ArgumentHelp("Tomcat: what stands before the id in keys (nothing).", valueName: "text"))
    var keyPrefix: String?

    @Option(
        help: ArgumentHelp("Tomcat: the jvmRoute that ids get; '' for none (the one they have).", valueName: "name"))
    var route: String?

    @Option(
        name: .customLong("max-inactive-interval"),
        help: ArgumentHelp(
            "Interval that sessions get with --to; also tells the last access where the source's manager rules it.",
            valueName: "seconds"))
    var interval: Int64?

    @Option(
        help: ArgumentHelp("What becomes of attributes that the target cannot hold (fail).", valueName: "way"))
    var unconvertible: LayoutWord<SessionConversion.Unconvertible>?

    @Option(
        name: .customLong("security-context"),
        help: ArgumentHelp(
            "Make a login of this version of Spring Security of who is logged in by the container.",
            valueName: "version"))
    var securityContext: SecurityVersionWord?

    @Option(
        name: .customLong("login-attribute"),
        help: ArgumentHelp(
            "The attribute that says who is logged in where the container does not.", valueName: "name"))
    var loginAttribute: String?

    @Option(
        name: .customLong("security-uid"),
        help: ArgumentHelp(
            "Make existing objects of Spring Security ones of this version (their serialVersionUID).",
            valueName: "version"))
    var securityUID: SecurityVersionWord?

    /// What sessions become; nil where they keep their layout.
    ///
    /// - Parameter tokens: how they become tokens, with `--to jwt`.
    func conversion(_ tokens: TokenLayout? = nil) throws -> SessionConversion? {
        try refuseOtherLayouts()
        if let tokens {
            try refuseWords("says nothing where sessions become tokens", "--expires-in says how long tokens live")
            return SessionConversion(to: .jwt(tokens))
        }
        guard let to else {
            try refuseWords(
                "says nothing where sessions keep their layout", "--to says which they get",
                but: "--max-inactive-interval")
            return nil
        }
        try checkValues()
        var conversion = SessionConversion(
            to: to == .spring ? .spring(try springLayout()) : .tomcat(tomcatLayout), interval: interval,
            unconvertible: unconvertible?.value ?? .fail)
        conversion.securityContext = securityContext?.version
        conversion.loginAttribute = loginAttribute.map { Array($0.utf8) }
        conversion.securityUID = securityUID?.version
        return conversion
    }

    /// Refuses what is about another layout than the one that sessions get.
    private func refuseOtherLayouts() throws {
        let spring: [(String, Bool)] = [
            ("--variant", variant != nil), ("--spring-version", springVersion != nil),
            ("--expirations", expirations != nil),
            ("--serializer", serializer != nil), ("--namespace", namespace != nil),
        ]
        let tomcat: [(String, Bool)] = [
            ("--manager", manager != nil), ("--layout", layout != nil), ("--key-prefix", keyPrefix != nil),
            ("--route", route != nil),
        ]
        try refuse(spring, of: .spring)
        try refuse(tomcat, of: .tomcat)
    }

    private func checkValues() throws {
        if loginAttribute != nil, securityContext == nil {
            throw Failure.usage("--login-attribute is where --security-context looks: give that as well")
        }
        if let interval, interval < 1 {
            throw Failure.usage("--max-inactive-interval \(interval): give a number of seconds above 0")
        }
        // What Tomcat makes a cookie of, and finds behind the first dot of an id.
        let isRoute: (Character) -> Bool = { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "-" || $0 == "_" }
        if let route, !route.allSatisfy(isRoute) {
            throw Failure.usage("--route \(route): a jvmRoute has letters, digits, '-' and '_'")
        }
    }

    /// Refuses what is about values of Java, and about intervals.
    private func refuseWords(_ reason: String, _ advice: String, but allowed: String = "") throws {
        let others = [
            ("--unconvertible", unconvertible != nil), ("--security-context", securityContext != nil),
            ("--login-attribute", loginAttribute != nil), ("--security-uid", securityUID != nil),
            ("--max-inactive-interval", interval != nil),
        ]
        guard let wrong = others.first(where: { $0.1 && $0.0 != allowed }) else { return }
        throw Failure.usage("\(wrong.0) \(reason)", advice: advice)
    }

    private func refuse(_ options: [(name: String, isGiven: Bool)], of format: Format) throws {
        guard to != format, let wrong = options.first(where: { $0.isGiven }) else { return }
        throw Failure.usage(
            "\(wrong.name) is about the layout of \(format.rawValue)",
            advice: "--to \(format.rawValue) says that sessions get it")
    }

    private func springLayout() throws -> SpringLayout {
        let repository = variant?.value ?? .indexed
        if let expirations, repository == .default || repository == .reactiveIndexed && expirations.value == .minute {
            let fact = repository == .default ? "keeps no ends" : "always keeps ends in a sorted set"
            throw Failure.usage(
                "--expirations \(expirations.value.rawValue): the \(repository.rawValue) repository \(fact)",
                advice: "leave it out, or choose --variant indexed")
        }
        do throws(ConversionRefusal) {
            return try SpringLayout(
                repository, springVersion?.value ?? .threeFour,
                expirations: expirations?.value ?? .minute,
                serializer: serializer?.value ?? .java, namespace: namespace.map { Array($0.utf8) })
        } catch {
            throw Failure.usage(error.description)
        }
    }

    private var tomcatLayout: TomcatLayout {
        TomcatLayout(
            layout?.value ?? .b, manager: manager?.value ?? .jcoleman, keyPrefix: Array((keyPrefix ?? "").utf8),
            route: route.map { Array($0.utf8) })
    }
}

/// A value of a layout as a word of the command line.
struct LayoutWord<Value: RawRepresentable & CaseIterable & Sendable>: ExpressibleByArgument, Sendable
where Value.RawValue == String {
    let value: Value

    init?(argument: String) {
        guard let value = Value(rawValue: argument) else { return nil }
        self.value = value
    }

    static var allValueStrings: [String] { Value.allCases.map { $0.rawValue } }
}

/// A version of Spring Security as a word of the command line.
struct SecurityVersionWord: ExpressibleByArgument {
    let version: SpringSecurityVersion

    init?(argument: String) {
        guard let version = SpringSecurityVersion(argument) else { return nil }
        self.version = version
    }

    static var allValueStrings: [String] { SpringSecurityVersion.all.map { $0.description } }
}
