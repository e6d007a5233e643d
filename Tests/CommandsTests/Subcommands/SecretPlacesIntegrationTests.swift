import Sessions
import TestSupport
import Testing

@testable import Commands

/// Secrets in text that is no string by itself: messages, keys, characters, bytes, patterns, entries. JDK 17 wrote the streams.
struct SecretPlacesIntegrationTests {
    /// New IllegalStateException("login with password=hunter2 failed", new RuntimeException("https://u:hunter2@h/x")),
    /// without stack traces.
    private static let exception =
        "rO0ABXNyAB9qYXZhLmxhbmcuSWxsZWdhbFN0YXRlRXhjZXB0aW9u5ldV5ppG8kgCAAB4cgAaamF2YS5sYW5nLlJ1"
        + "bnRpbWVFeGNlcHRpb26eXwZHCjSD5QIAAHhyABNqYXZhLmxhbmcuRXhjZXB0aW9u0P0fPho7HMQCAAB4cgATamF2"
        + "YS5sYW5nLlRocm93YWJsZdXGNSc5d7jLAwAETAAFY2F1c2V0ABVMamF2YS9sYW5nL1Rocm93YWJsZTtMAA1kZXRh"
        + "aWxNZXNzYWdldAASTGphdmEvbGFuZy9TdHJpbmc7WwAKc3RhY2tUcmFjZXQAHltMamF2YS9sYW5nL1N0YWNrVHJh"
        + "Y2VFbGVtZW50O0wAFHN1cHByZXNzZWRFeGNlcHRpb25zdAAQTGphdmEvdXRpbC9MaXN0O3hwc3EAfgABcQB+AAl0"
        + "ABVodHRwczovL3U6aHVudGVyMkBoL3h1cgAeW0xqYXZhLmxhbmcuU3RhY2tUcmFjZUVsZW1lbnQ7AkYqPDz9IjkC"
        + "AAB4cAAAAABzcgAfamF2YS51dGlsLkNvbGxlY3Rpb25zJEVtcHR5TGlzdHq4F7Q8p57eAgAAeHB4dAAibG9naW4g"
        + "d2l0aCBwYXNzd29yZD1odW50ZXIyIGZhaWxlZHVxAH4ACwAAAABxAH4ADng="
    /// A LinkedHashMap with the keys password=hunter2, https://u:hunter2@h, pwd, and "db password=hunter2" and "again" with
    /// the same list.
    private static let map =
        "rO0ABXNyABdqYXZhLnV0aWwuTGlua2VkSGFzaE1hcDTATlwQbMD7AgABWgALYWNjZXNzT3JkZXJ4cgARamF2YS51"
        + "dGlsLkhhc2hNYXAFB9rBwxZg0QMAAkYACmxvYWRGYWN0b3JJAAl0aHJlc2hvbGR4cD9AAAAAAAAMdwgAAAAQAAAA"
        + "BXQAEHBhc3N3b3JkPWh1bnRlcjJzcgARamF2YS5sYW5nLkludGVnZXIS4qCk94GHOAIAAUkABXZhbHVleHIAEGph"
        + "dmEubGFuZy5OdW1iZXKGrJUdC5TgiwIAAHhwAAAAAXQAE2h0dHBzOi8vdTpodW50ZXIyQGh0AAF4dAADcHdkdAAH"
        + "aHVudGVyMnQAE2RiIHBhc3N3b3JkPWh1bnRlcjJzcgATamF2YS51dGlsLkFycmF5TGlzdHiB0h2Zx2GdAwABSQAE"
        + "c2l6ZXhwAAAAAHcEAAAAAHh0AAVhZ2FpbnEAfgANeAA="
    /// `"see password=hunter2".toCharArray()`
    private static let chars =
        "rO0ABXVyAAJbQ7AmZrDiXYSsAgAAeHAAAAAUAHMAZQBlACAAcABhAHMAcwB3AG8AcgBkAD0AaAB1AG4AdABlAHIA"
        + "Mg=="
    /// `"see password=hunter2".getBytes()`
    private static let bytes =
        "rO0ABXVyAAJbQqzzF/gGCFTgAgAAeHAAAAAUc2VlIHBhc3N3b3JkPWh1bnRlcjI="
    /// `Pattern.compile("password=hunter2")`
    private static let pattern =
        "rO0ABXNyABdqYXZhLnV0aWwucmVnZXguUGF0dGVybkZn1WtuSQINAgACSQAFZmxhZ3NMAAdwYXR0ZXJudAASTGph"
        + "dmEvbGFuZy9TdHJpbmc7eHAAAAAAdAAQcGFzc3dvcmQ9aHVudGVyMg=="
    /// `new AbstractMap.SimpleEntry<>("password", "hunter2")`
    private static let entry =
        "rO0ABXNyACFqYXZhLnV0aWwuQWJzdHJhY3RNYXAkU2ltcGxlRW50cnmKCuyl/FaAHwIAAkwAA2tleXQAEkxqYXZh"
        + "L2xhbmcvT2JqZWN0O0wABXZhbHVlcQB+AAF4cHQACHBhc3N3b3JkdAAHaHVudGVyMg=="

