import Commands

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@main
struct Sessionctl {
    static func main() {
        let status = Program.run(Array(CommandLine.arguments.dropFirst()), in: .ofProcess())
        exit(status.rawValue)
    }
}
