import Testing
@testable import JavaSerialization

@Test func placeholder() {}