    private static let streams = [exception, map, chars, bytes, pattern, entry]
    private static let json = #"{"password=hunter2":1,"https://u:hunter2@h":{"x":2}}"#

    /// Whether the password stands in the text, or in Base64 or hexadecimal digits of it.
    private func holdsPassword(_ text: String) -> Bool {
        ["hunter2", "aHVudGVyM", "h1bnRlcj", "odW50ZXIy", "68756e746572"].contains { text.contains($0) }
    }

    @Test(arguments: streams + [json], [[], ["-o", "json"], ["--typed"]])
    func decodeShowsThemOnlyIfAsked(_ input: String, _ options: [String]) {
        let run = CommandRun(["decode", input] + options)
        #expect(run.status == .done && !holdsPassword(run.out) && !holdsPassword(run.err), "\(run.out)\(run.err)")
        #expect(run.out.contains("••••") || run.out.contains("\"masked\":true"), "\(run.out)")
        #expect(holdsPassword(CommandRun(["decode", input, "--reveal"] + options).out))
    }

    @Test func theRestOfTheTextIsShown() {
        func shown(_ input: String) -> String { CommandRun(["decode", input, "-o", "json"]).out }
        #expect(shown(Self.exception).contains(#""message":"login with password=•••• failed""#))
        #expect(shown(Self.exception).contains(#""message":"https://u:••••@h/x""#))
        #expect(shown(Self.chars).contains(#""see password=••••""#))
        #expect(shown(Self.map).contains(#""db password=••••":[]"#) && shown(Self.map).contains("https://u:••••@h"))
        #expect(shown(Self.map).contains("['db password=••••']"), "\(shown(Self.map))")
        #expect(shown(Self.entry).contains(#""key":"password""#))
        #expect(
            shown(Self.json).contains(#"{"password=••••":"••••","https://u:••••@h":{"x":2}}"#), "\(shown(Self.json))")
        #expect(SecretPolicy.masked(Self.json) == #"{"password=••••":"••••","https://u:••••@h":{"x":2}}"#)
    }

    @Test(arguments: [
        "get s ex", "get s ex.message", "get s ex.cause", "get s ex -o tree", "get s chars", "get s bytes",
        "get s bytes -o tree", "get s pattern", "get s entry", "get s entry.value", "get s entry.value -o tree",
        "get s entry.value -o json", "list --fields id,attr.entry.value", "list -o json --fields id,attr.entry.value",
        "show s", "show s -o json", "get s ex -o raw", "get s entry.value -o raw", "get s text", "get s text -o tree",
    ])
    func aStoreShowsThemOnlyIfAsked(_ line: String) throws {
        let server = try RedisServer()
        defer { server.stop() }
        let names = ["ex", "map", "chars", "bytes", "pattern", "entry"]
        for (name, stream) in zip(names, Self.streams) {
            try server.command(Trouble.attribute(name, try Base64.decode(stream.utf8), of: "s"))
        }
        // Bytes that are no UTF-8 in front of a word for secrets.
        try server.command(Trouble.attribute("text", [0xFF, 0xFE] + Array("password hunter2".utf8), of: "s"))
        let run = CommandRun(line, on: server)
        #expect(!holdsPassword(run.out) && !holdsPassword(run.err), "\(run.out)\(run.err)")
        #expect(run.out.contains("••••") || run.status == .usage, "\(run.out)\(run.err)")
    }
}
