import Testing
@testable import SessionStorage

@Test func placeholder() {}
