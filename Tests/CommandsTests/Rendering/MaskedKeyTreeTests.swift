import Testing

@testable import Commands
@testable import Sessions
@testable import Terminal

/// Trees of JSON show no private member of a JSON Web Key.
struct MaskedKeyTreeTests {
    private static let secret = "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"

    private func text(_ json: String, reveal: Bool) throws -> String {
        let rendering = ValueRendering(reveal: reveal, now: 1_700_000_000_000, isInterrupted: { false })
        var tree = JSONTree(rendering: rendering)
        let root = try JSONReader.read(Array(json.utf8)).root
        return tree.lines(of: root, label: StyledText("x"), name: "x", depth: 0).map {
            $0.content.pieces.map(\.text).joined()
        }.joined(separator: "\n")
    }

    @Test(arguments: [
        #"{"kty":"RSA","n":"abc","d":"\#(secret)"}"#, #"{"keys":[{"k":"\#(secret)","kty":"oct"}]}"#,
        #"{"kty":"RSA","oth":[{"r":"\#(secret)"}]}"#,
    ]) func privateMembersAreMasked(_ json: String) throws {
        let shown = try text(json, reveal: false)
        #expect(!shown.contains(Self.secret) && shown.contains("kty") && shown.contains(SecretPolicy.mask), "\(shown)")
        #expect(try text(json, reveal: true).contains(Self.secret))
    }

    @Test func othersAreShown() throws {
        #expect(try text(#"{"kty":5,"d":"\#(Self.secret)"}"#, reveal: false).contains(Self.secret))
        #expect(try text(#"{"kty":"EC","x":"\#(Self.secret)"}"#, reveal: false).contains(Self.secret))
    }
}
