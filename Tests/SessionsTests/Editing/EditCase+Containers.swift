import Foundation
import JavaSerialization
import TestSupport

@testable import Sessions

extension EditCases {
    // MARK: Lists, sets, queues, arrays

    mutating func sequence(_ place: Place, _ name: String) {
        let count = count(place.node, "items")
        let isPrimitive = name.count == 2 && name.hasPrefix("[")
        let isPositioned = !name.contains("Set") && values.child(place.node, .member("unordered")) == nil
        let new = newElement(of: place, name)
        for (index, word) in EditCase.places(count) {
            let path = place.text + "[\(index)]"
            if isPrimitive {
                add("set \(name) \(word)", path, .set(new.value), change: primitive(place, index, new.json))
            } else if isPositioned {
                slot(place, ("[\(index)]", [.member("items"), .index(index)]), "element of \(name) \(word)")
            } else {
                add("set element of \(name) \(word)", path, .set(new.value)) { attributes in
                    try Self.remove(place, index, from: &attributes)
                    try Self.insert(new.json, place, name, at: index, into: &attributes)
                }
            }
            // There is one empty collection of this kind, which all would share.
            if count == 1, name.contains("Immutable") { continue }
            // Of two elements this class is that of lists that a stream made, and no other.
            if count == 3, name.hasSuffix("$ListN") { continue }
            add("remove from \(name) \(word)", path, .remove) { try Self.remove(place, index, from: &$0) }
        }
        for (index, word) in EditCase.places(count + 1) {
            add("insert into \(name) \(word)", place.text + "[\(index)]", .insert(new.value)) { attributes in
                try Self.insert(new.json, place, name, at: index, into: &attributes)
            }
        }
        add("append to \(name)", place.text, .append(new.value)) { attributes in
            try Self.insert(new.json, place, name, at: count, into: &attributes)
        }
    }

    private func primitive(_ place: Place, _ index: Int, _ json: String) -> (inout RenderedAttributes) throws -> Void {
        { attributes in
            let array = try attributes.values.own(place.way)
            guard let items = attributes.values.child(array, .member("items")) else { throw FixtureError("no items") }
            let made = try attributes.values.make(json)
            try attributes.values.set(.index(index), of: items, to: made)
        }
    }

