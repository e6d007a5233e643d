import TestSupport
import Testing

@testable import Commands

/// Private keys among the words of a command are found, whatever the shell has made of them (all of them were made for this).
struct KeyWordsTests {
    private static let jwk = #"{ "kty": "EC", "crv": "P-256", "d" : "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE" }"#

    @Test(arguments: [
        ["show", "MC4CAQAwBQYDK2VwBCIEIK/Oulmy/KcELM5LqDJGgdl0iPlLq5LYPCIUn8L1i2Yg"],
        ["-u", "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgWBJf9GoO8HEWd0e8"],
        ["jwt", "sign", "--from", "MHcCAQEEIFgSX/RqDvBxFndHvOaDKmNTULxnFZovYrCcQh2egZ/IoAoGCCqGSM49"],
        ["--set", "x=MIICXAIBAAKBgQCwdaY9DHlv2xkLz9++b+RY8BMPqg9GoFCeOQZlijrvrO3y8qS9"],
        ["--alg=MIICdgIBADANBgkqhkiG9w0BAQEFAASCAmAwggJcAgEAAoGBALB1pj0MeW/bGQvP"],
        ["migrate", "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIK\n-----END PRIVATE KEY-----"],
        ["--pem", "-----BEGIN", "EC", "PRIVATE", "KEY-----", "TUhjQ0FRRUVJRmdTWC9S"],
        ["--jwt-keys", jwk], ["--from"] + jwk.split(separator: " ").map(String.init),
        ["get", #"{"keys":[{"kty":"oct","k":"c2VjcmV0c2VjcmV0c2VjcmV0"}]}"#],
        ["get", #"{"kty":"oct","\u006b":"c2VjcmV0c2VjcmV0c2VjcmV0"}"#],
        // As a shell expands the braces.
        ["--jwk", "kty:EC", "crv:P-256", "d:870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"],
        ["--jwk=kty:oct", "--jwk=k:c2VjcmV0c2VjcmV0c2VjcmV0"],
    ]) func isNotRepeated(_ words: [String]) {
        let run = CommandRun(words)
        let secrets = words.flatMap { $0.split { " =\"\n".contains($0) } }.filter { $0.count > 20 }
        #expect(run.status == .usage && run.err.contains("private key"), "\(run.err)")
        #expect(!secrets.contains { (run.err + run.out).contains($0) }, "\(run.err)")
    }

    @Test(arguments: [
        ["show", "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCwdaY9DHlv2xkLz9++b+RY8BMP"],
        ["-----BEGIN PUBLIC KEY-----"], ["set", #"x={"kty":"EC","x":"a","y":"b"}"#], ["show", "", "="],
        ["show", "MIIB"],
        ["list", "--where", "attr.note ~ '-----BEGIN PRIVATE KEY-----'"], ["set", #"m={"kty":"abc","k":"v"}"#],
        ["list", "--where", "kty:EC"], ["show", "2f1c9a4e8b7d6f5a4c3b2a1908f7e6d5c4b3a29180f7e6d5"],
    ]) func othersAreWords(_ words: [String]) { #expect(!KeyWords.holdPrivateKey(words)) }
}
