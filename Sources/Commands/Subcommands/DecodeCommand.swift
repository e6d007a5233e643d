import ArgumentParser
import JavaSerialization
import Sessions
import Terminal

/// The forms of `decode`.
enum DecodeForms: CommandForms {
    static let all: [OutputForm] = [.tree, .json, .jsonl, .tsv]
}

/// `decode`: bytes without a server.
struct DecodeCommand: Subcommand {
    static let withoutServer: String? = "decode needs no server"

    static let configuration = CommandConfiguration(
        commandName: "decode",
        abstract: "Decode bytes: Java streams, Tomcat sessions, Spring field values, JSON, JWTs.",
        usage: "sessionctl decode INPUT ... [-o FORM] [--typed] [--reveal]",
        discussion: """
            INPUT is a file, - for standard input, or the bytes themselves as Base64, hexadecimal digits, the way redis-cli \
            prints them ("\\xac\\xed..."), or a JWT or JSON. What they are is told by their content: a Java serialization stream, \
            the value of a Tomcat session manager or of memcached-session-manager, *.session and SESSIONS.ser of Tomcat, a JWT, \
            a value that Spring Session stores as JSON. Nothing is loaded, run or looked up.

            Exit status 6 means that something could not be decoded; what could be is shown.

            Examples:
              sessionctl decode work/Catalina/localhost/app/SESSIONS.ser
              redis-cli --raw get 019FD27FA8CDFE34BA952952AFAA4F22 | sessionctl decode -
              sessionctl decode rO0ABXQABWFsaWNl
              sessionctl decode --typed session.ser
            """)

    @Argument(
        help: ArgumentHelp("File, - for standard input, or the bytes as text.", valueName: "input"),
        completion: .file())
    var inputs: [String]

    @Flag(name: .customLong("typed"), help: "JSON that keeps classes, version ids and byte ranges.")
    var typed = false

    @OptionGroup(title: "Output") var form: FormOptions<DecodeForms>
    @OptionGroup(title: "Output") var output: OutputOptions

    mutating func run(in context: CommandContext) throws -> ExitStatus {
        let decoded = DecodedOutput(output: output, wished: form.wished, typed: typed, context: context)
        var worst = ExitStatus.done
        for input in inputs {
            do {
                if input == "-", context.shell != nil {
                    throw Failure.usage(
                        "in the shell, standard input is where the lines come from; give a file or the bytes")
                }
                let bytes = try InputBytes.read(input)
                let status = try decoded.write(bytes)
                if status != .done { worst = status }
            } catch let error as DecodingFailure {
                context.report(Failure(.undecodable, inputs.count > 1 ? "\(input): \(error)" : "\(error)"))
                worst = .undecodable
            }
        }
        return worst
    }
}
