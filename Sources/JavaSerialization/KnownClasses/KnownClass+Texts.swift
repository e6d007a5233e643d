extension KnownClass {
    /// Classes that people know by their text.
    static let texts: [KnownClass] = [
        KnownClass(name: "java.util.UUID", meaning: .text(.uuid)),
        KnownClass(name: "java.net.URL", meaning: .text(.url)),
        KnownClass(name: "java.net.URI", meaning: .text(.field("string"))),
        KnownClass(name: "java.util.Currency", meaning: .text(.field("currencyCode"))),
        KnownClass(name: "java.io.File", meaning: .text(.field("path"))),
        KnownClass(name: "java.util.TimeZone", meaning: .text(.field("ID")), reach: .subclasses),
        KnownClass(name: "java.net.InetAddress", meaning: .text(.inetAddress), resolvesTo: "java.net.Inet4Address"),
        KnownClass(name: "java.net.Inet4Address", meaning: .text(.inetAddress), data: "java.net.InetAddress"),
        KnownClass(name: "java.net.Inet6Address", meaning: .text(.inet6Address)),
        KnownClass(name: "java.lang.StringBuffer", meaning: .text(.stringBuffer)),
        KnownClass(name: "java.lang.StringBuilder", meaning: .text(.stringBuilder)),
        KnownClass(name: "java.time.Ser", meaning: .text(.time)),
        KnownClass(name: "java.time.chrono.Ser", meaning: .text(.chronology)),
    ]
}
