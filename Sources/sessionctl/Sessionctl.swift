import Commands
import Glibc

@main
struct Sessionctl {
  static func main() {
    exit(Program.run(Array(CommandLine.arguments.dropFirst())))
  }
}
