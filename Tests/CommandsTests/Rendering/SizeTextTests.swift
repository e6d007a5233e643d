import Sessions
import Testing

@testable import Commands

/// Sizes are shown in the units in which filters count.
struct SizeTextTests {
    @Test(
        arguments: [
            (0, "0 B"), (1023, "1023 B"), (1024, "1.0 KiB"), (1536, "1.5 KiB"), (10_240, "10.0 KiB"),
            (1_048_575, "1.0 MiB"), (1_048_576, "1.0 MiB"), (1_073_741_824, "1.0 GiB"), (1 << 60, "1.0 EiB"),
            (.max, "8.0 EiB"),
        ] as [(Int64, String)])
    func areShownInPowersOf1024(_ bytes: Int64, _ text: String) {
        #expect(SizeText.short(bytes: bytes) == text)
    }

    /// What is shown as a whole number of a unit is what a filter takes for it.
    @Test(arguments: [1, 7, 10, 512] as [Int64])
    func filtersCountAsTheyAreShown(_ number: Int64) throws {
        for (unit, shift) in [("KiB", 10), ("MiB", 20), ("GiB", 30), ("TiB", 40)] as [(String, Int64)] {
            var session = Session(id: [1], format: "tomcat", key: [1], timeToLive: .none)
            session.sizeBytes = Int(number << shift)
            #expect(SizeText.short(bytes: number << shift) == "\(number).0 \(unit)")
            let letter = unit.prefix(1).lowercased()
            for spelling in [unit, unit.lowercased(), letter, letter + "b", letter.uppercased()] {
                #expect(
                    try SessionFilter("size = \(number)\(spelling)", now: 0).matches(session, now: 0), "\(spelling)")
            }
        }
    }

    @Test func helpSaysSo() {
        #expect(HelpTopic.filters.text.contains("1k, 1kb and 1KiB are 1024"))
    }
}
