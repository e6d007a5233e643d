import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// What collections refer to beside the elements that they show: an application that is given another object there sees something else.
struct SecondReferenceTests {
    /// A stream of a JDK, and the handles of what a reference leads to and of what it is made to lead to.
    struct Change: Sendable, CustomTestStringConvertible {
        let name: String
        let from: UInt8
        let to: UInt8

        init(_ name: String, _ from: UInt8, _ to: UInt8) { (self.name, self.from, self.to) = (name, from, to) }

        var testDescription: String { "\(name): \(from) to \(to)" }
        var bytes: [UInt8] { get throws { try Fixtures.bytes("second-references/\(name).ser") } }
        /// `TC_REFERENCE` and the handle.
        static func reference(_ handle: UInt8) -> [UInt8] { [0x71, 0, 0x7e, 0, handle] }
    }

    static let changes = [
        // Fields `list`, `ss`, `ns`, `sm` and `nm` of what cannot be changed.
        Change("unmodifiable-list", 9, 2), Change("unmodifiable-linked-list", 10, 3),
        Change("unmodifiable-sorted-set", 11, 3), Change("unmodifiable-navigable-set", 13, 3),
        Change("unmodifiable-sorted-map", 14, 4), Change("unmodifiable-navigable-map", 16, 4),
        // The lock, which is mostly the collection itself, and the second field.
        Change("synchronized-collection", 7, 2), Change("synchronized-list", 9, 2), Change("synchronized-list", 9, 10),
        Change("synchronized-list", 10, 2), Change("synchronized-list", 10, 9), Change("synchronized-set", 9, 3),
        Change("synchronized-sorted-set", 11, 3), Change("synchronized-sorted-set", 12, 3),
        Change("synchronized-navigable-set", 13, 3), Change("synchronized-navigable-set", 14, 3),
        Change("synchronized-map", 12, 4), Change("synchronized-sorted-map", 14, 4),
        Change("synchronized-sorted-map", 15, 4), Change("synchronized-navigable-map", 16, 4),
        Change("synchronized-navigable-map", 17, 4), Change("synchronized-part", 8, 10),
        // The second field and what may stand in it.
        Change("checked-list", 12, 2), Change("checked-sorted-set", 13, 3), Change("checked-navigable-set", 15, 3),
        Change("checked-queue", 12, 3), Change("checked-sorted-map", 17, 4), Change("checked-navigable-map", 19, 4),
        Change("checked-type", 8, 6), Change("checked-key-type", 8, 6), Change("checked-key-type", 10, 6),
        // A collection around another one around a third.
        Change("unmodifiable-of-synchronized", 12, 2), Change("unmodifiable-of-synchronized", 13, 2),
        // What stands for each key that is added, and the classes of what may stand in it.
        Change("key-set-value", 7, 6), Change("enum-map-type", 8, 6), Change("enum-set-type", 8, 6),
    ]

    @Test(arguments: changes)
    func anotherObjectIsADifference(_ change: Change) throws {
        let bytes = try change.bytes
        let places = bytes.ranges(of: Change.reference(change.from))
        #expect(!places.isEmpty)
        for place in places {
            var changed = bytes
            changed.replaceSubrange(place, with: Change.reference(change.to))
            #expect((try? JavaGraph(changed)) != nil)
            for (one, other) in [(bytes, changed), (changed, bytes)] {
                let reasons = differences(one, other).map(\.reason)
                #expect(
                    reasons == ["of the same elements, but a collection refers beside them to another object"],
                    "\(place): \(reasons)")
            }
        }
    }

    /// The capacity of the list around them is nothing that an application sees.
    @Test(arguments: changes)
    func theSameObjectIsNoneInOtherBytes(_ change: Change) throws {
        var changed = try change.bytes
        let capacity = try #require(changed.firstRange(of: [0x77, 4, 0, 0, 0, 2]))
        changed[capacity.upperBound - 1] = 3
        #expect(differences(try change.bytes, changed).isEmpty)
    }

    /// The lock of a collection may be what holds it.
    @Test func aReferenceToWhatIsAroundItHasAnEnd() throws {
        let change = Change("synchronized-list", 9, 1)
        let bytes = try change.bytes
        let changed = bytes.replacing(Change.reference(change.from), with: Change.reference(change.to))
        #expect(changed != bytes && differences(bytes, changed).count == 1)
        var same = changed
        let capacity = try #require(same.firstRange(of: [0x77, 4, 0, 0, 0, 2]))
        same[capacity.upperBound - 1] = 3
        #expect(differences(changed, same).isEmpty)
    }

    /// What is shown of a value does not grow by it.
    @Test(arguments: ["unmodifiable-list", "synchronized-list", "checked-list"])
    func typedJSONShowsElementsAlone(_ name: String) throws {
        let graph = try JavaGraph(Fixtures.bytes("second-references/\(name).ser"))
        var typed = try TypedJSON(of: graph, roots: graph.contents)
        var writer = JSONWriter()
        try typed.write(graph.content(0), to: &writer)
        let text = String(decoding: writer.takeBytes(), as: UTF8.self)
        for word in ["\"list\"", "\"mutex\"", "\"type\""] { #expect(!text.contains(word), "\(text)") }
    }

    private func differences(_ one: [UInt8], _ other: [UInt8]) -> [SessionComparison.Difference] {
        let sessions = [one, other].map { value in
            PortableSession(
                id: Array("a".utf8), createdAt: 0, lastAccessedAt: 0, maxInactiveSeconds: 1800,
                attributes: [PortableAttribute(name: Array("cart".utf8), value: value, encoding: .java)])
        }
        return SessionComparison().differences(of: sessions[0], and: sessions[1])
    }
}
