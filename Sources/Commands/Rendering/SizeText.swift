/// Byte counts for people.
enum SizeText {
    private static let units = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]

    /// Such as `812 B`, `2.7 KiB`, `10.0 MiB`: powers of 1024, as filters count (IEC 80000-13 names them).
    static func short(bytes: Int64) -> String {
        guard bytes >= 1024 else { return "\(bytes) B" }
        var tenths = (Double(bytes) * 10 / 1024).rounded()
        var unit = 0
        // By what is shown: a byte less than 1 MiB is rounded to it, not to 1024.0 KiB.
        while tenths >= 10_240, unit + 1 < units.count {
            tenths = (tenths / 1024).rounded()
            unit += 1
        }
        let whole = Int64(tenths)
        return "\(whole / 10).\(whole % 10) \(units[unit])"
    }

    /// A bound of a histogram, a power of 1024 or a number of them: `64 KiB`.
    static func bound(bytes: Int64) -> String {
        bytes >= 1 << 20 ? "\(bytes >> 20) MiB" : bytes >= 1 << 10 ? "\(bytes >> 10) KiB" : "\(bytes) B"
    }
}
