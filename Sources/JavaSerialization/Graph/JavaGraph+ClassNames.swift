extension JavaGraph {
    /// The names of all classes that the stream describes, superclasses, enums and arrays among them, in the order of the
    /// stream; of a dynamic proxy its interfaces. Nothing is decoded for it, and a name that was in a stream before is not made anew.
    public var classNames: [String] {
        var names: [String] = []
        names.reserveCapacity(classCount)
        forEachClassName { names.append($0.text) }
        return names
    }

    /// The same one after the other.
    package func forEachClassName(_ body: (ClassName) -> Void) {
        for index in 0..<classCount {
            guard let described = JavaClass(Int32(truncatingIfNeeded: index)) else { continue }
            forEachName(of: described, body)
        }
    }

    /// The name of a class, of a dynamic proxy the names of its interfaces.
    func forEachName(of described: JavaClass, _ body: (ClassName) -> Void) {
        guard let interfaces = proxyInterfaces(of: described) else { return body(sharedName(of: described)) }
        for interface in interfaces { body(ClassName(interface)) }
    }
}
