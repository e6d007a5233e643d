import Sessions
import TestSupport
import Testing

@testable import Commands

/// `decode` of values and files of sessions that were cut: what is there is shown, and where it breaks off is said.
struct DecodeTruncatedTests {
    private static let forms = [["-o", "tree"], ["-o", "json"], ["--typed"], []]

    private func layout(_ name: String) throws -> [UInt8] { try Fixtures.bytes("tomcat-layouts/" + name) }

    private func check(_ bytes: [UInt8], shows words: [String], error: String) {
        for options in Self.forms {
            let run = CommandRun(["decode", Base64.encode(bytes)] + options)
            #expect(run.status == .undecodable && run.err.contains(error), "\(options) \(run.err)")
            for word in words { #expect(run.out.contains(word), "\(options) \(word): \(run.out)") }
            #expect(run.out.contains("undecodable"), "\(options) \(run.out)")
        }
    }

    @Test(arguments: ["tomcat9-manager.value", "tomcat10-manager.value"])
    func aManagersValueIsShownWithoutItsEnd(_ name: String) throws {
        let whole = try layout(name)
        check(
            Array(whole.dropLast(3)), shows: ["0123456789ABCDEF0123456789ABCDEF", "cart", "user"],
            error: "at byte \(whole.count - 8)")
    }

    /// Cut within the second attribute's value: the first one is shown.
    @Test(arguments: ["tomcat9-plain.session", "tomcat10-plain.session"])
    func aSessionsFileIsShownUpToTheCut(_ name: String) throws {
        let whole = try layout(name)
        check(
            Array(whole.dropLast(1)), shows: ["0123456789ABCDEF0123456789ABCDEF.node1", "user"],
            error: "the session cannot be read to its end: ")
    }

    @Test(arguments: ["tomcat9-sessions.ser", "tomcat10-sessions.ser"])
    func aFileOfSessionsIsShownUpToTheCut(_ name: String) throws {
        check(
            Array(try layout(name).dropLast(1)), shows: ["SESSION1", "SESSION2", "SESSION3"],
            error: "the file cannot be read to its end: ")
    }

    /// Bare streams of the Pivotal managers, the last bytes of which are those of an attribute.
    @Test func aBareSequenceIsShownAsByShow() throws {
        let records = try FixtureStore("java-programs/pivotal-session-managers").records()
        var seen = 0
        for record in records {
            guard case .string(let value) = record.content, value.count > 1000 else { continue }
            let cut = Array(value.dropLast(69))
            let stored = StoredRecord(key: record.key, content: .string(cut))
            guard let shown = SessionFormats.session(from: stored, now: CommandRun.now) else { continue }
            let run = CommandRun(["decode", Base64.encode(cut), "-o", "json"])
            let session = try #require(try TestJSON(reading: run.outBytes).items?.first)
            let names = try session.required("attributes").names
            #expect(names == shown.attributes?.map { String(decoding: $0.name, as: UTF8.self) })
            let codes = try session.required("findings").requiredItems().compactMap { $0["code"]?.string as String? }
            #expect(
                codes == shown.findings.map { $0.code }.filter { $0 != "double-route" } && run.status == .undecodable)
            seen += 1
        }
        #expect(seen > 3, "\(seen)")
    }

    /// A stream of one value has nothing that is whole: the entry of a single sign-on and any other object.
    @Test func aSingleValueHasItsErrorAlone() throws {
        let entry = try #require(
            try FixtureStore("java-programs/ran-jit-4.x").records().lazy.compactMap { record -> [UInt8]? in
                guard case .string(let bytes) = record.content else { return nil }
                return bytes.firstRange(of: Array("SingleSignOnEntry".utf8)) == nil ? nil : bytes
            }.first)
        for bytes in [entry, try Fixtures.bytes("java-streams/read-resolve-singleton.ser")] {
            for options in Self.forms where !options.isEmpty {
                let run = CommandRun(["decode", Base64.encode(Array(bytes.dropLast()))] + options)
                #expect(run.status == .undecodable && run.out.isEmpty, "\(run.out)")
                #expect(run.err.contains("at byte"), "\(run.err)")
            }
        }
    }
}
