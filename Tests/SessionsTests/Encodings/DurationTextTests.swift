import Sessions
import Testing

/// Lengths of time at a glance.
struct DurationTextTests {
    @Test(
        arguments: [
            (nil, "never"), (0, "0s"), (1, "1ms"), (999, "999ms"), (1000, "1s"), (59_999, "59s"), (60_000, "1m"),
            (65_000, "1m 5s"), (599_999, "9m 59s"), (600_000, "10m"), (1_799_000, "29m"), (3_600_000, "1h"),
            (7_500_000, "2h 5m"), (86_399_999, "23h 59m"), (86_400_000, "1d"), (273_600_000, "3d 4h"),
            (100 * 86_400_000 + 3_600_000, "100d"), (-90_000, "-1m 30s"), (.max, "106751991167d"),
            (.min, "-106751991167d"),
        ] as [(Int64?, String)])
    func isShort(_ milliseconds: Int64?, _ text: String) {
        #expect(DurationText.short(milliseconds: milliseconds) == text)
    }
}
