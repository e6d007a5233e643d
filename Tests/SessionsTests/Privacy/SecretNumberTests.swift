import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Numbers under the names of secrets are as secret as text.
struct SecretNumberTests {
    private func masked(_ json: String, named name: String = "x") throws -> String {
        var writer = JSONWriter()
        var masked = MaskedJSON(reveal: false)
        masked.write(try JSONReader.read(Array(json.utf8)).root, name: name, to: &writer)
        return String(decoding: writer.takeBytes(), as: UTF8.self)
    }

    @Test(arguments: ["password", "otp", "pin", "cvv", "sid", "cardNumber", "accessToken", "user.pin"])
    func ofJSONAreMaskedByTheirName(_ name: String) throws {
        for number in ["12345678", "-0.5e3", "4111111111111111", "0"] {
            #expect(try masked(number, named: name) == #""••••""#)
            let object = "{\"user\":\"a\",\"n\":7,\"\(name)\":[\(number),true,null]}"
            let shown = "{\"user\":\"a\",\"n\":7,\"\(name)\":[\"••••\",true,null]}"
            #expect(try masked(object) == shown)
            #expect(SecretPolicy.masked(object) == shown)
            #expect(SecretPolicy.masked("log: " + object) != nil)
        }
    }

    @Test(arguments: [
        "passwordChangedAt", "tokenCount", "tokenExpiresIn", "failedPasswordAttempts", "pinned", "authTime", "age",
    ])
    func ofJSONAreShownUnderOtherNames(_ name: String) throws {
        #expect(try masked("1700000000000", named: name) == "1700000000000")
        #expect(SecretPolicy.masked("{\"\(name)\":1700000000000}") == nil)
    }

    /// A time that Jackson wrote as a number tells no secret.
    @Test func timesOfJSONAreShown() throws {
        let token = #"{"token":{"at":["java.util.Date",1700000000000],"value":["java.lang.Long",5]}}"#
        #expect(try masked(token) == token.replacing("5]", with: "\"••••\"]"))
    }

    @Test func valuesOfPairsAreMaskedByTheirNames() throws {
        let pairs = #"[{"key":"password","value":12},{"value":["x"],"name":"Authorization"},{"name":"a","value":"b"}]"#
        let shown = #"[{"key":"password","value":"M"},{"value":["M"],"name":"Authorization"},{"name":"a","value":"b"}]"#
        #expect(try masked(pairs) == shown.replacing("M", with: "••••"))
    }

    @Test(arguments: [#"{"pin":1,"a":2}"#, #"{"credentials":{"a":[1,-2.5E+7]}}"#])
    func maskedJSONIsJSON(_ text: String) throws {
        _ = try JSONReader.read(Array(#require(SecretPolicy.masked(text)).utf8))
        #expect(SecretPolicy.masked(#"{"pin":1,"a":2}"#) == #"{"pin":"••••","a":2}"#)
    }

    // MARK: Java

    private func plain(_ graph: JavaGraph, named name: String, reveal: Bool = false) throws -> [String] {
        try graph.contents.map { node in
            var plain = PlainJSON(of: graph)
            plain.reveal = reveal
            var writer = JSONWriter()
            try plain.write(node, path: name, to: &writer)
            return String(decoding: writer.takeBytes(), as: UTF8.self)
        }
    }

    private func typed(_ graph: JavaGraph, reveal: Bool = false) throws -> [String] {
        var typed = try TypedJSON(of: graph, roots: graph.contents)
        typed.reveal = reveal
        return try graph.contents.map { node in
            var writer = JSONWriter()
            try typed.write(node, isSecret: true, to: &writer)
            return String(decoding: writer.takeBytes(), as: UTF8.self)
        }
    }

    /// Boxes, `BigInteger`, `BigDecimal` and arrays, as the JDK wrote them: no digit of them is left.
    @Test(arguments: ["java-streams/boxed", "java-streams/array-primitives", "jdk-values/jdk-17/integers"])
    func ofJavaAreMasked(_ name: String) throws {
        let graph = try JavaGraph(Fixtures.bytes(name + ".ser"))
        let shown = try plain(graph, named: "x")
        #expect(try plain(graph, named: "x", reveal: true) == shown)
        #expect(try plain(graph, named: "otp", reveal: true) == shown)
        for (value, masked) in zip(shown, try plain(graph, named: "otp")) {
            #expect(masked.allSatisfy { !$0.isNumber } || masked == value && value.contains("true"), "\(masked)")
        }
        #expect(try plain(graph, named: "otp").joined().contains("••••"))
        for masked in try typed(graph) where masked.contains("\"class\":\"java.lang.Integer\"") {
            #expect(masked.contains("\"masked\":true") && !masked.contains("\"value\""), "\(masked)")
        }
    }

    /// `class L { boolean secret; int pin; long token; int tokenCount; }`
    private static let login: [UInt8] = {
        func name(_ text: String) -> [UInt8] { [0, UInt8(text.utf8.count)] + Array(text.utf8) }
        var bytes: [UInt8] = [0xAC, 0xED, 0, 5, 0x73, 0x72]
        bytes += name("L")
        bytes += [0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 4]
        for field in ["Zsecret", "Ipin", "Jtoken", "ItokenCount"] {
            bytes += Array(field.utf8.prefix(1))
            bytes += name(String(field.dropFirst()))
        }
        bytes += [0x78, 0x70, 1]
        bytes += [0, 0, 0x30, 0x39]
        bytes += [0, 0, 0, 0, 0, 0, 0x30, 0x39]
        bytes += [0, 0, 0, 3]
        return bytes
    }()

    @Test func primitiveFieldsAreMasked() throws {
        let graph = try JavaGraph(Self.login)
        #expect(
            try plain(graph, named: "x")
                == [#"{"@class":"L","secret":true,"pin":"••••","token":"••••","tokenCount":3}"#])
        var writer = JSONWriter()
        try TypedJSON.writeStream(graph, reveal: false, to: &writer)
        let typed = String(decoding: writer.takeBytes(), as: UTF8.self)
        #expect(!typed.contains("12345"), "\(typed)")
        #expect(typed.contains(#""pin":{"class":"int","masked":true}"#), "\(typed)")
        #expect(typed.contains(#""token":{"class":"long","masked":true}"#), "\(typed)")
        #expect(typed.contains(#""tokenCount":{"class":"int","value":3}"#), "\(typed)")
    }
}
