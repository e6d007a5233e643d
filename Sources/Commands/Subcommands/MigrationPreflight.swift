import SessionStorage
import Sessions
import Terminal

/// The look at all sessions before a migration writes any: what they are, what will not fit, and who is logged in.
struct MigrationPreflight {
    private let migration: Migration
    /// What is told of the target beside what was found.
    private let advice: MigrationAdvice
    private let refusalOfToken: @Sendable (Session) -> String?

    init(_ migration: Migration, _ advice: MigrationAdvice) {
        self.migration = migration
        self.advice = advice
        refusalOfToken = migration.refusalOfToken
    }

    /// What was found.
    struct Look {
        /// The keys of the sessions that fit the filter, in the order of the walk.
        let keys: ScannedKeys
        var status = ExitStatus.done
        /// By format and variant.
        var formats: [String: Int] = [:]
        /// The formats alone.
        var formatNames: Set<String> { Set(formats.keys.map { String($0.prefix { $0 != " " }) }) }
        /// Sessions that have ended and lie there still.
        var ended = 0
        /// By the reason for which they cannot be migrated.
        var refused: [String: Int] = [:]
        /// By what they lose.
        var losses: [String: Int] = [:]
        /// The memory that they take, as far as it was asked for.
        var bytes: Int64 = 0
        /// The classes in their attributes.
        var contents = MigratedContents()
        /// What they become; nil where they keep their layout.
        let conversion: SessionConversion?
        /// Whether it is another application that will read their values.
        var converts: Bool { conversion.map { !$0.isToTokens } ?? false }
        /// What is told of the target.
        var advice: [String] = []
        /// Sessions of somebody who is logged in, by where they say so.
        var loginPlaces: [LoginPlace: Int] = [:]
        var logins: Int { loginPlaces.values.reduce(0, +) }
        /// Those of them whose login the target's applications do not find, as only the container knows of it.
        var unknownLogins = 0
        /// Those of them of which the attribute that says who is left out, or cannot be read.
        var leftLogins = 0
        /// Those of them who have to log in again.
        var lostLogins: Int { unknownLogins + leftLogins }
        /// Sessions that never end, for a repository that may end such.
        var endless = 0
        /// Sessions that end sooner at the target than the source would end them.
        var shortened = 0
        /// Tokens that are taken whatever their signatures.
        var unverified = 0
        /// Sessions that will be written, unless they are there already.
        var fitting: Int { formats.values.reduce(0, +) - ended - refused.values.reduce(0, +) }
    }

    func run() throws -> Look {
        let context = migration.context
        let keys = ScannedKeys(folder: context.environment["TMPDIR"] ?? "/tmp")
        var look = Look(keys: keys, conversion: migration.conversion)
        var walk = SessionWalk(
            context: context, quiet: migration.output.quiet, filter: try migration.filter(),
            needs: SessionNeeds(parts), pattern: migration.selection.pattern)
        walk.offset = migration.source.clockOffset
        walk.places = { keys.begin(at: $0) }
        let summary = try walk.run(on: migration.source) { session, now, _ throws(StorageError) in
            try keys.append(session.key)
            add(session, now, to: &look)
            return migration.goesOn
        }
        look.status = walk.conclude(summary, .done)
        look.advice = advice.lines(sessionBytes: look.bytes, formats: look.formatNames)
        if context.isInterrupted() { throw Failure(.interrupted, "interrupted: nothing was written") }
        return look
    }

    /// How much memory is needed is asked where the target has a limit.
    private var parts: SessionParts {
        var parts: SessionParts = [.attributes, .variant, .principal]
        // What the source itself says of tokens counts, whatever their signatures.
        if let conversion = migration.conversion, !conversion.isToTokens { parts.insert(.neighbours) }
        return advice.asksForSizes ? parts.union(.size) : parts
    }

