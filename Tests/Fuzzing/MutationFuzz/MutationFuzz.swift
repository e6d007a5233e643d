import Foundation
import FuzzedInput

/// Changes the fixtures' bytes and looks at each result in every way. Any trap ends the process; any input that takes long is named.
///
///     mutation-fuzz streams|tokens|values|queries COUNT FIXTURES [SEED [FROM]]
///
/// Every 100,000 inputs a line says how far it is: after a trap, the same SEED with FROM from there on and TRACE=1 in the
/// environment writes each input to `mutation-fuzz.input` before it is looked at.
@main
struct MutationFuzz {
    private static let slow = 1.0

    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count >= 4, let kind = FuzzCorpus.Kind(rawValue: arguments[1]),
            let count = UInt64(arguments[2])
        else {
            FileHandle.standardError.write(
                Data("usage: mutation-fuzz streams|tokens|values|queries COUNT FIXTURES [SEED [FROM]]\n".utf8))
            exit(2)
        }
        let corpus = FuzzCorpus.inputs(kind, in: arguments[3])
        guard !corpus.isEmpty else { exit(2) }
        let seed = arguments.count > 4 ? UInt64(arguments[4]) ?? 0 : UInt64.random(in: 0...UInt64(UInt32.max))
        let start = arguments.count > 5 ? UInt64(arguments[5]) ?? 0 : 0
        print("\(count) changed \(arguments[1]) of \(corpus.count) originals: repeat with seed \(seed)")
        run(start..<start + count, seed: seed, corpus, kind)
    }

    private static func run(_ inputs: Range<UInt64>, seed: UInt64, _ corpus: [[UInt8]], _ kind: FuzzCorpus.Kind) {
        let traces = ProcessInfo.processInfo.environment["TRACE"] != nil
        var looker = FuzzedInput()
        let begun = Date()
        for number in inputs {
            var random = Random(seed: seed, input: number)
            let original = corpus[random.below(corpus.count)]
            var mutation = Mutation(random: random)
            let bytes = mutation.changed(original, corpus: corpus)
            if traces { _ = FileManager.default.createFile(atPath: "mutation-fuzz.input", contents: Data(bytes)) }
            let before = Date()
            switch kind {
            case .streams, .values: looker.look(at: bytes)
            case .tokens: looker.look(atToken: bytes)
            case .queries: looker.look(atQuery: bytes)
            }
            let seconds = Date().timeIntervalSince(before)
            if seconds > slow {
                print("input \(number) took \(seconds) s: \(Data(bytes.prefix(4096)).base64EncodedString())")
            }
            if (number + 1) % 100_000 == 0 {
                print("\(number + 1): \(Int(Date().timeIntervalSince(begun))) s, \(looker.readable) readable")
            }
        }
        print(
            "\(inputs.count) inputs, \(looker.readable) of them readable, no trap, \(Int(Date().timeIntervalSince(begun))) s"
        )
    }
}
