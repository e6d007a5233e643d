import JavaSerialization
import Sessions
import Terminal

/// Writes what bytes turned out to be.
struct DecodedOutput {
    let output: OutputOptions
    /// The form that was asked for.
    let wished: OutputForm?
    let typed: Bool
    let context: CommandContext

    func write(_ bytes: [UInt8]) throws -> ExitStatus {
        switch try DecodedInput(bytes, now: context.clock()) {
        case .tomcat(let kind, let sessions): return try write(sessions, kind.rawValue)
        case .memcached(let session): return try write([session], "memcached-session-manager value")
        case .wrapped(let graph):
            if !output.quiet, context.screen != nil {
                context.say("a stream in the data of another, as single sign-ons are")
            }
            return try write(graph)
        case .java(let graph): return try write(graph)
        case .jwt(let token): return try write(token)
        case .json(let document): return try write(document)
        }
    }

    private func write(_ sessions: [Session], _ kind: String) throws -> ExitStatus {
        if !output.quiet, context.screen != nil {
            context.say("\(kind), \(sessions.count) session\(sessions.count == 1 ? "" : "s")")
        }
        return try SessionOutput(output: output, wished: wished, typed: typed, context: context).write(sessions)
    }

    /// Text forms of a value: the tree serves pipes as well, since it has no columns.
    private func form() throws -> OutputForm {
        let form = wished ?? (typed ? .json : .tree)
        if form == .tsv {
            throw Failure.usage("-o tsv is for sessions, and this is a single value; it has tree, json, jsonl")
        }
        if typed, form == .tree { throw Failure.usage("--typed is a JSON form: use it with -o json") }
        return form
    }

    private func write(_ graph: JavaGraph) throws -> ExitStatus {
        let rendering = ValueRendering(context, reveal: output.reveal)
        if try form() == .tree {
            writeTree(graph, rendering)
        } else {
            try writeJSON(graph, rendering)
        }
        return rendering.problems.conclude(in: context)
    }

    private func writeTree(_ graph: JavaGraph, _ rendering: ValueRendering) {
        var tree = TreeText(width: context.screen?.columns, palette: output.palette(context), sink: context.output)
        for (index, node) in graph.contents.enumerated() {
            guard context.output.wantsMore else { return }
            tree.write(rendering.nodes(of: node, in: graph, name: graph.contentCount > 1 ? "#\(index)" : "", depth: 0))
        }
    }

    private func writeJSON(_ graph: JavaGraph, _ rendering: ValueRendering) throws {
        let sink = JSONSink(sink: context.output, isForTerminal: context.screen != nil)
        var writer = JSONWriter()
        if typed {
            do {
                try TypedJSON.writeStream(
                    graph, reveal: output.reveal, to: &writer, isInterrupted: context.isInterrupted,
                    takePiece: { sink.write($0) })
            } catch {
                rendering.problems.note("", "\(error)")
            }
        } else {
            rendering.writeJSON(graph.contents, of: graph, name: "$", to: &writer)
        }
        sink.write(writer.takeBytes() + [UInt8(ascii: "\n")])
    }

    /// The value of an attribute, as `show` has it.
    private func write(_ document: JSONDocument) throws -> ExitStatus {
        var rendering = ValueRendering(context, reveal: output.reveal)
        rendering.typed = typed
        if try form() == .tree {
            var tree = TreeText(width: context.screen?.columns, palette: output.palette(context), sink: context.output)
            tree.write(rendering.nodes(of: document.root, name: "", depth: 0))
        } else {
            var writer = JSONWriter()
            AttributeJSON(rendering).write(document.root, name: "$", to: &writer)
            JSONSink(sink: context.output, isForTerminal: context.screen != nil).write(
                writer.takeBytes() + [UInt8(ascii: "\n")])
        }
        return rendering.problems.conclude(in: context)
    }

    private func write(_ token: JWT) throws -> ExitStatus {
        if try form() == .tree {
            var tree = TreeText(width: context.screen?.columns, palette: output.palette(context), sink: context.output)
            tree.write(
                JWTTree(now: context.clock(), reveal: output.reveal).nodes(of: token, label: StyledText(), depth: 0))
        } else {
            var writer = JSONWriter()
            token.write(to: &writer, now: context.clock(), reveal: output.reveal)
            JSONSink(sink: context.output, isForTerminal: context.screen != nil).write(
                writer.takeBytes() + [UInt8(ascii: "\n")])
        }
        guard let malformation = token.malformation else { return .done }
        throw DecodingFailure.token(malformation)
    }
}
