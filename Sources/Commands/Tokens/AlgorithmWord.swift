import ArgumentParser
import Tokens

/// The name of a signature algorithm as a word of the command line.
struct AlgorithmWord: ExpressibleByArgument {
    let algorithm: SignatureAlgorithm

    init?(argument: String) {
        guard let algorithm = SignatureAlgorithm(rawValue: argument) else { return nil }
        self.algorithm = algorithm
    }

    static var allValueStrings: [String] { SignatureAlgorithm.allCases.map(\.rawValue) }
}
