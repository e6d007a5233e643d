import ArgumentParser
import SessionStorage
import Sessions
import Terminal

/// The forms of `verify`.
enum VerifyForms: CommandForms {
    static let all: [OutputForm] = [.table, .tsv, .csv, .json, .jsonl]
}

/// `verify`: compares the sessions of two stores by what they mean.
struct VerifyCommand: Subcommand {
    static let withoutServer: String? = "verify takes its two stores as SOURCE and TARGET"
    static let ownConnectionOptions: Set<String> = ["--namespace", "--max-inactive-interval"]

    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Compare the sessions of two stores by what they mean.",
        usage: "sessionctl verify SOURCE TARGET [--to FORMAT] [--where FILTER] [--ttl-tolerance SPAN] [-o FORM]",
        discussion: """
            Each session of the source is looked for at the target, where migrate with the same options puts it, and compared: values with \
            their types, times, the lives of keys, and the sets that it has to be in. Sessions that are at the target alone are named \
            as well, as far as they have the layout that is asked for. What has ended is nowhere to be.

            Of what differs it is looked again, up to three times: applications may be using it.

            Examples:
              sessionctl verify redis://old redis://new
              sessionctl verify @tomcat @spring --to spring --security-context 5.8
            """)

    @OptionGroup var stores: TwoStores
    @OptionGroup(title: "Layout") var layout: LayoutOptions
    @OptionGroup(title: "Selection") var selection: SelectionOptions

    @Option(
        name: .customLong("ttl-tolerance"),
        help: ArgumentHelp(
            "By how much lives of keys, and times that are derived from them, may differ (2s).", valueName: "span"))
    var tolerance: String?

    @OptionGroup(title: "Output") var form: FormOptions<VerifyForms>
    @OptionGroup(title: "Output") var output: OutputOptions

    mutating func run(in context: CommandContext) throws -> ExitStatus {
        guard layout.to != .jwt else {
            throw Failure.usage(
                "an allow-list holds nothing of what sessions hold, so there is nothing to compare",
                advice: "sessionctl jwt verify judges the tokens that migrate --to jwt has made")
        }
        let conversion = try layout.conversion()
        let source = try stores.openSource(in: context)
        let target = try stores.openTarget(in: context)
        source.managerInterval = layout.interval ?? source.managerInterval
        let span = tolerance.map { TimeWords.duration($0) } ?? 2000
        guard let span, span >= 0 else {
            throw Failure.usage("--ttl-tolerance \(tolerance ?? ""): write 500ms, 2s or 1m")
        }
        let job = VerificationJob(
            context: context, source: source, target: target, conversion: conversion, selection: selection,
            tolerance: span, form: form.form(onTerminal: .table, inPipe: .tsv, context: context), output: output)
        return try job.run()
    }
}
