import Sessions

/// The time by the server's clock, which is what lives of keys are counted by.
struct ServerClock {
    let offset: Int64
    let context: CommandContext
    var base = ChangeContext(now: 0)

    init(offset: Int64, context: CommandContext) {
        self.offset = offset
        self.context = context
    }

    /// What plans have to know, at this time.
    var now: ChangeContext {
        var now = base
        now.now = context.clock() + offset
        return now
    }
}
