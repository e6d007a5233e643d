import Commands
import Glibc

@main
struct Sessionctl {
    static func main() {
        let status = Program.run(Array(CommandLine.arguments.dropFirst()), in: .ofProcess())
        exit(status.rawValue)
    }
}
