import Testing
@testable import Sessions

@Test func placeholder() {}
