import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// The layouts of `StandardSession` (session-formats, ch. 2.2), written by Tomcat 9.0.70 and 10.1.60.
struct TomcatLayoutTests {
    private static let id = Array("0123456789ABCDEF0123456789ABCDEF".utf8)

    private func bytes(_ name: String) throws -> [UInt8] { try Fixtures.bytes("tomcat-layouts/" + name) }

    private func file(_ name: String) throws -> (kind: TomcatFile.Kind, sessions: [Session]) {
        guard case .tomcat(let kind, let sessions) = try DecodedInput(bytes(name), now: 0) else {
            throw FixtureError("\(name) is no Tomcat session")
        }
        return (kind, sessions)
    }

    private func details(_ session: Session) -> [String: String] {
        Dictionary(session.details.map { ($0.name, $0.value) }) { $0 + " and " + $1 }
    }

    private func value(_ bytes: [UInt8], isWhole: Bool = true) -> Session? {
        SessionFormats.session(
            from: StoredRecord(key: Self.id, content: .string(bytes), isWhole: isWhole), now: 1_700_000_000_000)
    }

    @Test(arguments: [("tomcat9-plain.session", "B"), ("tomcat10-plain.session", "C")])
    func readsAFileOfOneSession(_ name: String, _ layout: String) throws {
        let (kind, sessions) = try file(name)
        let session = try #require(sessions.first)
        #expect(kind == .session && sessions.count == 1)
        #expect(session.id == Self.id + Array(".node1".utf8))
        #expect(session.createdAt == 1_700_000_000_000 && session.maxInactiveSeconds == 1800)
        #expect(details(session)["layout"] == layout && details(session)["authType"] == nil)
        #expect(session.attributes?.map(\.name).inByteOrder == [Array("cart".utf8), Array("user".utf8)])
        #expect(session.findings == [] && session.principal == nil)
    }

    @Test(arguments: ["tomcat9-authenticated.session", "tomcat10-authenticated.session"])
    func readsAllFourObjectsOfALogin(_ name: String) throws {
        let session = try #require(try file(name).sessions.first)
        let details = details(session)
        #expect(details["layout"] == "C" && details["authType"] == "FORM")
        #expect(details["expectedSessionId"] == "0123456789ABCDEF0123456789ABCDEF")
        #expect(details["savedRequest"] == "POST /app/checkout")
        #expect(session.principal == "alice")
        #expect(session.attributes?.count == 2)
        // The principal of Tomcat 9 has a field for the password, and it is not null.
        #expect(session.findings.map(\.code) == (name.hasPrefix("tomcat9") ? ["stored-password"] : []))
    }

    /// Managers that persist the principal of Tomcat 9 with its password, and those of Tomcat 10, which has none.
    @Test(
        arguments: [
            ("tomcat9-notes-redis-session-manager", true), ("ran-jit-2.x", true),
            ("tomcat10-redis-session-manager", false),
            ("ran-jit-4.x", false),
        ])
    func findsThePasswordOfAPersistedPrincipal(_ name: String, _ isStored: Bool) throws {
        let store = FixtureStore("java-programs/" + name)
        let sessions = try StoredFixture(store, now: 0).sessions
        var users = 0
        for expected in try store.expectedSessions() {
            guard let id = expected["id"]?.string as String?, let session = sessions[Array(id.utf8)] else { continue }
            let fields = expected["principalObject"]?["wire"]?["classes"]?.items?.first?["fields"]
            let hasPassword = fields?["password"].map { !$0.isNull } ?? false
            #expect(session.findings.contains { $0.code == "stored-password" } == hasPassword, "\(id)")
            if fields != nil {
                users += 1
                #expect(hasPassword == isStored, "\(id)")
            }
        }
        #expect(users >= 1, "\(users)")
    }

    @Test(arguments: ["tomcat9-sessions.ser", "tomcat10-sessions.ser"])
    func readsAFileOfManySessions(_ name: String) throws {
        let (kind, sessions) = try file(name)
        #expect(kind == .sessions)
        #expect(sessions.map { String(decoding: $0.id, as: UTF8.self) } == ["SESSION1", "SESSION2", "SESSION3"])
        for session in sessions {
            let names = session.attributes?.map { String(decoding: $0.name, as: UTF8.self) }.sorted()
            #expect(names == ["cart", "number", "user"])
            #expect(session.findings == [])
        }
    }

    @Test(arguments: [("tomcat9-manager.value", "B"), ("tomcat10-manager.value", "C")])
    func readsAValueOfTheManager(_ name: String, _ layout: String) throws {
        let session = try #require(try value(bytes(name)))
        #expect(session.format == "tomcat" && details(session)["layout"] == layout)
        #expect(details(session)["trailingCreationTime"] == "1700000000000")
        #expect(details(session)["sessionAttributesHash"] == String(repeating: "0", count: 32))
        #expect(session.attributes?.count == 2 && session.findings == [])
    }

