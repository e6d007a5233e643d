import Testing

@testable import JavaSerialization

@Test func readsAnEmptyStream() throws {
    #expect(try JavaGraph([0xAC, 0xED, 0, 5]).contentCount == 0)
}
