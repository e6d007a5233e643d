import Testing
import TestSupport

struct FixtureTests {
    @Test func everyStoreReadsWhole() throws {
        let stores = try FixtureStore.all()
        #expect(stores.count == 14)
        let records = try stores.flatMap { try $0.records() }
        let sessions = try stores.flatMap { try $0.expectedSessions() }
        #expect(records.count == 258)
        #expect(sessions.count == 131)
        #expect(Set(records.map(\.type)) == ["string", "hash", "set", "zset", "list"])
    }

    @Test func bigStoresReadWhole() throws {
        let (spring, tomcat) = (
            FixtureStore("spring-session-1.2.1"), FixtureStore("tomcat-redis-session-manager-2.0.0")
        )
        #expect(try spring.expectedSessions("big-expected").count == 2)
        #expect(try tomcat.expectedSessions("big-expected").count == 2)
        #expect(try spring.records(.big).count == 5)
        #expect(try tomcat.records(.big).count == 2)
    }

    @Test func badInputsExpandToTheBytesTheyDescribe() throws {
        let streams = try BadInput.javaStreams()
        let tokens = try BadInput.tokens()
        #expect(streams.count == 218)
        #expect(tokens.count == 197)
        var total = 0
        for input in streams + tokens { total += try input.expand().count }
        #expect(total == 31_912_870 + 8_356_896)
    }

    @Test func inflateReadsStoredFixedAndDynamicBlocks() throws {
        let stored: [UInt8] = [0x78, 0x01, 0x01, 0x02, 0x00, 0xfd, 0xff, 0x68, 0x69, 0x00, 0xd3, 0x00, 0xd2]
        #expect(try Inflate.zlib(stored) == Array("hi".utf8))
        let fixed: [UInt8] = [0x78, 0x9c, 0xcb, 0xc8, 0x04, 0x00, 0x01, 0x3b, 0x00, 0xd2]
        #expect(try Inflate.zlib(fixed) == Array("hi".utf8))
        #expect(throws: FixtureError.self) { try Inflate.zlib([0x78, 0x9c, 0x07, 0, 0, 0, 0]) }
    }

    @Test func digestsAreThoseOfTheStandard() {
        #expect(SHA256.hex([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(SHA256.hex(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test func seedRepeatsTheRun() {
        var one = SeededRandom(seed: 1)
        var other = SeededRandom(seed: 1)
        #expect((0..<100).allSatisfy { _ in one.next() == other.next() })
        var published = SeededRandom(seed: 1_234_567)
        #expect(
            (0..<3).map { _ in published.next() } == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
            ])
    }
}