    private func add(_ session: Session, _ now: Int64, to look: inout Look) {
        look.formats[[session.format, session.variant].compactMap { $0 }.joined(separator: " "), default: 0] += 1
        if let end = session.expiresAt(now: now), end <= now { return look.ended += 1 }
        if let place = session.loginPlace { look.loginPlaces[place, default: 0] += 1 }
        let (bytes, overflow) = look.bytes.addingReportingOverflow(Int64(clamping: session.sizeBytes ?? 0))
        look.bytes = overflow ? .max : bytes
        guard let conversion = migration.conversion else {
            look.contents.add(session, for: nil)
            if session.isEndlessInSpring { look.endless += 1 }
            return
        }
        if let refusal = refusalOfToken(session) ?? session.tokenObjections?.kind {
            look.contents.add(session, for: conversion)
            look.refused[refusal, default: 0] += 1
            return
        }
        if migration.trust.takesUnverified(session) { look.unverified += 1 }
        do throws(ConversionRefusal) {
            let converted = try conversion.converted(session, now: now)
            try conversion.requireLife(of: converted, now: now)
            for loss in converted.losses {
                look.losses["\(EscapedName.text(of: loss.attribute)): \(loss.reason)", default: 0] += 1
            }
            look.contents.add(session, without: converted.losses.filter(\.isDropped).map(\.attribute), for: conversion)
            if conversion.endsTooSoon(converted.session) { look.endless += 1 }
            if conversion.shortens(session, to: converted.session, now: now) { look.shortened += 1 }
            guard session.principal != nil else { return }
            if conversion.losesLogin(of: session) {
                look.unknownLogins += 1
            } else if conversion.leavesLogin(of: session, as: converted) {
                look.leftLogins += 1
            }
        } catch {
            look.contents.add(session, for: conversion)
            look.refused[error.description, default: 0] += 1
        }
    }
}

extension MigrationPreflight.Look {
    private static let mostReasons = 10

    /// What is told before anybody is asked: who has to log in again first of all.
    var lines: [String] {
        unverifiedLines
            + (logins > 0 && lostLogins == 0
                ? ["\(Self.sessions(logins)) with a login, which travels: \(places)"] + found
                : lostLoginLines + found)
    }

    /// The part of it that is told also to those who want to hear of trouble alone.
    var troubles: [String] { unverifiedLines + lostLoginLines + refusals + shortenedLines }

    private var unverifiedLines: [String] {
        guard unverified > 0 else { return [] }
        return [
            "\(unverified == 1 ? "1 token is" : "\(unverified) tokens are") taken without a look at the signature (--unverified): whoever "
                + "could write to the source may be anybody"
        ]
    }

    private var lostLoginLines: [String] {
        guard lostLogins > 0 else { return [] }
        let reasons = [unknownLogins > 0 ? reason : nil, leftLogins > 0 ? Self.leaving : nil].compactMap { $0 }
        return [
            "\(lostLogins) of \(Self.sessions(logins)) with a login will have to log in again: \(reasons.joined(separator: "; "))"
        ]
    }

    private static let leaving =
        "the attribute that says who cannot be converted, and --unconvertible leaves it out, or as bytes that applications of the other "
        + "serializer do not read"

    /// Why the target's applications do not find logins, and what can be done.
    private var reason: String {
        if formatNames == [JWTFormat.name] {
            return
                "no application with sessions looks at claims (--security-context VERSION makes a login for Spring Security of sub and roles)"
        }
        guard let conversion, case .spring = conversion.layout else {
            return
                "only the container knows of it, and the objects of layout A have no place for that (--layout B or C has)"
        }
        let start = "only the container knows of it, and applications of the other kind do not look there "
        guard conversion.securityContext != nil else {
            return start
                + "(--security-context VERSION makes one for Spring Security, of --login-attribute where the container does not say who)"
        }
        return conversion.loginAttribute == nil
            ? "--security-context finds nobody with roles in the container's principal (--login-attribute NAME says which attribute holds "
                + "the user's name)"
            : "neither the container's principal nor the attribute of --login-attribute says who"
    }

    private var found: [String] {
        let kinds = formats.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        let left = ended == 1 ? "; 1 has ended and stays behind" : "; \(ended) have ended and stay behind"
        let census = "found \(kinds.isEmpty ? "no session" : kinds)" + (ended > 0 ? left : "")
        return [census] + refusals + Self.first(losses).map { "\(Self.sessions($1)): \($0)" }
            + shortenedLines + endlessLines + contents.lines(converts: converts) + advice
    }

    private var refusals: [String] {
        Self.first(refused).map { "\(Self.sessions($1)) cannot be migrated: \($0)" }
    }

    private var places: String {
        LoginPlace.allCases.compactMap { place in loginPlaces[place].map { "\($0) \(place.rawValue)" } }.joined(
            separator: ", ")
    }

    private static func sessions(_ count: Int) -> String { count == 1 ? "1 session" : "\(count) sessions" }

    private static func first(_ reasons: [String: Int]) -> [(String, Int)] {
        let sorted = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let rest = sorted.dropFirst(mostReasons).map(\.value).reduce(0, +)
        return sorted.prefix(mostReasons).map { ($0.key, $0.value) } + (rest > 0 ? [("for other reasons", rest)] : [])
    }
}
