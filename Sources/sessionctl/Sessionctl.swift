import Commands

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

@main
struct Sessionctl {
    static func main() {
        let arguments = Program.argumentsOfProcess()
        let status = Program.run(arguments, in: .ofProcess(arguments))
        exit(status.rawValue)
    }
}
