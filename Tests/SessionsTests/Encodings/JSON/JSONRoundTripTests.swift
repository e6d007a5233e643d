import Sessions
import Testing
import TestSupport

/// Reader and writer as one, and beside an independent reader.
struct JSONRoundTripTests {
    @Test func randomTreesComeBackEqual() throws {
        var random = SeededRandom(for: "random JSON trees")
        for _ in 0..<400 {
            let events = RandomJSON.events(using: &random)
            for layout in [JSONWriter.Layout.compact, .indented] {
                var writer = JSONWriter(layout: layout)
                for event in events { writer.write(event) }
                let document = try JSONReader.read(writer.bytes)
                #expect(Array(document.root.events) == events)
                var again = JSONWriter(layout: layout)
                again.value(document.root)
                #expect(again.bytes == writer.bytes)
            }
        }
    }

    @Test func changedBytesNeverTrapAndAgreeWithAnotherReader() throws {
        var random = SeededRandom(for: "JSON with changed bytes")
        var refused = 0
        for _ in 0..<3000 {
            var writer = JSONWriter()
            for event in RandomJSON.events(using: &random, size: 12) { writer.write(event) }
            var bytes = writer.bytes
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                bytes[place] =
                    Bool.random(using: &random)
                    ? UInt8.random(in: .min ... .max, using: &random)
                    : Array(#"[]{},:"\0e-."#.utf8).randomElement(using: &random) ?? 0
            }
            let document = try? JSONReader.read(bytes)
            let other = try? TestJSON(reading: bytes)
            #expect((document == nil) == (other == nil), "\(bytes)")
            if document == nil { refused += 1 }
        }
        #expect(refused > 300 && refused < 3000)
    }

    /// The ground truth of the fixtures, written by other programs.
    @Test func fixturesReadAsByAnotherReader() throws {
        var files = 0
        var values = 0
        for folder in try Fixtures.names() where !folder.contains(".") || folder.contains("-") {
            for name in try Fixtures.names(in: folder) where name.hasSuffix(".json") || name.hasSuffix(".json.gz") {
                let bytes = try Fixtures.bytes("\(folder)/\(name)")
                let document = try JSONReader.read(bytes)
                values += try RandomJSON.compare(document.root, TestJSON(reading: bytes))
                files += 1
            }
        }
        #expect(files == 97)
        #expect(values == 34_952)
    }
}

/// Random JSON, made without the reader.
enum RandomJSON {
    static func events(using random: inout SeededRandom, size: Int = 60) -> [JSONEvent] {
        var events: [JSONEvent] = []
        var open: [Bool] = []
        repeat {
            if !open.isEmpty, events.count > size || Int.random(in: 0..<5, using: &random) == 0 {
                events.append(open.removeLast() ? .endObject : .endArray)
                continue
            }
            if open.last == true { events.append(.name(string(using: &random))) }
            switch Int.random(in: 0..<8, using: &random) {
            case 0: events.append(.null)
            case 1: events.append(.bool(Bool.random(using: &random)))
            case 2, 3: events.append(.number(number(using: &random)))
            case 4, 5: events.append(.string(string(using: &random)))
            case 6:
                open.append(true)
                events.append(.beginObject)
            default:
                open.append(false)
                events.append(.beginArray)
            }
        } while !open.isEmpty
        return events
    }

    private static func string(using random: inout SeededRandom) -> JSONString {
        let ranges: [ClosedRange<UInt16>] = [0...0x7f, 0x20...0x7e, 0x80...0x7ff, 0xd800...0xdfff, 0...0xffff]
        let count = Int.random(in: 0...12, using: &random)
        return JSONString(
            utf16: (0..<count).map { _ in
                UInt16.random(in: ranges.randomElement(using: &random) ?? 0...0, using: &random)
            })
    }

    private static func number(using random: inout SeededRandom) -> JSONNumber {
        let whole = String(Int64.random(in: .min ... .max, using: &random) >> Int64.random(in: 0..<64, using: &random))
        let fraction = Bool.random(using: &random) ? "" : ".\(UInt32.random(in: .min ... .max, using: &random))"
        let exponent = Bool.random(using: &random) ? "" : "e\(Int16.random(in: .min ... .max, using: &random))"
        return JSONNumber(whole + fraction + exponent) ?? JSONNumber(0)
    }

    /// Walks both to the last value, and says how many there were.
    static func compare(_ node: JSONNode, _ other: TestJSON) throws -> Int {
        var pending = [(node, other)]
        var count = 0
        while let (left, right) = pending.popLast() {
            count += 1
            switch left.value {
            case .null: try #require(right.isNull)
            case .bool(let value): try #require(right.bool == value)
            case .number(let value): try #require(right.number == value.text)
            case .string(let value): try #require(right.units.map { JSONString(utf16: $0) } == value)
            case .array(let array):
                let items = try #require(right.items)
                try #require(items.count == array.count)
                pending.append(contentsOf: zip(array, items))
            case .object(let object):
                let members = try #require(right.members)
                try #require(members.map { JSONString(utf16: $0.name) } == object.map(\.name))
                pending.append(contentsOf: zip(object.map(\.value), members.map(\.value)))
            }
        }
        return count
    }
}
