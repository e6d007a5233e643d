import JavaSerialization
import TestSupport
import Testing

@testable import Sessions

/// Elements and keys of the classes that have a natural order, in collections that the JDK wrote: put where `compareTo` puts them, and found by
/// their text.
struct SortedKeyTests {
    private static func graph(_ file: String) throws -> JavaGraph {
        try JavaGraph(Fixtures.bytes("sorted-keys/\(file).ser"))
    }

    private static func plain(_ graph: JavaGraph, _ node: JavaNode?) throws -> String {
        var writer = JSONWriter()
        var json = PlainJSON(of: graph)
        try json.write(node, to: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static func plain(_ bytes: [UInt8], _ content: Int) throws -> String {
        let graph = try JavaGraph(bytes)
        return try plain(graph, graph.content(content))
    }

    /// A value as text, and its class.
    private static func value(_ node: JavaNode, of graph: JavaGraph) throws -> (text: String, type: NewValueType) {
        let plain = try plain(graph, node)
        let text = try TestJSON(reading: Array(plain.utf8)).string ?? plain
        let name = try graph.value(of: node).className
        return (text, JavaValueType(className: name).map { .platform($0) } ?? .enumConstant)
    }

    /// The truth is the order in which the JDK wrote them: whatever is taken out and put in again stands where it stood.
    @Test func anElementIsPutWhereCompareToPutsIt() throws {
        let graph = try Self.graph("sets")
        var moved = 0
        for content in 0..<graph.contentCount {
            let before = try Self.plain(graph, graph.content(content))
            let set = try #require(graph.content(content))
            guard case .sequence(let sequence) = try graph.value(of: set).content else { throw FixtureError("no set") }
            for (index, element) in sequence.elements.enumerated() {
                let (text, type) = try Self.value(try #require(element), of: graph)
                let without = try JavaPathEdit(graph: graph, content: content)
                    .applying(.remove, at: [.number(Int64(index))])
                let edit = JavaPathEdit(graph: try JavaGraph(without), content: content)
                let after = try edit.applying(.append(type.value(text)), at: [])
                #expect(try Self.plain(after, content) == before, "\(text)")
                moved += 1
            }
        }
        #expect(graph.contentCount == 28 && moved > 110, "\(graph.contentCount) \(moved)")
    }

    @Test func aKeyIsFoundByItsText() throws {
        let graph = try Self.graph("maps")
        var found = 0
        for content in 0..<graph.contentCount {
            let node = try #require(graph.content(content))
            guard case .map(let map) = try graph.value(of: node).content else { throw FixtureError("no map") }
            for (index, key) in map.keys.enumerated() {
                let (text, _) = try Self.value(try #require(key), of: graph)
                let step = AttributePath.Step.quoted(text)
                let place = try JavaPathWalk(graph: graph).place(step, from: node, "a")
                guard case .java(_, let value?) = place.value(in: graph) else { throw FixtureError("\(text)") }
                #expect(graph.text(of: value) == "value \(index)", "\(text)")
                // What is added by its text is the same key, and found again.
                let without = try JavaPathEdit(graph: graph, content: content).applying(.remove, at: [.position(index)])
                let edit = JavaPathEdit(graph: try JavaGraph(without), content: content)
                let added = try JavaGraph(try edit.applying(.set(.text("new")), at: [step]))
                guard case .map(let after)? = try added.content(content).map({ try added.value(of: $0).content }) else {
                    throw FixtureError("no map")
                }
                let last = try #require(after.keys[after.keys.count - 1])
                #expect(try Self.plain(added, last) == Self.plain(graph, key), "\(text)")
                #expect(try added.className(of: last) == graph.className(of: #require(key)), "\(text)")
                found += 1
            }
        }
        #expect(found > 110, "\(found)")
    }

    // MARK: What has no order

    private static func sorted(
        _ operation: AttributeEdit.Operation, _ step: AttributePath.Step? = nil, inMap: Bool = false
    ) throws -> String {
        var builder = JavaStreamBuilder()
        if inMap {
            builder.beginTreeMap(count: 1)
            builder.box(.int(1))
            builder.string("one")
            builder.endMap(.hashed)
        } else {
            builder.beginTreeSet(count: 0)
            builder.endSet()
        }
        let edit = JavaPathEdit(graph: try builder.graph(), content: 0)
        return try plain(try edit.applying(operation, at: step.map { [$0] } ?? []), 0)
    }

    private static func json(_ text: String) -> NewValue { .json(Array(text.utf8)) }

    /// `TreeMap.put` compares a first key with itself.
    @Test(arguments: [
        (NewValue.text("P1D", type: .period), "java.time.Period"),
        (.text("Europe/Paris", type: .zoneRegion), "java.time.ZoneRegion"), (json("[1]"), "java.util.ArrayList"),
        (json(#"{"a":1}"#), "java.util.LinkedHashMap"), (json(#"{"class":"java.util.HashSet","items":[]}"#), "HashSet"),
        (.bytes([1]), "byte[]"),
    ]) func whatIsNotComparableIsNotSorted(_ value: NewValue, _ name: String) throws {
        let error = #expect(throws: EditError.self) { try Self.sorted(.append(value)) }
        let text = error?.description ?? ""
        #expect(text.contains(name) && text.contains("has no natural order"), "\(text)")
    }

    @Test func theOnlyKeyHasToBeComparableToo() throws {
        for (operation, step) in [
            (.rename("P1D", key: .text("P1D", type: .period)), .number(1)),
            (.setEntry(.text("x"), key: .platform(.period)), .quoted("P1D")),
        ] as [(AttributeEdit.Operation, AttributePath.Step)] {
            let error = #expect(throws: EditError.self) { try Self.sorted(operation, step, inMap: true) }
            #expect(error?.description.contains("it is not Comparable") == true, "\(String(describing: error))")
        }
        let typed = Self.json(#"{"class":"java.util.TreeSet","items":[{"class":"java.time.Period","value":"P1D"}]}"#)
        let error = #expect(throws: EditError.self) { try Self.sorted(.set(typed)) }
        #expect(error?.description.contains("it is not Comparable") == true, "\(String(describing: error))")
        #expect(try Self.sorted(.append(.text("PT1H", type: .duration))) == #"["PT1H"]"#)
    }

    // MARK: Finding and adding

    /// A map with one key of a class, whose value is "old".
    private static func map(_ key: String, _ type: JavaValueType, isSorted: Bool) throws -> JavaGraph {
        var builder = JavaStreamBuilder()
        if isSorted { builder.beginTreeMap(count: 1) } else { builder.beginMap(.linked, count: 1) }
        try builder.value(key, as: type)
        builder.string("old")
        builder.endMap(isSorted ? .hashed : .linked)
        return try builder.graph()
    }

    /// What a path does not find is added by it, and what is there already is found.
    @Test(arguments: [
        ("2", JavaValueType.bigInteger, AttributePath.Step.number(2), false), ("2026", .year, .number(2026), false),
        ("1700000000000", .date, .number(1_700_000_000_000), false), ("2", .double, .number(2), false),
        ("12.50", .bigDecimal, .quoted("12.5"), true), ("12.50", .bigDecimal, .quoted("12.50"), false),
        ("2.0", .bigDecimal, .number(2), true), ("2", .integer, .quoted("+2"), true),
    ]) func whatIsThereIsFound(_ key: String, _ type: JavaValueType, _ step: AttributePath.Step, _ isSorted: Bool)
        throws
    {
        let graph = try Self.map(key, type, isSorted: isSorted)
        let node = try #require(graph.content(0))
        _ = try JavaPathWalk(graph: graph).place(step, from: node, "a")
        for operation in [AttributeEdit.Operation.set(.text("new")), .setEntry(.text("new"), key: .platform(type))] {
            let after = try JavaGraph(JavaPathEdit(graph: graph, content: 0).applying(operation, at: [step]))
            guard case .map(let map)? = try after.content(0).map({ try after.value(of: $0).content }) else {
                throw FixtureError("no map")
            }
            #expect(map.values.map { $0.flatMap { after.text(of: $0) } } == ["new"], "\(key) \(operation)")
        }
    }

    /// `BigDecimal.equals` looks at the scale.
    @Test func aHashedMapHasBothScales() throws {
        let graph = try Self.map("12.50", .bigDecimal, isSorted: false)
        let after = try JavaPathEdit(graph: graph, content: 0).applying(.set(.text("new")), at: [.quoted("12.5")])
        #expect(try Self.entries(Self.plain(after, 0)) == #"[[12.50,"old"],[12.5,"new"]]"#)
    }

    // MARK: What the JDK sees

    struct Case: CustomTestStringConvertible, Sendable {
        let content: Int
        let step: AttributePath.Step?
        let operation: AttributeEdit.Operation
        let expected: String
        var testDescription: String { "\(content) \(operation)" }

        init(_ content: Int, _ step: AttributePath.Step?, _ operation: AttributeEdit.Operation, _ expected: String) {
            (self.content, self.step, self.operation, self.expected) = (content, step, operation, expected)
        }

        func edited() throws -> [UInt8] {
            try JavaPathEdit(graph: SortedKeyTests.graph("others"), content: content)
                .applying(operation, at: step.map { [$0] } ?? [])
        }
    }

    private static let day = "2026-01-31"

    private static let made: [Case] = [
        Case(0, .number(5), .set(.text("x")), #"[[5,"x"],[5,"Long"],["2026-01-31","LocalDate"]]"#),
        Case(
            0, .number(5), .setEntry(.text("x"), key: .platform(.long)),
            #"[[5,"Integer"],[5,"x"],["2026-01-31","LocalDate"]]"#),
        Case(
            0, .number(5), .setEntry(.text("x"), key: .platform(.short)),
            #"[[5,"Integer"],[5,"Long"],["2026-01-31","LocalDate"],[5,"x"]]"#),
        Case(
            0, .quoted("a"), .setEntry(.text("x"), key: .platform(.string)),
            #"[[5,"Integer"],[5,"Long"],["2026-01-31","LocalDate"],["a","x"]]"#),
        Case(0, .quoted("2026-01-31"), .remove, #"[[5,"Integer"],[5,"Long"]]"#),
        Case(
            0, .quoted("2026-02-01"), .set(.text("x")),
            #"[[5,"Integer"],[5,"Long"],["2026-01-31","LocalDate"],["2026-02-01","x"]]"#),
        Case(1, nil, .append(.text("c")), #"["a","b","c"]"#), Case(1, .number(0), .set(.text("c")), #"["c","b"]"#),
        Case(2, nil, .append(.text("c")), #"["a","b","c"]"#),
        Case(3, nil, .append(.text("5", type: .integer)), "[5]"),
        Case(4, .number(5), .setEntry(.text("x"), key: .platform(.integer)), #"[[5,"x"]]"#),
        Case(6, nil, .append(.text("1.00")), "[1.0,1.00]"),
    ]

    @Test func othersAreMadeAsTheJDKReadsThem() throws {
        var judge = try JavaJudge()
        for one in Self.made {
            let bytes = try one.edited()
            #expect(try Self.entries(Self.plain(bytes, one.content)) == one.expected, "\(one.testDescription)")
            try judge.add(bytes)
        }
        for (verdict, one) in zip(try judge.verdicts(), Self.made) {
            guard case .contents(let contents) = verdict else {
                Issue.record("\(one.testDescription): \(verdict)")
                continue
            }
            #expect(contents.items?.count == 8)
        }
    }

    /// The entries of a map whose keys are no strings.
    private static func entries(_ json: String) -> String {
        let mark = #"{"@entries":"#
        return json.hasPrefix(mark) ? String(json.dropFirst(mark.count).dropLast()) : json
    }

    private static let refused: [Case] = [
        Case(0, .quoted("a"), .set(.text("x")), "--key-type says of which class a new key is"),
        Case(1, nil, .append(.text("a")), "it is there already"),
        Case(1, .number(0), .set(.text("b")), "it is there already"),
        Case(2, nil, .append(.text("a")), "it is there already"),
        Case(3, nil, .append(.null), "null has no place in the natural order"),
        Case(4, .number(5), .set(.text("x")), "--key-type says of which class a new key is"),
        Case(4, .quoted("X"), .setEntry(.text("x"), key: .platform(.duration)), "is no Duration"),
        Case(4, .null, .setEntry(.text("x"), key: .platform(.long)), "is written as text or a number"),
        Case(5, nil, .append(.text("1.00")), "it is there already"),
        Case(5, nil, .append(.text("a", type: .string)), "have no order among each other"),
        Case(1, .number(0), .setEntry(.text("x"), key: .platform(.long)), "is no entry of a map"),
        Case(7, nil, .append(.text("1970-01-01T00:00:00Z")), "it is there already"),
    ]

    @Test(arguments: refused) func saysWhyNot(_ one: Case) throws {
        let error = #expect(throws: EditError.self) { try one.edited() }
        #expect(error?.description.contains(one.expected) == true, "\(String(describing: error))")
    }
}
