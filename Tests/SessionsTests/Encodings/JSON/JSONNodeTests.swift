import Sessions
import Testing

/// What a document that was read says about its values.
struct JSONNodeTests {
    private func root(_ text: String) throws -> JSONNode { try JSONReader.read(Array(text.utf8)).root }

    @Test func keepsMembersInOrderWithDuplicates() throws {
        let object = try #require(try root(#"{"b":1,"a":2,"\u0062":3}"#).object)
        #expect(object.count == 3)
        #expect(object.map(\.name.text) == ["b", "a", "b"])
        #expect(object.map(\.value.number?.text) == ["1", "2", "3"])
        #expect(object.duplicateNames == [JSONString("b")])
        #expect(object.last(named: JSONString("b"))?.number?.int64 == 3)
        #expect(object.last(named: JSONString("c")) == nil)
    }

    @Test func reportsADuplicateNameOnce() throws {
        let object = try #require(try root(#"{"x":1,"y":1,"y":1,"x":1,"y":1}"#).object)
        #expect(object.duplicateNames == [JSONString("y"), JSONString("x")])
    }

    @Test func stepsOverNestedElements() throws {
        let array = try #require(try root(#"[[1,[2]],{"a":[3,{"b":4}]},5]"#).array)
        #expect(array.count == 3)
        #expect(array.map(\.kind) == [.array, .object, .number])
        #expect(array.map(\.sourceRange.count) == [7, 17, 1])
    }

    @Test func tellsEveryKind() throws {
        let nodes = Array(try #require(try root(#"[null,true,false,0,"",[],{}]"#).array))
        #expect(nodes.map(\.kind) == [.null, .bool, .bool, .number, .string, .array, .object])
        #expect(nodes.map(\.bool) == [nil, true, false, nil, nil, nil, nil])
        #expect(nodes.map(\.isNull) == [true, false, false, false, false, false, false])
        #expect(nodes[5].array?.count == 0)
        #expect(nodes[6].object?.count == 0)
        #expect(nodes[6]["a"] == nil)
        #expect(nodes[5]["a"] == nil)
    }

    @Test func walksFromLeftToRight() throws {
        let events = Array(try root(#"{"a":[1,{}],"b":[]}"#).events)
        let one = JSONNumber(1)
        #expect(
            events == [
                .beginObject, .name(JSONString("a")), .beginArray, .number(one), .beginObject, .endObject, .endArray,
                .name(JSONString("b")), .beginArray, .endArray, .endObject,
            ])
    }

    @Test func walksAPartAlone() throws {
        let part = try #require(try root(#"{"a":[1,[true]],"b":2}"#)["a"])
        #expect(Array(part.events).count == 6)
        #expect(try part == root("[1,[true]]"))
    }

    @Test func comparesTextAndNotSpelling() throws {
        #expect(try root(#"{"a" : [ "\u0041" ] }"#) == root(#"{"\u0061":["A"]}"#))
        #expect(try root("1") != root("1.0"))
        #expect(try root(#"{"a":1,"b":2}"#) != root(#"{"b":2,"a":1}"#))
        #expect(try root("[1]") != root("[1,1]"))
        #expect(try root("[[]]") != root("[]"))
    }

    @Test func descriptionsHoldNoContent() throws {
        let node = try root(#"{"password":"hunter2"}"#)
        #expect("\(node)" == "JSON object of 22 bytes")
        let string = try #require(node["password"]?.string)
        #expect("\(string)" == "JSON string of 7 bytes")
        #expect("\(JSONNumber(42))" == "JSON number of 2 characters")
    }
}
