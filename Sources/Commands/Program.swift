import ArgumentParser

/// The program without its process: parses arguments, runs one command and returns the exit status.
package enum Program {
  /// Runs the command that `arguments` (without the program's own name) ask for.
  package static func run(_ arguments: [String]) -> Int32 { 0 }
}
