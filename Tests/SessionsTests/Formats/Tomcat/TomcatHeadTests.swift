import Testing

@testable import Sessions

/// What a manager fails at beside login and attributes.
struct TomcatHeadTests {
    private func value(
        _ manager: TomcatLayout.Manager, id: String = "9B43E13CFB1BF1BE", created: Int64 = 1_795_418_213_133,
        attributes: [PortableAttribute] = []
    ) throws -> [UInt8] {
        let session = PortableSession(
            id: Array(id.utf8), createdAt: created, lastAccessedAt: created + 7, maxInactiveSeconds: 1800,
            attributes: attributes)
        let key = try #require(try TomcatLayout(manager: manager).keys(of: session).first)
        guard case .string(let bytes) = key.content else { return [] }
        return bytes
    }

    @Test(arguments: TomcatLayout.Manager.allCases)
    func timesAndAttributesAreNoPartOfIt(_ manager: TomcatLayout.Manager) throws {
        let attribute = PortableAttribute(
            name: Array("a".utf8), value: [0xAC, 0xED, 0, 5, 0x74, 0, 1, 0x78], encoding: .java)
        let one = try #require(TomcatHead(try value(manager)))
        let other = try #require(
            TomcatHead(try value(manager, created: 1_795_500_000_000, attributes: [attribute])))
        #expect(one.differences(to: other).isEmpty && other.differences(to: one).isEmpty)
    }

    @Test(arguments: TomcatLayout.Manager.allCases)
    func theIdIsPartOfIt(_ manager: TomcatLayout.Manager) throws {
        let one = try #require(TomcatHead(try value(manager)))
        let other = try #require(TomcatHead(try value(manager, id: "9B43E13CFB1BF1BF")))
        #expect(one.differences(to: other).map(\.part) == ["storedId"])
    }

    @Test func theClassesOfHeaderAndNumbersArePartOfIt() throws {
        let bytes = try value(.jcoleman)
        let one = try #require(TomcatHead(bytes))
        for (name, other, reason) in [
            ("com.orange", "com.oranGe", ".SessionSerializationMetadata is missing"),
            ("java.lang.Boolean", "java.lang.BooleaN", "java.lang.Boolean is missing"),
            ("java.lang.Number", "java.lang.NumbeR", "java.lang.Long has other fields, flags or another superclass"),
        ] {
            let head = try #require(TomcatHead(bytes.replacing(Array(name.utf8), with: Array(other.utf8))))
            let reasons = one.differences(to: head).map(\.reason)
            #expect(reasons.contains { $0.hasSuffix(reason) }, "\(reasons)")
        }
    }

    @Test func whatIsNoSuchValueHasNone() throws {
        #expect(TomcatHead(Array("null".utf8)) == nil)
        #expect(TomcatHead(Array(try value(.jcoleman).prefix(200))) == nil)
    }
}
