import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Typed JSON in which something stands that nobody would write: refused with a reason, or a stream that can be read.
struct TypedDocumentMutationTests {
    private static let odd = [
        "null", "0", "-1", "1e400", #""""#, "[]", "{}", #"{"ref":1}"#, #"{"ref":-1}"#, #"{"at":4}"#, "true",
        #""\ud83d""#,
        #"{"$masked":[4,1]}"#, #"{"class":"int","value":1}"#, #"{"class":"java.util.TreeSet","items":[null]}"#,
        "[[1,2],[1,2]]",
        #"{"class":"java.util.ArrayList","id":1,"items":[{"ref":1}]}"#, #"{"class":"[I","items":[2147483648]}"#,
        #"{"class":"[B","base64":"A"}"#, #"{"class":"","classes":[]}"#, "9223372036854775808", #"{"$base64":"AQ=="}"#,
        #"{"class":"java.lang.Character","value":"ab"}"#,
        #"{"class":"java.util.Date","epochMillis":"-9223372036854775808"}"#,
        #"{"class":"java.sql.Timestamp","epochMillis":"-9223372036854775808","nanos":0}"#,
        #"{"class":"java.math.BigDecimal","unscaled":"1","scale":-2147483648}"#,
    ]

    /// A random value of the document in the place of another, or something odd.
    private static func mutated(_ document: JSONDocument, _ random: inout SeededRandom) -> [UInt8] {
        func value() -> JSONNode {
            JSONNode(document: document, index: Int(random.next() % UInt64(document.nodeCount)))
        }
        func range(_ node: JSONNode) -> Range<Int> {
            let quote = node.kind == .string ? 1 : 0
            return node.sourceRange.lowerBound - quote..<node.sourceRange.upperBound + quote
        }
        let source = document.source
        let place = range(value())
        let new =
            random.next() % 3 == 0
            ? Array(source[range(value())]) : Array(odd[Int(random.next() % UInt64(odd.count))].utf8)
        return source[..<place.lowerBound] + new + source[place.upperBound...]
    }

    @Test(arguments: ["java-streams", "jdk-values/jdk-17"])
    func isRefusedOrReadable(_ folder: String) throws {
        var random = SeededRandom(seed: 7)
        var (accepted, refused) = (0, 0)
        for name in try Fixtures.names(in: folder) where name.hasSuffix(".ser") {
            guard let graph = try? JavaGraph(Fixtures.bytes(folder + "/" + name)) else { continue }
            for content in 0..<min(graph.contentCount, 12) {
                guard let text = try? EditedDocument.typed(graph, content), text.count < 100_000 else { continue }
                let before = try JSONReader.read(text)
                for _ in 0..<60 {
                    let after = Self.mutated(before, &random)
                    guard (try? JSONReader.read(after)) != nil else { continue }
                    _ = try? NewValue.json(after).object(like: graph.content(content), in: graph, nil, "a")
                    let edit = EditedDocument(graph: graph, content: content, before: before, after: after)
                    do {
                        let bytes = try edit.encoded()
                        _ = try EditedDocument.typed(JavaGraph(bytes), content)
                        accepted += 1
                    } catch let error as DocumentError {
                        #expect(error.offset <= after.count && !error.description.isEmpty)
                        refused += 1
                    } catch {
                        Issue.record("\(name): \(error): \(String(decoding: after.prefix(2000), as: UTF8.self))")
                    }
                }
            }
        }
        #expect(accepted > 500 && refused > 500, "\(accepted) \(refused)")
    }
}
