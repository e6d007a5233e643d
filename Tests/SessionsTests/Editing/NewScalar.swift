import TestSupport

/// A value that tests put where another one stands, as a user writes it and as it is rendered (Tests/Fixtures/README.md).
struct NewScalar {
    /// What a user writes.
    let text: String
    /// The members of the rendering, without the class.
    let members: String
    /// The rendering in an array of primitives.
    let plain: String

    private init(_ text: String, _ members: String, _ plain: String? = nil) {
        self.text = text
        self.members = members
        self.plain = plain ?? #""\#(text)""#
    }

    /// A value of a class or primitive type, another than `current`; nil for classes that plain text cannot stand for.
    init?(_ name: String, unlike current: TestJSON? = nil) {
        switch name {
        case "boolean", "java.lang.Boolean":
            let value = current?["value"]?.bool == true ? "false" : "true"
            self.init(value, #""value": \#(value)"#, value)
        default:
            guard let known = Self.known[name] else { return nil }
            self = known
        }
    }

    /// The value as JSON.
    func json(_ name: String) -> String { #"{"class": "\#(name)", \#(members)}"# }

    /// Another constant of an enum of the tests than these.
    static func constant(of name: String, unlike others: [String]) -> String? {
        constants[name]?.first { !others.contains($0) }
    }

    /// In the order of their declaration.
    static let constants = [
        "demo.shop.OrderStatus": ["NEW", "PAID", "SHIPPED", "RETURNED"],
        "demo.library.Genre": ["NOVEL", "TRAVEL", "POETRY"],
        "java.time.DayOfWeek": ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"],
        "java.util.concurrent.TimeUnit": [
            "NANOSECONDS", "MICROSECONDS", "MILLISECONDS", "SECONDS", "MINUTES", "HOURS", "DAYS",
        ],
    ]

    private static let whole = NewScalar("-77", #""value": -77"#, "-77")
    private static let long = NewScalar("-7700000000", #""value": "-7700000000""#)
    private static let float = NewScalar("1.5", #""value": "1.5", "bits": "3fc00000""#)
    private static let double = NewScalar("-2.5", #""value": "-2.5", "bits": "c004000000000000""#)
    private static let character = NewScalar("ä", #""value": "ä", "code": 228"#)
    private static let string = "changed by a test: ä\u{1F600}"
    private static let uuid = "12345678-9abc-4def-8123-456789abcdef"

    private static let known: [String: NewScalar] = [
        "byte": whole, "short": whole, "int": whole, "long": long, "float": float, "double": double, "char": character,
        "java.lang.Byte": whole, "java.lang.Short": whole, "java.lang.Integer": whole, "java.lang.Long": long,
        "java.lang.Float": float, "java.lang.Double": double, "java.lang.Character": character,
        "java.lang.String": NewScalar(string, #""value": "\#(string)""#),
        "java.math.BigInteger": NewScalar("-12345678901234567890", #""value": "-12345678901234567890""#),
        "java.math.BigDecimal": NewScalar("-12.50", #""value": "-12.50", "unscaled": "-1250", "scale": 2"#),
        "java.util.Date": NewScalar(
            "-86400001", #""epochMillis": "-86400001", "value": "1969-12-30T23:59:59.999Z""#),
        "java.util.UUID": NewScalar(uuid, #""value": "\#(uuid)""#),
    ]
}
