import Terminal

extension CommandContext {
    /// A context in which commands show what a person would see, wherever it goes: tables and trees as on a terminal,
    /// messages where they belong between the data, no pager, and no password that is meant for another Redis.
    func asDemonstration() -> CommandContext {
        let streams = renewal?(["--no-pager"]) ?? self
        var environment = environment
        environment["REDISCLI_AUTH"] = nil
        if screen == nil { environment["NO_COLOR"] = "1" }
        let shown = screen ?? TerminalSize(rows: 1000, columns: 100)
        return CommandContext(
            output: streams.output, errors: streams.output, environment: environment, clock: clock,
            monotonicClock: monotonicClock, isInterrupted: isInterrupted, screen: shown, messageColumns: shown.columns,
            takeInterrupt: takeInterrupt)
    }
}
