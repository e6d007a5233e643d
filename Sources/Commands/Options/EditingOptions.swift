import ArgumentParser

/// What all commands take that change the attributes of sessions.
struct EditingOptions: ParsableArguments {
    @Flag(
        name: .customLong("non-sticky"),
        help: "No node of the application keeps sessions in its memory: what is done in Redis counts.")
    var nonSticky = false

    @OptionGroup(title: "Change") var change: ChangeOptions
    @OptionGroup(title: "Output") var form: FormOptions<ChangeForms>
    @OptionGroup(title: "Output") var output: OutputOptions
    @OptionGroup(title: "Connection") var connection: ConnectionOptions
}
