// Throwables and lambdas.

extension KnownObject {
    /// `java.lang.Throwable`; a throwable without a cause refers to itself.
    func throwable() throws(JavaStreamError) -> JavaThrowable {
        var cause = optionalReference("cause")
        if cause == node { cause = nil }
        // These keep their cause in a field of their own.
        if cause == nil {
            cause = graph.reference("target", of: node, ifInstanceOf: "java.lang.reflect.InvocationTargetException")
        }
        return JavaThrowable(
            message: optionalReference("detailMessage"), cause: cause,
            stackTrace: JavaItems(
                graph: graph, optionalReference("stackTrace").map { graph.elementSlots(of: $0) } ?? .empty),
            suppressed: JavaItems(graph: graph, try suppressed()))
    }

    private func suppressed() throws(JavaStreamError) -> SlotRange {
        guard let list = optionalReference("suppressedExceptions"),
            let found = try innermostSequence(list)
        else { return .empty }
        return found.elements
    }

    /// `java.lang.invoke.SerializedLambda`; the capturing class is a class object, the others are names.
    func lambda() throws(JavaStreamError) -> JavaLambda {
        let capturing = try reference("capturingClass").map { graph.className(of: $0) } ?? ""
        return JavaLambda(
            capturingClass: String(capturing.map { $0 == "." ? "/" : $0 }),
            functionalInterfaceClass: try reference("functionalInterfaceClass"),
            functionalInterfaceMethodName: try reference("functionalInterfaceMethodName"),
            functionalInterfaceMethodSignature: try reference("functionalInterfaceMethodSignature"),
            implClass: try reference("implClass"), implMethodName: try reference("implMethodName"),
            implMethodSignature: try reference("implMethodSignature"), implMethodKind: try int("implMethodKind"),
            instantiatedMethodType: try reference("instantiatedMethodType"),
            capturedArguments: JavaItems(graph: graph, try elements("capturedArgs")))
    }
}

extension JavaGraph {
    /// A line of a stack trace; nil where the node is none.
    public func stackFrame(_ node: JavaNode) -> JavaStackFrame? {
        guard isInstance(node, of: "java.lang.StackTraceElement"),
            case .primitive(.int(let line)) = fieldValue("lineNumber", of: node)
        else { return nil }
        return JavaStackFrame(
            declaringClass: reference("declaringClass", of: node), methodName: reference("methodName", of: node),
            fileName: reference("fileName", of: node), lineNumber: line)
    }

    func reference(_ field: StaticString, of node: JavaNode, ifInstanceOf name: StaticString) -> JavaNode? {
        isInstance(node, of: name) ? reference(field, of: node) : nil
    }
}
