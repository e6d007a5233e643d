import Glibc
import Sessions
import Tokens

/// Prints the median of the nanoseconds that one token takes: `decode` alone, or `verify` with its key and its claims.
///
///     token-benchmark decode|verify TOKEN-FILE KEY-FILE
@main
struct TokenBenchmark {
    enum Work: String { case decode, verify }

    let token: [UInt8]
    let verifier: TokenVerifier

    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let work = Work(rawValue: arguments[1]), let token = read(arguments[2]),
            let key = read(arguments[3])
        else {
            print("usage: token-benchmark decode|verify TOKEN-FILE KEY-FILE")
            exit(2)
        }
        do {
            let keys: KeySet = arguments[3].hasSuffix(".pem") ? try .pem(key) : try .secret(key)
            let policy = TokenPolicy(now: 1_767_225_600_000, issuers: ["https://issuer.example"], audiences: ["shop"])
            let benchmark = TokenBenchmark(token: token, verifier: TokenVerifier(keys: keys, policy: policy))
            print(try benchmark.median(of: work))
        } catch {
            print(error)
            exit(1)
        }
    }

    private func median(of work: Work) throws -> UInt64 {
        var passes: [UInt64] = []
        let end = now() + 1_000_000_000
        while now() < end || passes.count < 5 {
            let start = now()
            for _ in 0..<50 { try run(work) }
            passes.append((now() - start) / 50)
        }
        return passes.sorted()[passes.count / 2]
    }

    private func run(_ work: Work) throws {
        switch work {
        case .decode: _ = try JWT.decode(token)
        case .verify: guard verifier.verify(token).token != nil else { throw Refused() }
        }
    }

    /// A benchmark of refusals would say nothing.
    private struct Refused: Error, CustomStringConvertible { let description = "the token was refused" }

    private static func read(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = Glibc.read(descriptor, &bytes, bytes.count)
        return count > 0 ? Array(bytes[..<count]) : nil
    }

    /// Nanoseconds of a clock that only goes forward.
    private func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
