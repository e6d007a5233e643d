/// Durations and times as people write them, in filters and in options.
public enum TimeWords {
    /// Milliseconds of `90s`, `30m`, `2h`, `7d`, `500ms`; a bare number is seconds. Nil for anything else.
    public static func duration(_ text: String) -> Int64? { FilterOperand.duration(text[...]) }

    /// Milliseconds since 1970 of RFC 3339, a date (00:00 UTC), the epoch, or `now-30d`. Nil for anything else.
    public static func time(_ text: String, now: Int64) -> Int64? { FilterOperand.time(text, now: now) }
}
