import Sessions

/// What has to be known of the application that will read sessions of another layout.
struct MigratedContents {
    private static let mostClasses = 10

    /// Sessions by class, but for the platform's.
    private var classes = BoundedCounts()
    /// Sessions that hold a class of the servlet API of the other kind.
    private var otherServlets = BoundedCounts()

    /// - Parameter dropped: the names of attributes that are left out: nobody will read them.
    mutating func add(_ session: Session, without dropped: [[UInt8]] = [], for conversion: SessionConversion?) {
        var session = session
        if !dropped.isEmpty { session.attributes?.removeAll { dropped.contains($0.name) } }
        for name in session.classNames where !Self.isOfThePlatform(name) {
            classes.add(name)
            if let other = conversion?.foreignServlets, name.hasPrefix(other) { otherServlets.add(name) }
        }
    }

    private static func isOfThePlatform(_ name: String) -> Bool { name.hasPrefix("java.") || name.hasPrefix("[") }

    /// - Parameter converts: whether it is another application that will read them.
    func lines(converts: Bool) -> [String] {
        let named = classes.most(Self.mostClasses)
        guard !named.isEmpty else { return [] }
        let rest = classes.nameCount - named.count
        let list = named.map { "\(EscapedName.text(of: Array($0.name.utf8))) (\($0.count))" }.joined(separator: ", ")
        let census =
            (converts ? "classes that the new application must have, each of the same serialVersionUID: " : "classes: ")
            + list
            + (rest > 0 ? ", and \(rest) more (sessionctl stats)" : "")
        return [census] + otherServlets.most(Self.mostClasses).map { Self.unreadable($0.name, in: $0.count) }
    }

    private static func unreadable(_ name: String, in count: Int) -> String {
        (count == 1 ? "1 session holds" : "\(count) sessions hold") + " a \(EscapedName.text(of: Array(name.utf8))): "
            + "the servlet API at the target has other packages, and no application can read it there"
    }
}

extension SessionConversion {
    /// The packages of the servlet API that applications of the target do not have: Spring Session 3 came with `jakarta`.
    fileprivate var foreignServlets: String? {
        guard case .spring(let layout) = layout else { return nil }
        return layout.version >= .three ? "javax.servlet." : "jakarta.servlet."
    }
}
