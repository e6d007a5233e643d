import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Every session of every store, to a token and back: each attribute is what it was, or was named among the losses.
struct SessionClaimsFixtureTests {
    /// How much was compared.
    private struct Counts {
        var sessions = 0
        /// Sessions that end with their interval of zero, and placeholders, of which there is nothing to tell.
        var refused = 0
        var same = 0
        var changed = 0
        var dropped = 0
    }

    @Test func everyAttributeComesBackOrIsNamed() throws {
        var counts = Counts()
        for store in try FixtureStore.all() {
            let sessions = try StoredFixture(store, now: 0).sessions.values
            for session in sessions.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
                try compare(session, "\(store)", &counts)
            }
        }
        #expect(counts.sessions >= 100 && counts.refused <= 30, "\(counts)")
        #expect(counts.same >= 100 && counts.changed >= 100 && counts.dropped >= 100, "\(counts)")
        #expect(counts.same + counts.changed + counts.dropped >= 1000, "\(counts)")
    }

    /// As it is at the moment of its last use.
    private func compare(_ session: Session, _ store: String, _ counts: inout Counts) throws {
        let now = session.lastAccessedAt ?? session.createdAt ?? 1_795_500_000_000
        var known = session
        known.lastAccessedAt = now
        guard session.format != JWTFormat.name,
            let claims = try? SessionClaims(
                of: session, jti: Array("t".utf8), now: now, life: 3_600_000, issuer: "https://idp.invalid",
                audiences: ["shop"])
        else {
            counts.refused += 1
            return
        }
        counts.sessions += 1
        let place = "\(store) \(EscapedName.text(of: session.key))"
        let source = try PortableSession(of: known, now: now, interval: 1800)
        let target = try Self.session(of: claims, now: now)
        #expect(target.principalName == claims.subject && target.end == claims.expiresAt * 1000, "\(place)")
        #expect(claims.losses.allSatisfy { !$0.reason.isEmpty && $0.className != "" })
        let found = Dictionary(target.attributes.map { ($0.name, $0) }) { $1 }
        let losses = Dictionary(grouping: claims.losses, by: \.attribute)
        for attribute in source.attributes {
            let other = found[attribute.name]
            let named = losses[attribute.name] ?? []
            let what = "\(place): \(EscapedName.text(of: attribute.name))"
            if named.contains(where: \.isDropped) {
                // The name of a claim that is not the attribute's may be the same.
                counts.dropped += 1
            } else if named.isEmpty {
                #expect(
                    other.map { Self.asJava(attribute).means($0) } ?? false, "\(what) is another and nobody said so")
                counts.same += 1
            } else {
                counts.changed += 1
            }
        }
        try Self.requireNothingDropped(claims, session, place)
    }

    /// What was left out is nowhere in the claims, nor is the id.
    private static func requireNothingDropped(_ claims: SessionClaims, _ session: Session, _ place: String) throws {
        let root = try JSONReader.read(claims.json, limits: JWT.limits).root
        // What is said of the login stands under a name that an attribute may have as well.
        for loss in claims.losses where loss.isDropped && loss.attribute != ContainerLogin.part {
            guard let name = String(validating: loss.attribute, as: UTF8.self) else { continue }
            #expect(root["attr:" + name] == nil, "\(place): \(name)")
        }
        #expect(session.id.count < 16 || claims.json.firstRange(of: session.id) == nil, "\(place)")
    }

    private static func asJava(_ attribute: PortableAttribute) -> PortableAttribute {
        (try? ValueConversion().java(of: attribute).attribute) ?? attribute
    }

    /// The session of the token with these claims, which is read as from a store.
    private static func session(of claims: SessionClaims, now: Int64) throws -> PortableSession {
        let header = Base64.encode(Array(#"{"alg":"none"}"#.utf8), .url)
        let token = header + "." + Base64.encode(claims.json, .url) + ".c2lnbmF0dXJl"
        let record = StoredRecord(key: Array("t".utf8), content: .string(Array(token.utf8)))
        let read = try #require(SessionFormats.session(from: record, now: now))
        return try PortableSession(ofToken: read, now: now, interval: nil)
    }
}
