import Foundation
import TestSupport
import Testing

@testable import Commands

/// `jwt revoke` on a RedisServer of its own: what is written, what a check says then, and what `undo` makes of it.
struct JWTRevokeIntegrationTests {
    private static let exp: Int64 = 4_102_444_800
    private static let token = TokenBench.token(
        #"{"sub":"alice","jti":"t1","iat":1700000000,"exp":\#(exp),"ver":3}"#)

    /// An entry, its place in the index, and what is another token's.
    private func load(_ bench: TokenBench) throws {
        for command in [
            "SET jwt:allow:alice:t1 1", "PEXPIREAT jwt:allow:alice:t1 4102444800000",
            "SET jwt:allow:alice:t2 1 EX 5000",
            "SET jwt:allow:bob:t3 1 EX 5000", "SADD user:tokens:alice t1 t2", "SADD user:tokens:bob t3",
            "HSET refresh:aa11 sub alice family f1 exp 4102444800 client app", "PEXPIREAT refresh:aa11 4102444800000",
            "HSET refresh:bb22 sub bob family f2 exp 4102444800 client app", "EXPIRE refresh:bb22 5000",
            "SADD refresh:fam:f1 aa00", "EXPIRE refresh:fam:f1 5000", "SET my:own:key 1",
        ] {
            try bench.server.command(command.split(separator: " ").map { Array($0.utf8) })
        }
    }

    private func exists(_ bench: TokenBench, _ key: String) throws -> Bool { try bench.integer("EXISTS", key) == 1 }

    // MARK: Tokens

    /// Many at once, each with an entry that is a string.
    @Test func manyTokensAreRevokedAtOnce() throws {
        let bench = try TokenBench()
        let ids = (0..<120).map { "j\($0)" }
        for id in ids {
            try bench.server.command("SET", "jwt:allow:alice:" + id, #"{"sub":"alice","exp":4102444800}"#, "EX", "3600")
        }
        let run = bench.run(["jwt", "revoke", "--yes", "--at-most", "200"] + ids.map { "jti:" + $0 })
        #expect(run.status == .done && run.err.contains("revoked 120 of 120"), "\(run.err)")
        for id in ids { #expect(try bench.integer("EXISTS", "jwt:deny:" + id) == 1) }
    }

    /// An entry that is named by its `sid` tells the `jti` by which its token is denied.
    @Test func whatAnEntryTellsIsDenied() throws {
        let bench = try TokenBench()
        try bench.server.command("HSET", "session:s1", "sub", "alice", "jti", "j1", "sid", "s1", "exp", "4102444800")
        try bench.server.command("EXPIRE", "session:s1", "3600")
        #expect(bench.revoke("sid:s1").status == .done)
        let token = TokenBench.token(#"{"sub":"alice","jti":"j1","sid":"s1","exp":4102444800}"#)
        #expect(try bench.check(token).verdict == "revoked")
    }

    /// A key among the words is refused, and not said again.
    @Test func aKeyAmongTheWordsIsNotRepeated() throws {
        let bench = try TokenBench()
        let key = "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49\n-----END PRIVATE KEY-----\n"
        let run = bench.run(["jwt", "verify", "a.b.c", "--pem", key])
        #expect(run.status == .usage && !run.err.contains("MIGHAg") && run.err.contains("env:NAME"), "\(run.err)")
    }

    @Test func aTokenGoesFromTheOneListToTheOther() throws {
        let bench = try TokenBench()
        try load(bench)
        let before = try bench.everything()
        #expect(try bench.check(Self.token).verdict == "allowed")
        let run = bench.revoke(Self.token, "--leeway", "90s")
        #expect(run.status == .done && run.err.contains("revoked 1 of 1 session"), "\(run.err)")
        #expect(run.err.contains("on the deny-list as jwt:deny:{jti}"), "\(run.err)")
        #expect(run.err.contains("to take it back: sessionctl undo 1"), "\(run.err)")
        #expect(try bench.integer("PEXPIRETIME", "jwt:deny:t1") == Self.exp * 1000 + 90_000)
        #expect(try !exists(bench, "jwt:allow:alice:t1") && exists(bench, "jwt:allow:alice:t2"))
        #expect(try bench.integer("SISMEMBER", "user:tokens:alice", "t1") == 0)
        let check = try bench.check(Self.token)
        #expect(check.verdict == "revoked" && check.status == .notFound)
        #expect(check.codes.contains("denied") && check.codes.contains("not-listed"))
        try bench.expectUndo(to: before)
    }

    @Test func theSameCommandAgainWritesNothing() throws {
        let bench = try TokenBench()
        #expect(bench.revoke(Self.token).status == .done)
        let before = try bench.everything()
        let again = bench.revoke(Self.token)
        #expect(again.status == .done && again.err.contains("1 unneeded"), "\(again.err)")
        #expect(try bench.everything() == before)
    }

    @Test func aTokenWithoutAnIdIsDeniedByItsDigest() throws {
        let bench = try TokenBench()
        let before = try bench.everything()
        let token = TokenBench.token(#"{"sub":"alice","exp":\#(Self.exp)}"#)
        let run = bench.revoke(token)
        #expect(run.status == .done && run.err.contains("SHA-256 of what was signed"), "\(run.err)")
        // Another signature of the same is as good, and is denied.
        #expect(try bench.check(String(token.dropLast(4)) + "AAAA", "--jwt-keys", "allow=").verdict == "revoked")
        try bench.expectUndo(to: before)
    }

    @Test func anIdTakesTheEndOfItsEntry() throws {
        let bench = try TokenBench()
        try load(bench)
        let before = try bench.everything()
        let run = bench.revoke("jti:t1", "--leeway", "0s")
        #expect(run.status == .done, "\(run.err)")
        let end = try bench.integer("PEXPIRETIME", "jwt:deny:t1") ?? 0
        #expect(abs(end - Self.exp * 1000) < 1000)
        #expect(try !exists(bench, "jwt:allow:alice:t1"))
        try bench.expectUndo(to: before)
    }

    @Test func whatTellsNoEndNeedsOne() throws {
        let bench = try TokenBench()
        let refused = bench.revoke("jti:x")
        #expect(refused.status == .usage && refused.err.contains("--lifetime 24h"), "\(refused.err)")
        #expect(try bench.integer("DBSIZE") == 0)
        #expect(bench.revoke("jti:x", "--until", "2100-01-01").status == .done)
        #expect(try bench.integer("PEXPIRETIME", "jwt:deny:x") == Self.exp * 1000)
        #expect(bench.revoke("jti:x", "--until", "2020-01-01").status == .usage)
        #expect(bench.revoke("jti:y", "--until", "2100-01-01", "--lifetime", "1h").status == .usage)
    }

    @Test func whatHasEndedNeedsNothing() throws {
        let bench = try TokenBench()
        let run = bench.revoke(TokenBench.token(#"{"jti":"old","exp":1700000000}"#))
        #expect(run.status == .done && run.err.contains("it has ended"), "\(run.err)")
        #expect(try bench.integer("DBSIZE") == 0)
    }

    @Test func anotherNameIsTakenWhereItIsSaid() throws {
        let bench = try TokenBench()
        let keys = ["--jwt-keys", "deny=gone:{jti}", "--jwt-keys", "deny=also-gone:{jti}"]
        let run = bench.run(["jwt", "revoke", "--yes", Self.token] + keys)
        #expect(run.status == .done && !run.err.contains("the usual names were taken"), "\(run.err)")
        #expect(try exists(bench, "gone:t1") && bench.integer("DBSIZE") == 1)
        #expect(bench.revoke("jti:z", "--lifetime", "1h").err.contains("the usual names were taken"))
    }

    @Test func withoutADenyListOnlyTheEntryGoes() throws {
        let bench = try TokenBench()
        try load(bench)
        let before = try bench.everything()
        let run = bench.revoke(Self.token, "--jwt-keys", "deny=")
        #expect(run.status == .done && run.err.contains("its entry alone is deleted"), "\(run.err)")
        #expect(try !exists(bench, "jwt:allow:alice:t1") && !exists(bench, "jwt:deny:t1"))
        try bench.expectUndo(to: before)
    }

    /// It is left where it lives long enough; what is prolonged is taken back, also where its own life is over by then.
    @Test func aKeyThatIsThereIsLeftOrProlonged() throws {
        let bench = try TokenBench()
        try bench.server.command("SET", "jwt:deny:t1", "logout", "EX", "500")
        let before = try bench.everything()
        #expect(bench.revoke(Self.token).err.contains("lives longer now"))
        #expect(try bench.text("GET", "jwt:deny:t1") == "logout")
        #expect(try bench.integer("PEXPIRETIME", "jwt:deny:t1") == Self.exp * 1000 + 60_000)
        try bench.expectUndo(to: before)
        try bench.server.command("SET", "jwt:deny:t1", "logout", "PX", "1000")
        #expect(bench.revoke(Self.token).status == .done)
        Thread.sleep(forTimeInterval: 1.2)
        #expect(try exists(bench, "jwt:deny:t1"))
        // By a clock that goes on.
        let undo = try BuiltProgram.run(
            ["undo", "--yes", "-s", bench.server.socketPath], environment: ["XDG_STATE_HOME": bench.home.path])
        #expect(undo.status == 0, "\(undo.errors)")
        #expect(try !exists(bench, "jwt:deny:t1"))
        try bench.server.command("SET", "jwt:deny:t1", "for ever")
        let left = try bench.everything()
        #expect(bench.revoke(Self.token).err.contains("left as it is"))
        #expect(try bench.everything() == left)
    }

    @Test func aKeyThatSomebodyHasWrittenSinceIsNotTakenBack() throws {
        let bench = try TokenBench()
        #expect(bench.revoke(Self.token).status == .done)
        try bench.server.command("SET", "jwt:deny:t1", "by the application", "KEEPTTL")
        let undo = bench.run(["undo", "--yes"])
        #expect(undo.status == .partial && undo.err.contains("not as the change left it"), "\(undo.err)")
        #expect(try exists(bench, "jwt:deny:t1"))
        #expect(bench.run(["undo", "--yes", "--force"]).status == .done)
        #expect(try !exists(bench, "jwt:deny:t1"))
    }

    @Test func whatIsNoTokenIsRefusedBeforeAnythingIsWritten() throws {
        let bench = try TokenBench()
        let run = bench.revoke(Self.token, "no-token-at-all")
        #expect(run.status == .undecodable && run.err.contains("place 2"), "\(run.err)")
        #expect(try bench.integer("DBSIZE") == 0)
        #expect(bench.revoke().status == .usage)
        #expect(bench.revoke("jti:").status == .usage)
    }

    // MARK: Users and families

    @Test func aUserLosesAll() throws {
        let bench = try TokenBench()
        try load(bench)
        try bench.server.command("SET", "user:ver:alice", "3")
        let before = try bench.everything()
        let began = try bench.now()
        let run = bench.revoke("user:alice", "--lifetime", "24h")
        #expect(run.status == .done && run.err.contains("revoked 4 of 4 sessions"), "\(run.err)")
        let cutOff = Int64(try bench.text("GET", "jwt:cutoff:alice") ?? "") ?? 0
        let ended = try bench.now()
        #expect(cutOff >= began / 1000 && cutOff <= ended / 1000)
        let life = try bench.integer("PTTL", "jwt:cutoff:alice") ?? 0
        #expect(life > 86_400_000 && life <= 86_460_000)
        for key in ["jwt:allow:alice:t1", "jwt:allow:alice:t2", "refresh:aa11", "user:tokens:alice"] {
            #expect(try !exists(bench, key), "\(key)")
        }
        for key in ["jwt:allow:bob:t3", "refresh:bb22", "user:tokens:bob", "my:own:key", "refresh:fam:f1"] {
            #expect(try exists(bench, key), "\(key)")
        }
        #expect(try bench.text("GET", "user:ver:alice") == "4" && bench.integer("PTTL", "user:ver:alice") == -1)
        let codes = try bench.check(Self.token).codes
        #expect(codes.contains("before-cutoff") && codes.contains("version-mismatch"), "\(codes)")
        try bench.expectUndo(to: before)
    }

    @Test func aCutOffNeverGoesBack() throws {
        let bench = try TokenBench()
        try bench.server.command("SET", "jwt:cutoff:alice", "4102444800", "EX", "900000")
        let before = try bench.everything()
        let run = bench.revoke("--principal", "alice", "--lifetime", "24h")
        #expect(run.status == .done && run.err.contains("is as late: it stays"), "\(run.err)")
        #expect(try bench.everything() == before)
        try bench.server.command("SET", "jwt:cutoff:alice", "1700000000")
        let older = try bench.everything()
        #expect(bench.revoke("user:alice", "--lifetime", "24h").status == .done)
        #expect(try bench.text("GET", "jwt:cutoff:alice") != "1700000000")
        #expect(try bench.integer("PTTL", "jwt:cutoff:alice") == -1)
        try bench.expectUndo(to: older)
    }

    @Test func aUserNeedsALifetimeBeforeAnythingGoes() throws {
        let bench = try TokenBench()
        try load(bench)
        let before = try bench.everything()
        let run = bench.revoke("user:alice")
        #expect(run.status == .usage && run.err.contains("--lifetime 24h"), "\(run.err)")
        #expect(try bench.everything() == before)
        // Where no cut-off is kept, nothing needs it.
        #expect(bench.revoke("user:alice", "--jwt-keys", "cutoff=").status == .done)
        #expect(try !exists(bench, "jwt:cutoff:alice") && !exists(bench, "refresh:aa11"))
    }

    @Test(arguments: ["set", "hash", "string"]) func aFamilyIsMarkedAndItsTokensGo(_ type: String) throws {
        let bench = try TokenBench()
        try load(bench)
        try bench.server.command("DEL", "refresh:fam:f1")
        switch type {
        case "set": try bench.server.command("SADD", "refresh:fam:f1", "aa00")
        case "hash": try bench.server.command("HSET", "refresh:fam:f1", "aa00", "used", "status", "active")
        default: try bench.server.command("SET", "refresh:fam:f1", "active")
        }
        try bench.server.command("EXPIRE", "refresh:fam:f1", "5000")
        let before = try bench.everything()
        let token = TokenBench.token(#"{"sub":"alice","jti":"t9","family":"f1","exp":\#(Self.exp)}"#)
        #expect(try bench.check(token, "--jwt-keys", "allow=").verdict == "allowed")
        let life = try bench.integer("PEXPIRETIME", "refresh:fam:f1")
        let run = bench.revoke("--family", "f1")
        #expect(run.status == .done, "\(run.err)")
        #expect(try !exists(bench, "refresh:aa11") && exists(bench, "refresh:bb22"))
        #expect(try bench.integer("PEXPIRETIME", "refresh:fam:f1") == life)
        let check = try bench.check(token, "--jwt-keys", "allow=")
        #expect(check.verdict == "revoked" && check.codes.contains("family-revoked"))
        try bench.expectUndo(to: before)
    }

    @Test func aFamilyWithoutAKeyGetsOneThatEnds() throws {
        let bench = try TokenBench()
        let before = try bench.everything()
        #expect(bench.revoke("family:new").err.contains("has no key"))
        #expect(try bench.integer("DBSIZE") == 0)
        #expect(bench.revoke("family:new", "--until", "2100-01-01").status == .done)
        #expect(try bench.integer("PEXPIRETIME", "refresh:fam:new") == Self.exp * 1000)
        try bench.expectUndo(to: before)
    }
}
