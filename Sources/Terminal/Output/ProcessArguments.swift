#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The arguments of this process: their bytes, and how secrets among them are kept out of the process list.
package enum ProcessArguments {
    /// Overwrites every place where `secret` stands in this process' arguments with asterisks, as `ps` and `/proc`
    /// show them.
    ///
    /// `CommandLine.arguments` keeps what was given. An argument that was percent-encoded has to be given in that
    /// form.
    package static func wipe(_ secret: [UInt8]) {
        guard !secret.isEmpty else { return }
        // The standard library reads the arguments when they are first asked for: after the wipe it would find
        // asterisks.
        let count = CommandLine.arguments.count
        for index in 0..<count {
            guard let argument = CommandLine.unsafeArgv[index] else { return }
            let bytes = bytes(of: argument)
            for place in places(of: secret, in: bytes) {
                for offset in place..<place + secret.count { argument[offset] = 0x2A }
            }
        }
    }

    /// The arguments as they were given, the program's own name among them.
    ///
    /// `CommandLine.arguments` has U+FFFD for bytes that are no UTF-8, and what they were is lost.
    package static func given() -> [[UInt8]] {
        (0..<Int(CommandLine.argc)).compactMap { CommandLine.unsafeArgv[$0].map(bytes) }
    }

    private static func bytes(of argument: UnsafeMutablePointer<CChar>) -> [UInt8] {
        (0..<strlen(argument)).map { UInt8(bitPattern: argument[$0]) }
    }

    /// Where `secret` begins in `argument`, without overlaps.
    static func places(of secret: [UInt8], in argument: [UInt8]) -> [Int] {
        var found: [Int] = []
        var index = 0
        while index + secret.count <= argument.count {
            if argument[index..<index + secret.count].elementsEqual(secret) {
                found.append(index)
                index += secret.count
            } else {
                index += 1
            }
        }
        return found
    }
}
