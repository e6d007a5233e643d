import TestSupport
import Testing

@testable import Commands
@testable import Terminal

/// Fields inside the attributes: shown, sorted by, filtered by.
struct ListFieldsIntegrationTests {
    private func server() throws -> RedisServer {
        let server = try RedisServer()
        try server.load(FixtureStore("spring-session-3.5.7-indexed"), forever: true)
        try server.load(FixtureStore("tomcat9-redis-session-manager"), forever: true)
        return server
    }

    private func lines(_ run: CommandRun) -> [String] { run.out.split(separator: "\n").map(String.init) }

    @Test func showsValuesInsideOfAttributes() throws {
        let server = try server()
        defer { server.stop() }
        let pojos = ["--where", "id = a4f9555f-358e-4c7e-b453-f6921676408f"]
        let fields = ["--fields", "attr.customer.id,attr.record.x,attr['unicode']['数量'],attr.nothing,attr.record"]
        let plain = CommandRun(["list"] + fields + pojos, on: server)
        #expect(
            plain.out.hasPrefix("1001\t-1\t3\t\t{\"@class\":\"demo.shop.Point\",\"x\":-1,"), "\(plain.out)\(plain.err)")
        let csv = CommandRun(["list", "-o", "csv"] + fields + pojos, on: server)
        #expect(
            csv.out.hasPrefix(
                "attr.customer.id,attr.record.x,attr['unicode']['数量'],attr.nothing,attr.record\r\n1001,-1,3,,"))
        let json = try TestJSON(reading: CommandRun(["list", "-o", "jsonl"] + fields + pojos, on: server).outBytes)
        #expect(json["attr.customer.id"]?.integer == 1001)
        #expect(json["attr.nothing"]?.kind == .null && json["attr.record"]?["@class"]?.string == "demo.shop.Point")
        let table = CommandRun(["list", "-o", "table"] + fields + pojos, on: server)
        #expect(table.out.hasPrefix("attr.customer.id") && table.out.contains("1001"), "\(table.out)")
    }

    @Test func masksWhatLooksSecret() throws {
        let server = try server()
        defer { server.stop() }
        try server.load(FixtureStore("spring-session-1.2.1"), forever: true)
        let line = "list --fields attr.SPRING_SECURITY_CONTEXT.authentication.credentials --where user=grace"
        let masked = CommandRun(line, on: server)
        #expect(lines(masked) == ["••••"], "\(masked.out)")
        #expect(CommandRun(line + " --reveal", on: server).out.contains("••••") == false)
    }

    @Test func showsClassesAndRolesAsLists() throws {
        let server = try server()
        defer { server.stop() }
        let run = CommandRun("list -o jsonl --fields id,class,role --where class=demo.shop.Customer", on: server)
        let classes = try TestJSON(reading: run.outBytes)
        #expect(classes["classes"]?.items?.contains { $0.string == "demo.shop.BaseEntity" } == true)
        #expect(classes["roles"]?.items?.isEmpty == true)
        #expect(CommandRun("list -o csv --fields class,role --limit 0", on: server).out == "class,role\r\n")
    }

    @Test func sortsByValuesInsideOfAttributes() throws {
        let server = try server()
        defer { server.stop() }
        func values(_ sort: String) -> [String] {
            lines(
                CommandRun(["list", "--sort=\(sort)", "--fields", "attr.customer.id,attr.n,attr.int,id"], on: server))
        }
        #expect(values("attr.int").first == "\t\t42\tA25894229847D7EF5CDCFF5099122EA2")
        #expect(values("-attr.customer.id").first?.hasPrefix("1001\t") == true)
        #expect(values("attr.int").count == 17)
    }

    @Test func countsWhatCannotBeCompared() throws {
        let server = try server()
        defer { server.stop() }
        let run = CommandRun(["list", "--where", "attr.n = x"], on: server)
        #expect(run.status == .done && run.out == "")
        #expect(
            run.err == "sessionctl: 1 session has values that --where cannot compare, such as attr.n: "
                + "that test is false, and the session does not match\n", "\(run.err)")
        #expect(CommandRun(["list", "--where", "attr.n = 5"], on: server).err == "")
        let negated = CommandRun(["count", "--where", "not attr.n = x"], on: server)
        #expect(negated.out == "17\n" && negated.err.hasSuffix("that test is false, and the session matches\n"))
    }

    @Test(
        arguments: [
            ("list --fields id,pricipal", "did you mean 'principal'?"),
            ("list --sort crated", "did you mean 'created'?"),
            ("list --fields attr.", "--fields: attr.: the path is empty"), ("list --sort attr.a[x]", "brackets hold"),
            ("list --sort attributes", "one field"),
        ])
    func saysWhatWasMeant(_ line: String, _ words: String) {
        let run = CommandRun(line)
        #expect(run.status == .usage && run.err.contains(words), "\(run.err)")
    }
}
