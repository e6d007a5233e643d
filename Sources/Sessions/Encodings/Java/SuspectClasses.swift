import JavaSerialization

/// Classes of known attacks on programs that deserialize: a stream that names one was hardly written by a session.
///
/// Nothing here is ever loaded, so they do no harm to us; but whoever shows a session should say what is in it.
public struct SuspectClasses {
    /// Names, and beginnings of names that end in a dot, dollar sign or word of their own.
    ///
    /// Sources: the published collections of gadget chains for Java (ysoserial, marshalsec) by their entry classes.
    static let prefixes = [
        "bsh.", "ch.qos.logback.core.db.", "clojure.", "com.caucho.", "com.mchange.v2.",
        "com.rometools.rome.feed.impl.",
        "com.sun.jndi.", "com.sun.org.apache.xalan.internal.xsltc.trax.", "com.sun.rowset.JdbcRowSetImpl",
        "com.sun.syndication.feed.impl.", "com.vaadin.data.util.NestedMethodProperty",
        "com.vaadin.data.util.PropertysetItem", "com.vaadin.v7.data.util.NestedMethodProperty",
        "com.fasterxml.jackson.databind.node.POJONode", "java.beans.EventHandler", "java.rmi.server.",
        "java.security.SignedObject", "javax.management.BadAttributeValueExpException", "javax.naming.", "net.sf.json.",
        "org.apache.click.control.Column$ColumnComparator", "org.apache.commons.beanutils.",
        "org.apache.commons.collections.functors.", "org.apache.commons.collections.comparators.TransformingComparator",
        "org.apache.commons.collections.keyvalue.TiedMapEntry", "org.apache.commons.collections.map.DefaultedMap",
        "org.apache.commons.collections.map.LazyMap", "org.apache.commons.collections.map.TransformedMap",
        "org.apache.commons.collections4.functors.",
        "org.apache.commons.collections4.comparators.TransformingComparator",
        "org.apache.commons.collections4.keyvalue.TiedMapEntry", "org.apache.commons.collections4.map.DefaultedMap",
        "org.apache.commons.collections4.map.LazyMap", "org.apache.commons.collections4.map.TransformedMap",
        "org.apache.commons.dbcp", "org.apache.commons.fileupload.disk.DiskFileItem",
        "org.apache.commons.configuration.ConfigurationMap", "org.apache.myfaces.el.",
        "org.apache.myfaces.view.facelets.el.", "org.apache.tomcat.dbcp.", "org.apache.wicket.util.upload.",
        "org.apache.xalan.xsltc.trax.", "org.apache.xbean.naming.", "org.aspectj.weaver.tools.cache.",
        "org.codehaus.groovy.runtime.", "org.hibernate.engine.spi.TypedValue", "org.hibernate.property.",
        "org.hibernate.tuple.component.", "org.hibernate.type.ComponentType", "org.jboss.interceptor.",
        "org.jboss.weld.interceptor.", "org.mozilla.javascript.", "org.python.core.",
        "org.springframework.aop.framework.JdkDynamicAopProxy", "org.springframework.aop.target.",
        "org.springframework.beans.factory.support.AutowireUtils$ObjectFactoryDelegatingInvocationHandler",
        "org.springframework.core.SerializableTypeWrapper$", "sun.reflect.annotation.AnnotationInvocationHandler",
        "sun.rmi.server.",
    ]

    private var known: [JavaClass: Bool] = [:]

    /// The prefixes by their first bytes, so that a name is compared with one or two at most, and most names with none.
    private static let buckets = Dictionary(grouping: prefixes.map { Array($0.utf8) }) { start(of: $0.span) }

    /// Whether a class of that name belongs to a known attack.
    public static func isSuspect(_ name: String) -> Bool {
        let name = name.utf8Span.span
        return buckets[start(of: name)]?.contains { isPrefix($0, of: name) } ?? false
    }

    /// The first four bytes, and two more where they say only that it is a class of Java's own.
    private static func start(of name: Span<UInt8>) -> UInt64 {
        var start: UInt64 = 0
        for index in 0..<min(4, name.count) { start = start << 8 | UInt64(name[index]) }
        guard start == 0x6a61_7661 else { return start }
        for index in 4..<max(4, min(6, name.count)) { start = start << 8 | UInt64(name[index]) }
        return start
    }

    private static func isPrefix(_ prefix: [UInt8], of name: Span<UInt8>) -> Bool {
        guard prefix.count <= name.count else { return false }
        for index in prefix.indices where prefix[index] != name[index] { return false }
        return true
    }

    /// Whether a value is of such a class, or of one derived from it, or a map that asks a name server when it is read.
    mutating func isSuspect(_ node: JavaNode, _ value: JavaValue, of graph: JavaGraph) -> Bool {
        if let described = graph.javaClass(of: node), isSuspect(described, of: graph) { return true }
        guard case .map(let map) = value.content else { return false }
        return map.keys.contains { key in key.map { Self.asksNameServer($0, of: graph) } ?? false }
    }

    /// The class of a graph and its superclasses, the nearest 64.
    mutating func isSuspect(_ described: JavaClass, of graph: JavaGraph) -> Bool {
        if let answer = known[described] { return answer }
        var ancestor: JavaClass? = described
        var answer = false
        for _ in 0..<64 {
            guard let current = ancestor, !answer else { break }
            answer = Self.isSuspect(graph.name(of: current))
            ancestor = graph.superclass(of: current)
        }
        known[described] = answer
        return answer
    }

    /// A URL as a key whose hash code is not known: Java looks up its host to compute it.
    private static func asksNameServer(_ key: JavaNode, of graph: JavaGraph) -> Bool {
        guard graph.isInstance(key, of: "java.net.URL"),
            case .primitive(.int(-1)) = graph.fieldValue("hashCode", of: key)
        else { return false }
        return true
    }
}
