import JavaSerialization
import Testing

@testable import Sessions

/// What cannot be converted is told with its place, and what is lost as well.
struct ValueConversionTests {
    private static func attribute(_ stream: [UInt8]) -> PortableAttribute {
        PortableAttribute(name: Array("cart".utf8), value: stream, encoding: .java)
    }

    private static func attribute(_ json: String) -> PortableAttribute {
        PortableAttribute(name: Array("cart".utf8), value: Array(json.utf8), encoding: .json)
    }

    private static func stream(_ write: (inout JavaStreamBuilder) -> Void) -> PortableAttribute {
        var builder = JavaStreamBuilder()
        write(&builder)
        return attribute(builder.bytes)
    }

    private static func problem(
        _ attribute: PortableAttribute, _ conversion: ValueConversion = ValueConversion()
    ) -> ValueProblem? {
        do throws(ValueProblem) {
            _ = try conversion.converted(attribute, to: attribute.encoding == .java ? .json : .java)
            return nil
        } catch {
            return error
        }
    }

    @Test func namesThePlaceAndTheClassOfWhatIsRefused() throws {
        let order = ClassShape("demo.Order", uid: 1, flags: 2)
        let refused = Self.stream { builder in
            builder.beginMap(.linked, count: 1)
            builder.string("items")
            builder.beginList(count: 2)
            builder.null()
            builder.beginObject([order])
            builder.endList()
            builder.endMap(.linked)
        }
        let problem = try #require(Self.problem(refused))
        #expect(problem.path == "cart.items[1]")
        #expect(problem.className == "demo.Order")
        #expect(
            problem.description
                == "cart.items[1]: demo.Order is a class of the application, whose JSON only the application knows")
        let json = Self.attribute(#"["java.util.ArrayList",[1,{"@class":"demo.Order","id":1}]]"#)
        #expect(
            Self.problem(json)?.description
                == "cart[1]: demo.Order is a class of the application, whose form in a stream only the application knows"
        )
    }

    /// Null is of no class.
    @Test func aNullKeyHasNoClass() throws {
        let refused = Self.stream { builder in
            builder.beginMap(.linked, count: 1)
            builder.null()
            builder.string("x")
            builder.endMap(.linked)
        }
        let problem = try #require(Self.problem(refused))
        #expect(problem.className.isEmpty && problem.reason.contains("the key is a null"))
    }

    @Test func refusesCyclesAndTellsOfSharing() throws {
        let cycle = Self.stream { builder in
            let list = builder.beginList(count: 1)
            builder.reference(list)
            builder.endList()
        }
        #expect(Self.problem(cycle)?.path == "cart[0]")
        #expect(Self.problem(cycle)?.reason.contains("cycles") == true)
        let shared = Self.stream { builder in
            builder.beginList(count: 3)
            let date = builder.date(1)
            builder.reference(date)
            builder.box(.int(1))
            builder.endList()
        }
        let converted = try ValueConversion().json(of: shared)
        #expect(
            String(decoding: converted.attribute.value, as: UTF8.self)
                == #"["java.util.ArrayList",[["java.util.Date",1],["java.util.Date",1],1]]"#)
        #expect(
            converted.losses.map(\.description)
                == ["cart[1]: the java.util.Date is the one at cart[0]: in JSON they are two"])
    }

    /// Thirty lists, each with the next one twice, would be a thousand million values.
    @Test func endsWhereSharingStandsForTooMuch() {
        let bomb = Self.stream { builder in
            var lists: [JavaStreamBuilder.Handle] = []
            for _ in 0..<30 { lists.append(builder.beginList(count: 2)) }
            builder.string("aaaaaaaaaaaaaaaa")
            builder.null()
            builder.endList()
            for list in lists.dropFirst().reversed() {
                builder.reference(list)
                builder.endList()
            }
        }
        #expect(Self.problem(bomb)?.reason.contains("MiB") == true)
    }

    @Test func refusesWhatIsTooDeepForJackson() {
        let deep = Self.stream { builder in
            for _ in 0..<5000 { builder.beginList(count: 1) }
            builder.null()
            for _ in 0..<5000 { builder.endList() }
        }
        #expect(Self.problem(deep)?.reason.contains("1000 levels") == true)
    }

    @Test func refusesKeysThatJSONWouldMakeText() {
        let numbers = Self.stream { builder in
            builder.beginMap(.hashed, count: 1)
            builder.box(.int(5))
            builder.string("x")
            builder.endMap(.hashed)
        }
        #expect(
            Self.problem(numbers)?.description
                == "cart[#0]: the key is a java.lang.Integer, and in JSON all keys are text, which would be read as a String"
        )
    }

    @Test(arguments: [
        (#"{"a":1}"#, "names no class"), ("[1]", "names no class"),
        (#"["java.util.ArrayList",{}]"#, "cannot be made of"),
        (#"{"@class":"java.util.ArrayList"}"#, "cannot be made of"),
        (#"["java.lang.Integer",2147483648]"#, "is no java.lang.Integer"),
        (#"["java.util.Date","yesterday"]"#, "is no java.util.Date"), ("1e999", "no java.lang.Double can hold"),
        (#"["java.util.TreeSet",["b","a"]]"#, "natural order"), (#"["java.util.TreeSet",["a","a"]]"#, "natural order"),
        (#"["java.util.ArrayDeque",[null]]"#, "cannot hold it"),
        (#"["java.util.Collections$EmptyList",[1]]"#, "cannot hold 1"),
        (#"{"@class":"java.util.HashMap","a":1,"a":2}"#, "a key twice"), (#"["[B","!"]"#, "is no [B"),
        (#"["java.util.concurrent.TimeUnit","YEARS"]"#, "is no java.util.concurrent.TimeUnit"),
        (#"["demo.Status","NEW"]"#, "class of the application"), (#"["[I",[1,null]]"#, "is no [I"),
    ]) func refusesJSONWithoutACertainMeaning(_ text: String, _ reason: String) {
        #expect(Self.problem(Self.attribute(text))?.reason.contains(reason) == true, "\(text)")
    }

    @Test func refusesWithSpringSecurityWhatItsListLacks() throws {
        let security = ValueConversion(mapper: .springSecurity)
        let long = Self.stream { $0.box(.long(5)) }
        #expect(Self.problem(long, security)?.className == "java.lang.Long")
        let time = Self.stream { $0.box(.long(1_700_000_000_000)) }
        #expect(try security.json(of: time).attribute.value == Array("1700000000000".utf8))
        let set = Self.stream { builder in
            builder.beginSet(.hashed, count: 0)
            builder.endSet()
        }
        #expect(Self.problem(set, security)?.reason.contains("SecurityJackson2Modules") == true)
        #expect(Self.problem(Self.stream { $0.date(1) }, security) == nil)
    }

    /// The texts of `JavaTimeModule`, and the numbers that it writes if nothing else is asked for.
    @Test(arguments: [
        ("java.time.Instant", #""2026-01-31T12:00:00.000000001Z""#, "1769860800.000000001"),
        ("java.time.LocalDate", #""2026-01-31""#, "[2026,1,31]"),
        ("java.time.LocalTime", #""12:00:00.500""#, "[12,0,0,500000000]"),
        ("java.time.LocalTime", #""12:00""#, "[12,0]"),
        ("java.time.LocalDateTime", #""2026-01-31T12:00:05""#, "[2026,1,31,12,0,5]"),
    ]) func readsTimesInAllForms(_ name: String, _ text: String, _ numbers: String) throws {
        let conversion = ValueConversion(hasJavaTime: true)
        let ofText = try conversion.java(of: Self.attribute(#"["\#(name)",\#(text)]"#)).attribute
        let ofNumbers = try conversion.java(of: Self.attribute(#"["\#(name)",\#(numbers)]"#)).attribute
        #expect(ofText == ofNumbers)
        #expect(try conversion.json(of: ofText).attribute == Self.attribute(#"["\#(name)",\#(text)]"#))
        #expect(Self.problem(ofText)?.reason.contains("JavaTimeModule") == true)
    }

    @Test func refusesWhatOnlyTheApplicationCanRead() {
        let opaque = PortableAttribute(name: Array("a".utf8), value: [1, 2], encoding: .opaque)
        for encoding in [PortableAttribute.Encoding.java, .json] {
            #expect(throws: ValueProblem.self) { try ValueConversion().converted(opaque, to: encoding) }
        }
    }

    @Test func neverTellsTheValueOrASecretKey() {
        let secret = "eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiJhIn0.c2lnbmF0dXJl"
        let json = Self.attribute(#"{"@class":"java.util.HashMap","\#(secret)":["java.util.Date","\#(secret)"]}"#)
        #expect(Self.problem(json)?.description.contains("eyJ") == false)
    }
}
