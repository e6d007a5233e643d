import Sessions
import TestSupport

/// One test of the Wycheproof files: a key as it is written there, and what may be signed with it.
struct WycheproofTest {
    let id: Int64
    let comment: String
    let key: [UInt8]
    let token: [UInt8]
    let isValid: Bool

    /// The tests of a file.
    static func all(_ file: String) throws -> [WycheproofTest] {
        let document = try JSONReader.read(try Fixtures.bytes("wycheproof/\(file).json"))
        var tests: [WycheproofTest] = []
        for group in document.root["testGroups"]?.array.map(Array.init) ?? [] {
            guard let key = group["public"] ?? group["private"] else { throw FixtureError("a group without a key") }
            for test in group["tests"]?.array.map(Array.init) ?? [] {
                tests.append(try WycheproofTest(test, key: key, in: document))
            }
        }
        return tests
    }

    private init(_ test: JSONNode, key: JSONNode, in document: JSONDocument) throws {
        guard let id = test["tcId"]?.number?.int64, let comment = test["comment"]?.string?.text,
            let token = test["jws"] ?? test["jwe"], let result = test["result"]?.string?.text
        else { throw FixtureError("a test without its members") }
        self.id = id
        self.comment = comment
        self.key = Array(document.source[key.sourceRange])
        // Where it is an object, it is the JSON form, whose bytes are what would be given to the program.
        self.token = token.string?.bytes ?? Array(document.source[token.sourceRange])
        isValid = result == "valid"
    }
}
