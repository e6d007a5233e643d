#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

extension [UInt8] {
    /// Whether `text` stands in these bytes. A search in a String of megabytes takes a hundred times longer.
    package func contains(text: String) -> Bool {
        let wanted = Array(text.utf8)
        guard let first = wanted.first else { return true }
        return withUnsafeBytes { bytes in
            var start = bytes.baseAddress
            var rest = bytes.count - wanted.count + 1
            while rest > 0, let from = start, let found = memchr(from, Int32(first), rest) {
                if memcmp(found, wanted, wanted.count) == 0 { return true }
                rest -= UnsafeRawPointer(found) - from + 1
                start = UnsafeRawPointer(found) + 1
            }
            return false
        }
    }
}
