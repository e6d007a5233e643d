/// A length of time as people read it at a glance: `3d 4h`, `29m`, `45s`, `never`.
///
/// At most two units, the rest dropped, so a time to live is never shown longer than it is. For exact values show
/// milliseconds.
public enum DurationText {
    private static let second: UInt64 = 1000
    private static let minute = 60 * second
    private static let hour = 60 * minute
    private static let day = 24 * hour

    /// The text for a number of milliseconds; nil, a time that does not come, is `never`.
    public static func short(milliseconds: Int64?) -> String {
        guard let milliseconds else { return "never" }
        let sign = milliseconds < 0 ? "-" : ""
        return sign + magnitude(milliseconds.magnitude)
    }

    private static func magnitude(_ value: UInt64) -> String {
        switch value {
        case 0: "0s"
        case ..<second: "\(value)ms"
        case ..<minute: "\(value / second)s"
        case ..<(10 * minute): two(value / minute, "m", value % minute / second, "s")
        case ..<hour: "\(value / minute)m"
        case ..<day: two(value / hour, "h", value % hour / minute, "m")
        case ..<(100 * day): two(value / day, "d", value % day / hour, "h")
        default: "\(value / day)d"
        }
    }

    private static func two(_ large: UInt64, _ unit: String, _ small: UInt64, _ smaller: String) -> String {
        small == 0 ? "\(large)\(unit)" : "\(large)\(unit) \(small)\(smaller)"
    }
}
