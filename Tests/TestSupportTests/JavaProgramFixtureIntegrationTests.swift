import TestSupport
import Testing

struct JavaProgramFixtureIntegrationTests {
    @Test(arguments: JavaProgramFixtureTests.expectations)
    func storeIsRestoredIntoRedis(_ expectation: JavaProgramFixtureTests.Expectation) throws {
        let server = try RedisServer()
        try server.load(expectation.store, forever: true)
        #expect(try server.command("DBSIZE") == .integer(Int64(expectation.keys)))
    }
}
