extension JavaGraph {
    /// The names of all classes that the stream describes, superclasses, enums and arrays among them, in the order of the
    /// stream; of a dynamic proxy its interfaces. Nothing is decoded for it.
    public var classNames: [String] {
        var names: [String] = []
        for index in 0..<classCount {
            guard let described = JavaClass(Int32(truncatingIfNeeded: index)) else { continue }
            names += proxyInterfaces(of: described) ?? [name(of: described)]
        }
        return names
    }
}
