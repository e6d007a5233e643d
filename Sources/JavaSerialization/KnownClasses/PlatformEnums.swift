/// Enums of the platform and their constants, in the order of declaration. Java 8 to 25 have the same.
enum PlatformEnums {
    /// The constants by the name of the enum.
    static let constants: [String: [String]] = Dictionary(
        uniqueKeysWithValues: lists.map { ($0, $1.split(separator: " ").map(String.init)) })

    private static let lists: [(name: String, constants: String)] = [
        ("java.time.DayOfWeek", "MONDAY TUESDAY WEDNESDAY THURSDAY FRIDAY SATURDAY SUNDAY"),
        (
            "java.time.Month",
            "JANUARY FEBRUARY MARCH APRIL MAY JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER"
        ), ("java.time.chrono.IsoEra", "BCE CE"), ("java.time.format.FormatStyle", "FULL LONG MEDIUM SHORT"),
        ("java.time.format.ResolverStyle", "STRICT SMART LENIENT"),
        ("java.time.format.SignStyle", "NORMAL ALWAYS NEVER NOT_NEGATIVE EXCEEDS_PAD"),
        (
            "java.time.format.TextStyle",
            "FULL FULL_STANDALONE SHORT SHORT_STANDALONE NARROW NARROW_STANDALONE"
        ),
        (
            "java.time.temporal.ChronoField",
            "NANO_OF_SECOND NANO_OF_DAY MICRO_OF_SECOND MICRO_OF_DAY MILLI_OF_SECOND MILLI_OF_DAY SECOND_OF_MINUTE "
                + "SECOND_OF_DAY MINUTE_OF_HOUR MINUTE_OF_DAY HOUR_OF_AMPM CLOCK_HOUR_OF_AMPM HOUR_OF_DAY CLOCK_HOUR_OF_DAY "
                + "AMPM_OF_DAY DAY_OF_WEEK ALIGNED_DAY_OF_WEEK_IN_MONTH ALIGNED_DAY_OF_WEEK_IN_YEAR DAY_OF_MONTH "
                + "DAY_OF_YEAR EPOCH_DAY ALIGNED_WEEK_OF_MONTH ALIGNED_WEEK_OF_YEAR MONTH_OF_YEAR PROLEPTIC_MONTH "
                + "YEAR_OF_ERA YEAR ERA INSTANT_SECONDS OFFSET_SECONDS"
        ),
        (
            "java.time.temporal.ChronoUnit",
            "NANOS MICROS MILLIS SECONDS MINUTES HOURS HALF_DAYS DAYS WEEKS MONTHS YEARS DECADES CENTURIES MILLENNIA ERAS "
                + "FOREVER"
        ), ("java.math.RoundingMode", "UP DOWN CEILING FLOOR HALF_UP HALF_DOWN HALF_EVEN UNNECESSARY"),
        ("java.net.Proxy$Type", "DIRECT HTTP SOCKS"), ("java.text.Normalizer$Form", "NFD NFC NFKD NFKC"),
        ("java.util.Locale$Category", "DISPLAY FORMAT"),
        (
            "java.util.concurrent.TimeUnit",
            "NANOSECONDS MICROSECONDS MILLISECONDS SECONDS MINUTES HOURS DAYS"
        ),
    ]
}

extension JavaGraph {
    /// The description of an enum, from the class itself up, as a constant of it is written; nil where it is none, or not known to be one.
    ///
    /// Every enum is described alike (Java Object Serialization Specification §1.12): by its name alone.
    ///
    /// - Parameter isSaid: whether somebody who knows the application says that it is one; then it is where the stream does not say
    ///   otherwise.
    package func enumShapes(of name: String, isSaid: Bool = false) -> [ClassShape]? {
        let described = classes(named: name)
        if let found = described.first(where: { flags(of: $0) & ClassFlag.enum != 0 }) { return shapes(of: found) }
        guard described.isEmpty else { return nil }
        let isKnown = PlatformEnums.constants[name] != nil
        return isKnown || isSaid && !KnownClass.isPlatformClass(name) ? PlatformShapes.enumeration(name) : nil
    }

    /// Whether a class belongs to the Java platform and not to an application, by its binary name.
    package static func isPlatformClass(_ name: String) -> Bool { KnownClass.isPlatformClass(name) }

    /// All constants of an enum of the platform, in the order of their declaration; nil for others, of which only the application knows.
    package static func platformConstants(of name: String) -> [String]? { PlatformEnums.constants[name] }
}
