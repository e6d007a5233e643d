import Testing
import TestSupport

/// The comparison itself must fail where it should: everything else rests on it.
struct GroundTruthTests {
    private func differences(_ expected: String, _ actual: String, extras: Set<String> = []) throws -> [String] {
        GroundTruth.compare(
            expected: try TestJSON(reading: expected), actual: try TestJSON(reading: actual), extras: extras
        ).differences
    }

    @Test func acceptsWhatIsEqualAndCountsIt() throws {
        let json = try TestJSON(reading: #"{"class": "X", "items": [1, null, true, {"class": "Y", "value": "é"}]}"#)
        let outcome = GroundTruth.compare(expected: json, actual: json)
        #expect(outcome.differences.isEmpty)
        #expect(outcome.compared == 9)
    }

    @Test func ignoresTheOrderOfMembers() throws {
        #expect(try differences(#"{"a": 1, "b": 2}"#, #"{"b": 2, "a": 1}"#).isEmpty)
    }

    @Test func failsOnMissingMember() throws {
        #expect(try differences(#"{"class": "X", "scale": 1}"#, #"{"class": "X"}"#) == [#"$: no member "scale""#])
    }

    @Test func failsOnUnexpectedMember() throws {
        let found = try differences(#"[{"class": "X"}]"#, #"[{"class": "X", "scale": 1}]"#)
        #expect(found == [#"$[0]: an unexpected member "scale""#])
    }

    @Test func failsOnMemberGivenTwice() throws {
        #expect(try differences(#"{"class": "X"}"#, #"{"class": "X", "class": "X"}"#) == ["$: a name occurs twice"])
    }

    @Test func failsOnOtherOrderInList() throws {
        let found = try differences(#"{"class": "L", "items": [1, 2]}"#, #"{"class": "L", "items": [2, 1]}"#)
        #expect(found.count == 2)
        #expect(found.contains(#"$."items"[0]: expected 1, not 2"#))
    }

    @Test func failsOnLongerAndShorterLists() throws {
        #expect(try differences("[1]", "[1, 2]") == ["$: expected 1 elements, not 2"])
        #expect(try differences("[1, 2]", "[1]") == ["$: expected 2 elements, not 1"])
    }

    @Test func failsOnOtherKindsAndScalars() throws {
        #expect(try differences("1", #""1""#) == [#"$: expected 1, not "1""#])
        #expect(try differences("1.0", "1.00").count == 1)
        #expect(try differences("true", "false").count == 1)
        #expect(try differences("null", "{}").count == 1)
    }

    @Test func failsOnOtherLoneSurrogate() throws {
        #expect(try differences(#""a\ud83d""#, #""a\ud83e""#) == [#"$: expected "a\ud83d", not "a\ud83e""#])
        #expect(try differences(#""\ud83d""#, #""\ufffd""#).count == 1)
        #expect(try differences(#"{"\ud83d": 1}"#, #"{"\ud83e": 1}"#).count == 2)
        #expect(try differences(#""\ud83d\ude00""#, #""😀""#).isEmpty)
    }

    @Test func passesOverNamedExtrasOnly() throws {
        let actual = #"{"class": "X", "bytes": [0, 4], "value": 1}"#
        #expect(try differences(#"{"class": "X", "value": 1}"#, actual, extras: ["bytes"]).isEmpty)
        #expect(try differences(#"{"class": "X", "value": 1}"#, actual).count == 1)
        #expect(try differences(#"{"class": "X", "value": 1, "bytes": [0, 5]}"#, actual, extras: ["bytes"]).count == 1)
    }

    @Test func passesOverNoFieldOrAttributeThatIsNamedLikeAnExtra() throws {
        let expected = #"{"class": "X", "classes": [{"name": "X", "fields": {}}]}"#
        let actual = #"{"class": "X", "classes": [{"name": "X", "fields": {"bytes": null}}]}"#
        #expect(try differences(expected, actual, extras: ["bytes"]).count == 1)
        #expect(try differences(#"{"a": null}"#, #"{"a": null, "bytes": null}"#, extras: ["bytes"]).count == 1)
        #expect(try differences(#"{"attributes": {}}"#, #"{"attributes": {"bytes": 1}}"#, extras: ["bytes"]).count == 1)
    }

    @Test func bringsUnorderedElementsIntoOneOrder() throws {
        let expected = #"{"class": "S", "unordered": true, "items": [{"class": "A"}, {"class": "B", "v": 1}]}"#
        let other = #"{"class": "S", "unordered": true, "items": [{"class": "B", "v": 1, "x": 3}, {"class": "A"}]}"#
        #expect(try differences(expected, other, extras: ["x"]).isEmpty)
        #expect(try differences(expected, other.replacing("\"v\": 1", with: "\"v\": 2"), extras: ["x"]).count == 1)
        #expect(try differences(expected, other.replacing("\"unordered\": true, ", with: "")).isEmpty == false)
    }

    @Test func bringsUnorderedMapsOfUnorderedSetsIntoOneOrder() throws {
        let one =
            #"{"class": "M", "unordered": true, "entries": [["a", {"class": "S", "unordered": true, "items": [1, 2]}], ["b", 3]]}"#
        let two =
            #"{"class": "M", "unordered": true, "entries": [["b", 3], ["a", {"class": "S", "unordered": true, "items": [2, 1]}]]}"#
        #expect(try differences(one, two).isEmpty)
        #expect(try differences(one, two.replacing("[2, 1]", with: "[2, 2]")).count == 1)
    }

    @Test func comparesIdentityAndNotNumbers() throws {
        let one = #"[{"id": 1, "class": "A"}, {"id": 2, "class": "B"}, {"ref": 2}, {"ref": 1}]"#
        #expect(try differences(one, one.replacing("2", with: "7")).isEmpty)
        let crossed = #"[{"id": 1, "class": "A"}, {"id": 2, "class": "B"}, {"ref": 1}, {"ref": 2}]"#
        #expect(try differences(one, crossed).count == 2)
    }

    @Test func failsOnWrongReferenceBetweenEqualObjects() throws {
        let one = #"[{"id": 1, "class": "A"}, {"id": 2, "class": "A"}, {"ref": 2}, {"ref": 1}]"#
        let crossed = #"[{"id": 1, "class": "A"}, {"id": 2, "class": "A"}, {"ref": 1}, {"ref": 2}]"#
        #expect(try differences(one, crossed).contains("$[2]: refers to another object than expected"))
    }

    @Test func failsOnCopyWhereAnObjectIsShared() throws {
        let shared = #"[{"id": 1, "class": "A"}, {"ref": 1}]"#
        let copied = #"[{"class": "A"}, {"class": "A"}]"#
        #expect(try differences(shared, copied).count == 2)
        #expect(try differences(copied, shared).count == 2)
    }

    @Test func followsSharedObjectsThroughUnorderedSets() throws {
        let one =
            #"[{"class": "S", "unordered": true, "items": [{"id": 1, "class": "A"}, {"id": 2, "class": "B"}]}, {"ref": 1}, {"ref": 2}]"#
        let two =
            #"[{"class": "S", "unordered": true, "items": [{"id": 1, "class": "B"}, {"id": 2, "class": "A"}]}, {"ref": 2}, {"ref": 1}]"#
        #expect(try differences(one, two).isEmpty)
        #expect(
            try differences(one, two.replacing(#"{"ref": 2}, {"ref": 1}"#, with: #"{"ref": 1}, {"ref": 2}"#)).count == 2
        )
    }

    @Test func endsOnCycles() throws {
        let one = #"{"id": 1, "class": "S", "unordered": true, "items": [{"class": "B"}, {"ref": 1}]}"#
        let two = #"{"id": 1, "class": "S", "unordered": true, "items": [{"ref": 1}, {"class": "B"}]}"#
        #expect(try differences(one, two).isEmpty)
        #expect(try differences(one, #"{"class": "S", "unordered": true, "items": [{"class": "B"}, null]}"#).count > 1)
    }

    @Test func failsOnReferencesThatAreWrongByThemselves() throws {
        #expect(try differences("[]", #"[{"ref": 3}]"#).contains("actual: ref 3 before its object"))
        let falling = #"[{"id": 2, "class": "A"}, {"id": 1, "class": "A"}, {"ref": 1}, {"ref": 2}]"#
        #expect(try differences(falling, falling).contains("actual: id 1 after id 2"))
        #expect(try differences(#"[{"id": 1, "class": "A"}]"#, #"[{"id": 1, "class": "A"}]"#).count == 2)
    }

    @Test func takesNoFieldForANumberOrAReference() throws {
        let one = #"{"class": "X", "classes": [{"name": "X", "fields": {"id": {"class": "int", "value": 1}}}]}"#
        #expect(try differences(one, one).isEmpty)
        #expect(try differences(one, one.replacing("1", with: "2")).count == 1)
    }

    @Test func comparesLongStringsByLengthHeadAndDigest() throws {
        let text = String(repeating: "ab", count: 4096)
        let digest = SHA256.hex(text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] })
        let expected = """
            {"class": "java.lang.String", "length": 8192, "head": "abababababababababababababababab", "sha256utf16be": "\(digest)"}
            """
        #expect(try differences(expected, #"{"class": "java.lang.String", "value": "\#(text)"}"#).isEmpty)
        #expect(try differences(expected, #"{"class": "java.lang.String", "value": "\#(text)a"}"#).count == 2)
        let changed = text.dropLast() + "c"
        #expect(try differences(expected, #"{"class": "java.lang.String", "value": "\#(changed)"}"#).count == 1)
    }

    @Test func comparesLongByteArraysByDigest() throws {
        let zeros = String(repeating: "AAAA", count: 2000)
        let digest = SHA256.hex([UInt8](repeating: 0, count: 6000))
        let expected = #"{"class": "[B", "length": 6000, "sha256": "\#(digest)"}"#
        #expect(try differences(expected, #"{"class": "[B", "length": 6000, "base64": "\#(zeros)"}"#).isEmpty)
        #expect(
            try differences(expected, #"{"class": "[B", "length": 6000, "base64": "\#(zeros.dropLast(4))AAAB"}"#).count
                == 1)
    }

    @Test func walksDeeplyNestedLists() throws {
        let text = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        let json = try TestJSON(reading: text)
        let outcome = GroundTruth.compare(expected: json, actual: json)
        #expect(outcome.differences.isEmpty)
        #expect(outcome.compared == 100_000)
    }

    @Test func everyStreamOfTheFixturesEqualsItself() throws {
        let streams = try JavaStreamFixture.all()
        #expect(streams.count == 73)
        let outcomes = try streams.map { try GroundTruth.compare(expected: $0.contents(), actual: $0.contents()) }
        #expect(outcomes.flatMap(\.differences) == [])
        #expect(outcomes.map(\.compared).reduce(0, +) == 5031)
    }
}
