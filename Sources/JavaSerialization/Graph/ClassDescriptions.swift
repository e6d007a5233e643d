/// How a stream describes classes, by their names: what a JVM compares with the classes that it has, before it reads an object of them.
package struct ClassDescriptions: Sendable {
    /// What is not the same of a class in two streams.
    package enum Difference: Sendable, Hashable {
        /// It is in the first stream alone.
        case missing
        /// It is in the other one alone.
        case tooMuch
        /// It has another `serialVersionUID`.
        case version
        /// It has other fields, flags or another superclass.
        case form
    }

    private struct Description: Sendable, Hashable {
        let shape: ClassShape
        let superclass: String?
    }

    /// A class may be described several times in one stream.
    private var descriptions: [String: Set<Description>] = [:]

    /// The descriptions of the classes of `roots` and of all that they refer to, but for those of dynamic proxies, which have names alone.
    package init(of graph: JavaGraph, reachedFrom roots: some Sequence<JavaNode?>) {
        for described in graph.walked(from: roots) where graph.proxyInterfaces(of: described) == nil {
            let shape = graph.shape(of: described)
            let superclass = graph.superclass(of: described).map { graph.name(of: $0) }
            descriptions[shape.name, default: []].insert(Description(shape: shape, superclass: superclass))
        }
    }

    /// What is not the same in `other`, by the names of the classes.
    package func differences(to other: ClassDescriptions) -> [(className: String, difference: Difference)] {
        Set(descriptions.keys).union(other.descriptions.keys).sorted().compactMap { name in
            difference(of: descriptions[name], and: other.descriptions[name]).map { (name, $0) }
        }
    }

    private func difference(of one: Set<Description>?, and other: Set<Description>?) -> Difference? {
        guard let one else { return .tooMuch }
        guard let other else { return .missing }
        guard one != other else { return nil }
        let versions = [one, other].map { Set($0.map(\.shape.serialVersionUID)) }
        return versions[0] == versions[1] ? .form : .version
    }

    /// Whether the platform has the class, and it is known what its objects mean: some of its versions write one in the place of another.
    package static func isKnown(_ name: String) -> Bool { KnownClass.rowByName[name] != nil }
}
