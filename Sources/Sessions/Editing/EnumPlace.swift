import JavaSerialization

/// The enum of which a constant stands at a place, or may stand there.
struct EnumPlace {
    private let name: String
    /// How its constants describe it.
    let shapes: [ClassShape]

    private init?(_ node: JavaNode?, _ graph: JavaGraph, _ descriptor: String?, isSaid: Bool) {
        if let node {
            guard graph.kind(of: node) == .enumConstant,
                let shapes = graph.javaClass(of: node).flatMap({ graph.shapes(of: $0) })
            else { return nil }
            (name, self.shapes) = (graph.className(of: node), shapes)
        } else {
            guard let descriptor, !descriptor.hasPrefix("["), case let name = JavaTypeName.source(descriptor),
                let shapes = graph.enumShapes(of: name, isSaid: isSaid)
            else { return nil }
            (self.name, self.shapes) = (name, shapes)
        }
    }

    /// Nil where the stream does not say that an enum belongs there.
    ///
    /// - Parameters:
    ///   - like: what stands there, or beside it.
    ///   - descriptor: the type of the place, where it has one.
    init?(like node: JavaNode?, in graph: JavaGraph, _ descriptor: String?) {
        self.init(node, graph, descriptor, isSaid: false)
    }

    /// The enum of a place of which a user says that a constant belongs there.
    ///
    /// - Throws: `EditError` where nobody knows of which enum, or the stream says that the type is none.
    init(
        saidOf node: JavaNode?, in graph: JavaGraph, _ descriptor: String?, _ place: String
    ) throws(EditError) {
        if let known = EnumPlace(node, graph, descriptor, isSaid: true) {
            self = known
            return
        }
        if node == nil, let descriptor {
            throw EditError("\(place): \(JavaTypeName.source(descriptor)) is no enum, as far as the session says")
        }
        throw EditError("\(place): no constant of an enum stands there, so nobody knows of which this is one")
    }

    /// That a constant of this name is known.
    ///
    /// - Parameter option: what says that it exists where it is not.
    func require(
        _ constant: String, in graph: JavaGraph, _ place: String, option: String = "--type enum"
    ) throws(EditError) {
        try Self.require(
            constant, of: name, among: graph.constantNames(of: name), place, way: "\(option) writes it all the same")
    }

    /// That a constant of which a user says that it exists may do so.
    func require(said constant: String, _ place: String) throws(EditError) {
        try Self.require(said: constant, of: name, place)
    }

    /// That an enum is known to have a constant.
    ///
    /// - Parameters:
    ///   - known: those that occur in the session.
    ///   - way: how another one is written all the same.
    static func require(
        _ constant: String, of name: String, among known: [String], _ place: String,
        way: String = "--type enum writes it all the same"
    ) throws(EditError) {
        try requireOfPlatform(constant, of: name, place)
        guard JavaGraph.platformConstants(of: name) == nil, !known.contains(constant) else { return }
        try require(said: constant, of: name, place)
        throw EditError(
            "\(place): whether there is a constant \(constant) of \(name) only the application knows, which could not "
                + "read the session if not; here there are: \(known.isEmpty ? "none" : known.joined(separator: ", ")). \(way)"
        )
    }

    /// That an enum may have a constant of which a user says so.
    static func require(said constant: String, of name: String, _ place: String) throws(EditError) {
        try requireOfPlatform(constant, of: name, place)
        guard isIdentifier(constant) else { throw EditError("\(place): '\(constant)' is no name of a constant") }
    }

    private static func requireOfPlatform(
        _ constant: String, of name: String, _ place: String
    ) throws(EditError) {
        guard let all = JavaGraph.platformConstants(of: name), !all.contains(constant) else { return }
        throw EditError("\(place): \(name) has no constant \(constant): there are \(all.joined(separator: ", "))")
    }

    /// Java Language Specification §3.8.
    static func isIdentifier(_ name: String) -> Bool {
        let marks: [Unicode.GeneralCategory] = [.currencySymbol, .connectorPunctuation]
        func isPart(_ scalar: Unicode.Scalar, _ isAllowed: Bool) -> Bool {
            isAllowed || marks.contains(scalar.properties.generalCategory)
        }
        guard let first = name.unicodeScalars.first, isPart(first, first.properties.isIDStart) else { return false }
        return name.unicodeScalars.allSatisfy { isPart($0, $0.properties.isIDContinue) }
    }
}
