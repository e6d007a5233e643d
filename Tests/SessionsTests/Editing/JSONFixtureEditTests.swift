import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Every place of every JSON value that session libraries wrote, changed and changed back.
struct JSONFixtureEditTests {
    /// A value in JSON with the steps to it.
    private struct Place {
        let steps: [AttributePath.Step]
        let value: JacksonValue
    }

    private static func documents() throws -> [[UInt8]] {
        var found: Set<[UInt8]> = []
        for store in try FixtureStore.all() {
            for record in try store.records() {
                guard case .hash(let fields) = record.content else { continue }
                for field in fields {
                    if case .json = AttributeValue.stored(field.value).decoded() { found.insert(field.value) }
                }
            }
        }
        return found.sorted { $0.lexicographicallyPrecedes($1) }
    }

    private static func places(_ node: JSONNode, _ steps: [AttributePath.Step] = []) -> [Place] {
        let value = JacksonValue(node)
        var places = [Place(steps: steps, value: value)]
        for (index, element) in elements(of: value).enumerated() {
            places += Self.places(element, steps + [.number(Int64(index))])
        }
        for member in value.members {
            places += Self.places(member.value, steps + [.quoted(EscapedName.text(of: member.name.bytes))])
        }
        return places
    }

    private static func elements(of value: JacksonValue) -> [JSONNode] {
        guard let array = value.node.array else { return [] }
        return [JSONNode](array)
    }

    private static func another(_ node: JSONNode, isConstant: Bool) -> NewValue {
        if isConstant { return .constant("other") }
        return switch node.value {
        case .bool(let value): .text(String(!value))
        // Of the class that Jackson reads there, which a number tells by its size.
        case .number where node.naturalClass == .long: .text("4294967296")
        case .number(let number): .text(number.text == "7" ? "8" : "7")
        default: .text("other")
        }
    }

    private static func same(_ node: JSONNode, isConstant: Bool) -> NewValue {
        if isConstant, let text = node.string?.text { return .constant(text) }
        return switch node.value {
        case .bool(let value): .text(String(value))
        case .number(let number): .text(number.text)
        case .string(let string): string.text.map { .text($0) } ?? .json(Array(node.text))
        default: .json(Array(node.text))
        }
    }

    @Test func everyScalarIsSetAndSetBack() throws {
        var (count, wrapped) = (0, 0)
        for bytes in try Self.documents() {
            for place in Self.places(try JSONReader.read(bytes).root) {
                let (steps, node) = (place.steps, place.value.node)
                guard node.kind != .array, node.kind != .object else { continue }
                let isConstant = place.value.className == "demo.shop.OrderStatus"
                let another = Self.another(node, isConstant: isConstant)
                let after = try JSONPathEdit(bytes, name: "a").applying(.set(another), at: steps)
                #expect(after != bytes)
                #expect(after.starts(with: bytes[..<node.textRange.lowerBound]))
                #expect(after.reversed().starts(with: bytes[node.textRange.upperBound...].reversed()))
                guard
                    case .json(let found) = try JSONPathWalk(start: JSONReader.read(after).root).value(
                        steps: steps[...])
                else { continue }
                #expect(JacksonValue(found).className == place.value.className)
                let same = Self.same(node, isConstant: isConstant)
                #expect(try JSONPathEdit(after, name: "a").applying(.set(same), at: steps) == bytes)
                count += 1
                if place.value.isWrapper { wrapped += 1 }
            }
        }
        #expect(count > 150 && wrapped > 5, "\(count) \(wrapped)")
    }

    @Test func elementsAreRemovedAndPutBack() throws {
        var count = 0
        for bytes in try Self.documents() {
            for place in Self.places(try JSONReader.read(bytes).root) {
                let elements = Self.elements(of: place.value)
                guard !elements.isEmpty else { continue }
                for index in Set([0, elements.count / 2, elements.count - 1]) {
                    let steps = place.steps + [.number(Int64(index))]
                    let less = try JSONPathEdit(bytes, name: "a").applying(.remove, at: steps)
                    #expect(less.count < bytes.count)
                    let element = NewValue.json(Array(elements[index].text))
                    #expect(try JSONPathEdit(less, name: "a").applying(.insert(element), at: steps) == bytes)
                    if index == elements.count - 1 {
                        #expect(try JSONPathEdit(less, name: "a").applying(.append(element), at: place.steps) == bytes)
                        #expect(try JSONPathEdit(less, name: "a").applying(.set(element), at: steps) == bytes)
                    }
                    count += 1
                }
            }
        }
        #expect(count > 30, "\(count)")
    }

    @Test func membersAreRemovedAndPutBack() throws {
        var (count, renamed) = (0, 0)
        for bytes in try Self.documents() {
            for place in Self.places(try JSONReader.read(bytes).root) {
                let members = place.value.members
                for index in Set([0, members.count / 2, members.count - 1]) where members.indices.contains(index) {
                    let member = members[index]
                    let name = EscapedName.text(of: member.name.bytes)
                    let steps = place.steps + [.quoted(name)]
                    let less = try JSONPathEdit(bytes, name: "a").applying(.remove, at: steps)
                    if place.value.isObjectOfApplication {
                        let found = try JSONPathWalk(start: JSONReader.read(less).root).value(steps: steps[...])
                        guard case .json(let null) = found, null.isNull else {
                            Issue.record("no null of a field: \(name)")
                            continue
                        }
                    }
                    let back = try JSONPathEdit(less, name: "a").applying(
                        .set(.json(Array(member.value.text))), at: steps)
                    #expect(back.count == bytes.count)
                    if index == members.count - 1 { #expect(back == bytes) }
                    let found = try JSONPathWalk(start: JSONReader.read(back).root).value(steps: steps[...])
                    guard case .json(let value) = found else { continue }
                    #expect(value == member.value)
                    count += 1
                    guard place.value.isMap else { continue }
                    let other = try JSONPathEdit(bytes, name: "a").applying(.rename("other one"), at: steps)
                    let otherSteps = place.steps + [.quoted("other one")]
                    #expect(try JSONPathEdit(other, name: "a").applying(.rename(name), at: otherSteps) == bytes)
                    renamed += 1
                }
            }
        }
        #expect(count > 50 && renamed > 5, "\(count) \(renamed)")
    }
}