    /// The reader drops the attribute and goes on with the next name (session-formats, ch. 1, trap 3).
    @Test(arguments: ["tomcat9-not-serializable.value", "tomcat10-not-serializable.value"])
    func namesAttributesThatTurnedOutNotToBeSerializable(_ name: String) throws {
        let session = try #require(try value(bytes(name)))
        #expect(session.attributes?.map(\.name).inByteOrder == ["cart", "user", "zone"].map { Array($0.utf8) })
        #expect(session.findings.map(\.code) == ["not-serialized", "not-serialized"])
        let messages = session.findings.map(\.message).sorted()
        #expect(messages.map { $0.contains("java.io.NotSerializableException") } == [true, true])
        #expect(messages.first?.contains("'bad'") == true && messages.last?.contains("'list'") == true)
        #expect(details(session)["trailingCreationTime"] == "1700000000000")
    }

    /// A value that somebody copied tells by itself which manager wrote it.
    @Test(
        arguments: [
            ("ran-jit-1.x", "ranjit"), ("ran-jit-2.x", "ranjit"), ("ran-jit-4.x", "ranjit"),
            ("dotcms-redis-session-manager", "dotcms"), ("tomcat-redis-session-manager-1.2", "jcoleman1"),
            ("pivotal-session-managers", "raw"),
        ])
    func decodesValuesOfOtherManagers(_ store: String, _ variant: String) throws {
        let stored = try StoredFixture(FixtureStore("java-programs/" + store), now: 0)
        var decoded = 0
        for (key, session) in stored.sessions where session.createdAt != nil {
            guard case .string(let value)? = stored.records[key]?.content,
                case .tomcat(let kind, let sessions) = try DecodedInput(value, now: 0)
            else {
                Issue.record("no session")
                continue
            }
            #expect(kind == (variant == "raw" ? .session : .managerValue) && sessions.count == 1)
            #expect(sessions.first?.variant == variant && sessions.first?.createdAt == session.createdAt)
            #expect(sessions.first?.attributes?.map(\.name) == session.attributes?.map(\.name))
            #expect(sessions.first?.findings == session.findings.filter { $0.code != "double-route" })
            decoded += 1
        }
        #expect(decoded == (variant == "raw" ? 13 : 14))
    }

    // MARK: Damaged values

    /// Wherever a value ends, what is there is shown and what is missing is said.
    @Test(
        arguments: [
            "tomcat9-manager.value", "tomcat10-manager.value", "tomcat9-not-serializable.value",
            "tomcat10-not-serializable.value",
        ])
    func saysWhereAValueEndsTooEarly(_ name: String) throws {
        let whole = try bytes(name)
        let all = try #require(value(whole))
        var recognised = 0
        for length in 0..<whole.count {
            guard let session = value(Array(whole[..<length])) else { continue }
            recognised += 1
            #expect(!session.findings.isEmpty, "\(length)")
            #expect(session.createdAt == nil || session.createdAt == all.createdAt)
            #expect(session.attributes?.count ?? 99 <= all.attributes?.count ?? 0)
        }
        // From the end of the metadata class' name on.
        #expect(recognised == whole.count - 76)
    }

    @Test(arguments: ["plain.session", "authenticated.session", "sessions.ser"])
    func decodingAFileThatEndsTooEarlySaysSo(_ name: String) throws {
        for name in ["tomcat9-", "tomcat10-"].map({ $0 + name }) {
            let whole = try bytes(name)
            var (explained, shown) = (0, 0)
            for length in 0..<whole.count {
                do {
                    switch try DecodedInput(Array(whole[..<length]), now: 0) {
                    case .tomcat(_, let sessions):
                        #expect(sessions.last?.findings.isEmpty == false, "\(name) \(length)")
                        shown += 1
                    // Before the sequence is long enough to be known: some numbers.
                    case .java(let graph): #expect(graph.contentCount < 9, "\(name) \(length)")
                    case .jwt, .memcached, .json: Issue.record("\(name) \(length)")
                    case .wrapped: Issue.record("\(name) \(length)")
                    }
                } catch {
                    explained += 1
                }
            }
            // From the end of the first session's id on.
            let id = try #require(try file(name).sessions.first?.id)
            let end = try #require(whole.firstRange(of: id)?.upperBound)
            #expect(shown == whole.count - end && explained > end / 2, "\(name) \(shown) \(end)")
        }
    }

    /// Without a store the same is found as with one.
    @Test func aCutValueIsDecodedAsItIsShown() throws {
        let whole = try bytes("tomcat9-manager.value")
        var compared = 0
        for length in 0..<whole.count {
            let cut = Array(whole[..<length])
            guard case .tomcat(_, let sessions)? = try? DecodedInput(cut, now: 0) else { continue }
            let shown = try #require(value(cut))
            #expect(sessions.count == 1 && sessions.first?.attributes?.map(\.name) == shown.attributes?.map(\.name))
            guard shown.findings.contains(where: { $0.code == "undecodable" }) else { continue }
            #expect(sessions.first?.findings == shown.findings, "\(length)")
            compared += 1
        }
        #expect(compared > whole.count / 2)
    }

