import Sessions
import TestSupport
import Testing

@testable import Commands

/// `decode` of single values out of real stores.
struct DecodeValuesTests {
    private func values(of store: String) throws -> [(name: String, bytes: [UInt8])] {
        try FixtureStore(store).records().flatMap { record -> [(String, [UInt8])] in
            switch record.content {
            case .hash(let fields): fields.map { (String(decoding: $0.name, as: UTF8.self), $0.value) }
            case .string(let bytes): [("", bytes)]
            default: []
            }
        }
    }

    @Test(arguments: [[], ["-o", "json"], ["--typed"]])
    func theEntryOfASingleSignOnIsShownAndItsPasswordMasked(_ options: [String]) throws {
        let value = try #require(
            try values(of: "java-programs/ran-jit-4.x").map(\.bytes).first {
                $0.firstRange(of: Array("SingleSignOnEntry".utf8)) != nil
            })
        let input = Base64.encode(value)
        let run = CommandRun(["decode", input] + options)
        #expect(run.status == .done && run.out.contains("canReauthenticate") && run.out.contains("böb"), "\(run.out)")
        #expect(!run.out.contains("invented-password"))
        // The password in Base64, at each of the three places that it can have.
        for text in ["aW52ZW50ZWQtcGFzc3dvc", "ludmVudGVkLXBhc3N3b3Jk", "pbnZlbnRlZC1wYXNzd29yZ"] {
            #expect(!run.out.contains(text))
        }
        #expect(CommandRun(["decode", input, "--reveal"] + options).out.contains("invented-password"))
    }

    /// Numbers, texts, lists and objects, with `@class` and with the class in front.
    @Test func aValueOfJSONIsShownAsByShow() throws {
        let stores = ["spring-session-2.7.4-json", "spring-session-3.5.7-json-security", "spring-session-1.2.1-json"]
        var kinds: Set<UInt8> = []
        for bytes in try stores.flatMap({ try values(of: $0) }).map(\.bytes) {
            guard case .json(let document) = AttributeValue.stored(bytes).decoded() else { continue }
            kinds.insert(bytes[0])
            let text = String(decoding: bytes, as: UTF8.self)
            for (options, typed) in [(["-o", "json"], false), (["--typed"], true)] {
                var rendering = ValueRendering(reveal: false, now: CommandRun.now, isInterrupted: { false })
                rendering.typed = typed
                var writer = JSONWriter()
                AttributeJSON(rendering).write(document.root, name: "$", to: &writer)
                let run = CommandRun(["decode", text] + options)
                #expect(run.status == .done && run.outBytes == writer.takeBytes() + [0x0A], "\(text) \(run.err)")
            }
            let tree = CommandRun(["decode", text])
            #expect(tree.status == .done && !tree.out.isEmpty && tree.err.isEmpty, "\(text)")
        }
        #expect(kinds.isSuperset(of: "[{1".utf8), "\(kinds)")
    }

    @Test(
        arguments: [
            ("42", "42"), ("-1.50", "-1.50"), ("true", "true"), ("null", "null"), ("\"alice\"", "\"alice\""),
            ("[]", "[]"),
            (" {\"a\": 1} ", "{\"a\":1}"), ("{\"password\":\"x\"}", "{\"password\":\"••••\"}"),
        ])
    func whatIsJSONIsNothingElse(_ input: String, _ shown: String) {
        #expect(CommandRun(["decode", "-o", "json", "--", input]).out == shown + "\n")
    }

    @Test(arguments: [("{\"a\":", "at byte 5"), ("[1,]", "at byte 3"), ("\"alice", "JSON"), ("[1] 2", "at byte 4")])
    func damagedJSONIsTold(_ input: String, _ words: String) {
        let run = CommandRun(["decode", input])
        #expect(run.status == .undecodable && run.out.isEmpty)
        #expect(run.err.contains("not valid JSON: ") && run.err.contains(words), "\(run.err)")
    }
}