    /// One more of what is there.
    private func newElement(of place: Place, _ name: String) -> (value: NewValue, json: String) {
        let types = [
            "[Z": "boolean", "[S": "short", "[I": "int", "[J": "long", "[F": "float", "[D": "double",
        ]
        if let type = types[name], let scalar = NewScalar(type) { return (.text(scalar.text), scalar.plain) }
        guard let items = values.child(place.node, .member("items")) else { return (.null, "null") }
        let elements = (0..<values.count(items)).compactMap { values.child(items, .index($0)) }
        let there = elements.filter { !values.json($0).isNull }
        guard let first = there.first else {
            return (.text("put in by a test", type: .string), Self.string("put in by a test"))
        }
        if let name = values.className(first), values.json(first)["enum"] != nil {
            let constants = there.compactMap { values.json($0)["enum"]?.string }
            if let other = NewScalar.constant(of: name, unlike: constants) {
                return (.text(other), #"{"class": "\#(name)", "enum": "\#(other)"}"#)
            }
        }
        return replacement(for: first)
    }

    private static func remove(_ place: Place, _ index: Int, from attributes: inout RenderedAttributes) throws {
        let owner = try attributes.values.own(place.way)
        guard let items = attributes.values.child(owner, .member("items")) else { throw FixtureError("no items") }
        attributes.values.remove(at: index, of: items)
        try setLength(of: owner, items, &attributes)
    }

    private static func insert(
        _ json: String, _ place: Place, _ name: String, at index: Int, into attributes: inout RenderedAttributes
    ) throws {
        let owner = try attributes.values.own(place.way)
        guard let items = attributes.values.child(owner, .member("items")) else { throw FixtureError("no items") }
        let made = try attributes.values.make(json)
        let keys = (0..<attributes.values.count(items)).compactMap { attributes.values.child(items, .index($0)) }
        let sorted = sortedPlace(made, among: keys, name, in: attributes.values)
        attributes.values.insert(made, at: sorted ?? index, of: items)
        try setLength(of: owner, items, &attributes)
    }

    /// Arrays say how long they are.
    private static func setLength(of owner: Int, _ items: Int, _ attributes: inout RenderedAttributes) throws {
        try setClass(of: owner, &attributes)
        guard attributes.values.child(owner, .member("length")) != nil else { return }
        let length = try attributes.values.make(String(attributes.values.count(items)))
        try attributes.values.set(.member("length"), of: owner, to: length)
    }

    /// What `List.of` and the like make has a class by its size.
    private static func setClass(of owner: Int, _ attributes: inout RenderedAttributes) throws {
        guard let name = attributes.values.className(owner), name.contains("Immutable") else { return }
        let small = ["List": ("List12", 2), "Set": ("Set12", 2), "Map": ("Map1", 1)]
        for (kind, (word, most)) in small where name.contains("$" + kind) {
            let list: ChangeableRendering.Step = .member(kind == "Map" ? "entries" : "items")
            let count = attributes.values.child(owner, list).map { attributes.values.count($0) } ?? 0
            let named = count > most ? kind + "N" : word
            let made = try attributes.values.make("\"java.util.ImmutableCollections$\(named)\"")
            try attributes.values.set(.member("class"), of: owner, to: made)
        }
    }

    /// Where a sorted collection puts a key, or the order of an enum; nil for other collections.
    private static func sortedPlace(
        _ key: Int, among keys: [Int], _ name: String, in values: ChangeableRendering
    ) -> Int? {
        guard ["Tree", "SkipList", "Sorted", "Navigable", "Enum"].contains(where: name.contains) else { return nil }
        let new = values.json(key)
        return keys.firstIndex { isLess(new, values.json($0)) } ?? keys.count
    }

    private static func isLess(_ one: TestJSON, _ other: TestJSON) -> Bool {
        if let left = one["enum"]?.string, let right = other["enum"]?.string,
            let constants = one["class"]?.string.flatMap({ NewScalar.constants[$0] })
        {
            return (constants.firstIndex(of: left) ?? 0) < (constants.firstIndex(of: right) ?? 0)
        }
        if let left = one["value"]?.integer, let right = other["value"]?.integer { return left < right }
        if one["class"]?.string == "java.lang.Long",
            let left = one["value"]?.string.flatMap({ Int64($0) }),
            let right = other["value"]?.string.flatMap({ Int64($0) })
        {
            return left < right
        }
        return (one["value"]?.units ?? []).lexicographicallyPrecedes(other["value"]?.units ?? [])
    }

    /// A `byte[]` is rendered as Base64.
    mutating func bytes(_ place: Place) {
        guard let text = values.json(place.node)["base64"]?.string, let data = Data(base64Encoded: text) else { return }
        let bytes = [UInt8](data)
        func put(_ bytes: [UInt8]) -> (inout RenderedAttributes) throws -> Void {
            { attributes in
                let array = try attributes.values.own(place.way)
                let text = try attributes.values.make("\"\(Data(bytes).base64EncodedString())\"")
                let length = try attributes.values.make(String(bytes.count))
                try attributes.values.set(.member("base64"), of: array, to: text)
                try attributes.values.set(.member("length"), of: array, to: length)
            }
        }
        for (index, word) in EditCase.places(bytes.count) {
            let path = place.text + "[\(index)]"
            var (changed, shorter) = (bytes, bytes)
            changed[index] = 0x85
            shorter.remove(at: index)
            add("set [B \(word)", path, .set(.text("-123")), change: put(changed))
            add("remove from [B \(word)", path, .remove, change: put(shorter))
        }
        for (index, word) in EditCase.places(bytes.count + 1) {
            var longer = bytes
            longer.insert(0x85, at: index)
            add("insert into [B \(word)", place.text + "[\(index)]", .insert(.text("-123")), change: put(longer))
        }
        add("append to [B", place.text, .append(.text("-123")), change: put(bytes + [0x85]))
        add("set whole [B", place.text, .set(.bytes([1, 2, 3])), change: put([1, 2, 3]))
    }

    // MARK: Maps

    mutating func map(_ place: Place, _ name: String) {
        let count = count(place.node, "entries")
        for (index, word) in EditCase.places(count) {
            let edge: ChangeableRendering.Edge = [.member("entries"), .index(index), .index(1)]
            slot(place, ("[#\(index)]", edge), "value of \(name) \(word)")
            if count == 1, name.contains("Immutable") { continue }
            add("remove from \(name) \(word)", place.text + "[#\(index)]", .remove) { attributes in
                let entries = try Self.entries(place, &attributes)
                attributes.values.remove(at: index, of: entries)
                try Self.setClass(of: try attributes.values.own(place.way), &attributes)
            }
        }
        guard let key = newKey(of: place) else { return }
        for (index, word) in EditCase.places(count) {
            add("rename in \(name) \(word)", place.text + "[#\(index)]", .rename(key.text)) { attributes in
                let entries = try Self.entries(place, &attributes)
                guard let value = attributes.values.child(entries, [.index(index), .index(1)]) else {
                    throw FixtureError("no entry \(index)")
                }
                attributes.values.remove(at: index, of: entries)
                try Self.insert(key.json, value, name, at: index, of: entries, &attributes)
            }
        }
        // The value is told by the others.
        let likes = (0..<count).compactMap { values.child(place.node, [.member("entries"), .index($0), .index(1)]) }
        let new = likes.first { !values.json($0).isNull }.map { replacement(for: $0) }
        let value = new ?? (.text("put in by a test"), Self.string("put in by a test"))
        add("add to \(name)", place.text + key.step, .set(value.value)) { attributes in
            let entries = try Self.entries(place, &attributes)
            let made = try attributes.values.make(value.json)
            try Self.insert(key.json, made, name, at: attributes.values.count(entries), of: entries, &attributes)
            try Self.setClass(of: try attributes.values.own(place.way), &attributes)
        }
    }

    private static func entries(_ place: Place, _ attributes: inout RenderedAttributes) throws -> Int {
        let map = try attributes.values.own(place.way)
        guard let entries = attributes.values.child(map, .member("entries")) else { throw FixtureError("no entries") }
        return entries
    }

    private static func insert(
        _ key: String, _ value: Int, _ name: String, at index: Int, of entries: Int,
        _ attributes: inout RenderedAttributes
    ) throws {
        let made = try attributes.values.make(key)
        let keys = (0..<attributes.values.count(entries)).compactMap {
            attributes.values.child(entries, [.index($0), .index(0)])
        }
        let sorted = sortedPlace(made, among: keys, name, in: attributes.values)
        let pair = attributes.values.makeList([made, value])
        attributes.values.insert(pair, at: sorted ?? index, of: entries)
    }

    /// A key of the kind of those that are there, which is not.
    private func newKey(of place: Place) -> (text: String, step: String, json: String)? {
        let keys = (0..<count(place.node, "entries")).compactMap {
            values.child(place.node, [.member("entries"), .index($0), .index(0)])
        }
        guard let like = keys.first(where: { !values.json($0).isNull }) else {
            return ("new key", "['new key']", Self.string("new key"))
        }
        guard let name = values.className(like) else { return nil }
        if values.json(like)["enum"] != nil {
            let there = keys.compactMap { values.json($0)["enum"]?.string }
            return NewScalar.constant(of: name, unlike: there).map {
                ($0, "['\($0)']", #"{"class": "\#(name)", "enum": "\#($0)"}"#)
            }
        }
        return NewScalar(name).map { ($0.text, "['\($0.text)']", $0.json(name)) }
    }
}