    /// The first bytes of a large value tell the same times and nothing of attributes.
    @Test func aPartIsNoDamage() throws {
        let whole = try bytes("tomcat10-manager.value")
        let all = try #require(value(whole))
        for length in 76..<whole.count {
            let session = try #require(value(Array(whole[..<length]), isWhole: false))
            #expect(session.attributes == nil && session.findings == [], "\(length)")
            #expect(session.createdAt == nil || session.createdAt == all.createdAt)
            #expect(session.maxInactiveSeconds == nil || session.maxInactiveSeconds == 1800)
        }
    }

    @Test func aMissingCreationTimeAtTheEndIsFound() throws {
        let session = try #require(value(try bytes("tomcat9-manager.value").dropLast(10)))
        #expect(session.findings.map(\.code) == ["missing-trailer"])
        #expect(session.attributes?.count == 2)
    }

    @Test(
        arguments: [
            (-1, ["bad-count"], 0), (.min, ["bad-count"], 0), (3, ["bad-attribute", "truncated"], 2),
            (.max, ["bad-attribute", "truncated"], 2), (1, ["missing-trailer"], 1),
        ] as [(Int32, [String], Int)])
    func aWrongCountIsFound(_ count: Int32, _ codes: [String], _ attributes: Int) throws {
        var value = try bytes("tomcat9-manager.value")
        // The nulls of authType and principal, then an Integer whose class is known already.
        let start = try #require(value.firstIndex(of: [0x70, 0x70, 0x73, 0x71, 0, 0x7E, 0]))
        let big = UInt32(bitPattern: count).bigEndian
        value.replaceSubrange(start + 8..<start + 12, with: withUnsafeBytes(of: big) { Array($0) })
        let session = try #require(self.value(value))
        #expect(session.findings.map(\.code) == codes)
        #expect(session.attributes?.count == attributes)
    }

    @Test func otherObjectsBehindTheMetadataAreFound() throws {
        let metadata = try bytes("tomcat9-manager.value")[..<135]
        for rest in [[0x70], [0x74, 0, 1, 0x61], [0x77, 1, 0], []] as [[UInt8]] {
            let session = try #require(value(metadata + rest))
            #expect(!session.findings.isEmpty && session.createdAt == nil, "\(rest)")
        }
    }

    /// Random changes of single bytes never stop the reader.
    @Test func survivesChangedBytes() throws {
        var random = SeededRandom(for: "changed Tomcat values")
        for name in ["tomcat9-not-serializable.value", "tomcat10-authenticated.session", "tomcat9-sessions.ser"] {
            let whole = try bytes(name)
            for _ in 0..<2000 {
                var changed = whole
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    changed[Int.random(in: 0..<changed.count, using: &random)] = .random(in: 0...255, using: &random)
                }
                _ = value(changed)
                _ = try? DecodedInput(changed, now: .max)
            }
        }
    }

    /// As `redis-cli --raw get KEY` prints it.
    @Test func aLineEndBehindAStreamIsNoPartOfIt() throws {
        let whole = try bytes("tomcat9-manager.value")
        guard case .tomcat(_, let sessions) = try DecodedInput(whole + [0x0A], now: 0) else {
            Issue.record("no session")
            return
        }
        #expect(sessions.first?.findings == [] && sessions.first?.attributes?.count == 2)
        guard case .tomcat(_, let others) = try DecodedInput(whole + [0x0A, 0x0A], now: 0) else {
            Issue.record("no session")
            return
        }
        #expect(others.first?.findings.map(\.code) == ["undecodable"])
    }

    @Test(arguments: ["tomcat9", "tomcat10"]) func readsNamesThatAreValuesToo(_ version: String) throws {
        let session = try #require(value(try bytes(version + "-again.value")))
        let values = try SessionValues(session.attributes ?? []).typed
        #expect(
            values.names.sorted() == [
                "cart", "first", "names", "one", "other", "outer", "ring", "second", "user",
            ])
        #expect(try values.required("first").required("value").string == "second")
        #expect(try values.required("second").required("value").string == "first")
        let names = try values.required("names").required("items").requiredItems().map { $0["value"]?.string }
        #expect(names == ["first", "second", "names", "ring", "user"])
        // One map is in two attributes, so that one of them only refers to it.
        #expect([values["one"]?["ref"], values["other"]?["ref"]].contains { $0 != nil })
        #expect(session.findings == [])
    }

    @Test(arguments: ["tomcat9", "tomcat10"]) func readsTwoHundredAttributes(_ version: String) throws {
        let session = try #require(value(try bytes(version + "-two-hundred.value")))
        let values = try SessionValues(session.attributes ?? []).typed
        let names = (1...198).map { "attribute\($0)" } + ["cart", "user"]
        #expect(values.names.sorted() == names.sorted())
        #expect(values["attribute198"]?["value"]?.integer == 198)
        #expect(values["attribute1"]?["value"]?.string == "value 1")
        #expect(values["attribute197"]?["items"]?.items?.count == 2)
    }
}
