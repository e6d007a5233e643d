import Testing

@testable import Sessions

/// What is an id of Tomcat's, what its route, and what stands before it in a key.
struct TomcatIdTests {
    private static let id = "0123456789ABCDEF0123456789ABCDEF"

    private func text(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

    @Test(
        arguments: [
            (id, nil, false), (id + ".node1", "node1", false), (id + ".r1.r1", "r1.r1", true),
            (id + ".a.b", "a.b", false), (id + ".a.b.a.b", "a.b.a.b", true), (id + ".", nil, false),
            (id + "..", ".", true), ("file.txt", nil, false), (".x", nil, false), ("", nil, false),
        ] as [(String, String?, Bool)])
    func findsTheRoute(_ id: String, _ route: String?, _ isDoubled: Bool) {
        let found = TomcatId.route(of: Array(id.utf8))
        #expect(text(found) == route)
        #expect(found.map { TomcatId.isDoubled(route: $0) } ?? false == isDoubled)
    }

    @Test(
        arguments: [
            ("tomcat:session:" + id, id, "tomcat:session"), ("library-cluster-" + id, id, "library-cluster-"),
            ("_rsm_" + id, id, "_rsm_"), (id, id, nil), (id, "", nil), ("x:" + id, "other", nil), ("x:S1", "S1", "x"),
            ("xS1", "S1", nil), ("S1", "longer than the key", nil), (":" + id, id, ""),
        ] as [(String, String, String?)])
    func findsWhatStandsBefore(_ key: String, _ id: String, _ prefix: String?) {
        #expect(text(TomcatId.prefix(of: Array(key.utf8), before: Array(id.utf8))) == prefix)
    }

    /// `null` under any other key is somebody else's.
    @Test(
        arguments: [
            (id, id, nil, nil), (id + ".node1", id + ".node1", nil, nil),
            ("cluster-" + id, id, "cluster-", "dotcms"),
            ("cluster-" + id + ".r1.r1", id + ".r1.r1", "cluster-", "dotcms"),
            ("cache:" + id, nil, nil, nil), ("page-" + id.lowercased(), nil, nil, nil), ("user", nil, nil, nil),
            ("", nil, nil, nil), ("é" + id, nil, nil, nil),
        ] as [(String, String?, String?, String?)])
    func tellsPlaceholdersByTheirKey(_ key: String, _ id: String?, _ namespace: String?, _ variant: String?) {
        let session = SessionFormats.session(
            from: StoredRecord(key: Array(key.utf8), content: .string(Array("null".utf8))), now: 0)
        #expect(text(session?.id) == id && text(session?.namespace) == namespace)
        #expect(session?.variant == variant && session?.findings.map(\.code) == (id == nil ? nil : ["placeholder"]))
    }
}
