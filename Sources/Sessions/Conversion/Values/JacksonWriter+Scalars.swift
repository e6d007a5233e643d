import JavaSerialization

extension JacksonWriter {
    /// Writes a value that has no parts; false for one that has.
    mutating func writeScalar(
        _ node: JavaNode, _ value: JavaValue, isTyped: Bool
    ) throws(ValueProblem) -> Bool {
        let name = value.className
        switch value.content {
        case .string:
            output += strings.quoted(graph.wtf8(of: node) ?? [])
            return true
        case .box(let box): try write(box, name, isTyped: isTyped)
        case .bigInteger(let digits): try write(number: digits, name, isTyped: isTyped)
        case .bigDecimal(let text, _, _): try write(number: text, name, isTyped: isTyped)
        case .date(let time): try write(time: time, node, name)
        case .timestamp(let time, let nanos):
            guard nanos % 1_000_000 == 0 else {
                throw problem(name, "the \(name) has parts of milliseconds, which its JSON does not hold")
            }
            try write(time: time, node, name)
        case .atomic(let value): try write(atomic: value, node, name)
        case .enumConstant(let constant): try write(constant: constant, name)
        case .locale(let locale): try write(locale, name)
        case .text(let text): try write(text, value)
        default: return false
        }
        return true
    }

    /// The text with its class around it.
    private mutating func wrap(_ text: [UInt8], _ name: String) throws(ValueProblem) {
        try require(name)
        output += Array("[\"\(name)\",".utf8) + text + Array("]".utf8)
    }

    private mutating func write(_ box: JavaPrimitive, _ name: String, isTyped: Bool) throws(ValueProblem) {
        let text = text(of: box)
        if isTyped || isRead(bare: box) { output += text } else { try wrap(text, name) }
    }

    /// Whether the bare value is read as one of its class.
    private func isRead(bare box: JavaPrimitive) -> Bool {
        switch box {
        case .boolean, .int: true
        case .double(let value): value.isFinite
        // Of numbers in lists Jackson names the class also where their size tells it.
        case .long(let value): output.isEmpty && Int32(exactly: value) == nil
        default: false
        }
    }

    /// A primitive as Jackson writes it.
    func text(of primitive: JavaPrimitive) -> [UInt8] {
        switch primitive {
        case .boolean(let value): Array((value ? "true" : "false").utf8)
        case .byte(let value): Int64(value).decimal
        case .short(let value): Int64(value).decimal
        case .int(let value): Int64(value).decimal
        case .long(let value): value.decimal
        case .char(let unit): strings.quoted(JSONString(utf16: [unit]).bytes)
        case .float(let value): Self.text(JavaNumberText.text(value), isFinite: value.isFinite)
        case .double(let value): Self.text(JavaNumberText.text(value), isFinite: value.isFinite)
        }
    }

    /// What is no number stands between quotation marks.
    private static func text(_ text: String, isFinite: Bool) -> [UInt8] {
        Array((isFinite ? text : "\"\(text)\"").utf8)
    }

    private mutating func write(number: String?, _ name: String, isTyped: Bool) throws(ValueProblem) {
        guard let number, number.utf8.count <= Self.longestNumber else {
            throw problem(
                name, "the \(name) is longer than the \(Self.longestNumber) characters of a number that Jackson reads")
        }
        try wrap(Array(number.utf8), name)
    }

    private mutating func write(time: Int64, _ node: JavaNode, _ name: String) throws(ValueProblem) {
        guard ["java.util.Date", "java.sql.Date", "java.sql.Timestamp"].contains(name) else {
            throw problem(name, "a \(name) is written without its date by Jackson")
        }
        try meet(node, name)
        try wrap(time.decimal, name)
    }

    private mutating func write(atomic: JavaPrimitive, _ node: JavaNode, _ name: String) throws(ValueProblem) {
        let names = ["AtomicInteger", "AtomicLong", "AtomicBoolean"].map { "java.util.concurrent.atomic." + $0 }
        guard names.contains(name) else { throw refusal(ofClass: name) }
        try meet(node, name)
        try wrap(text(of: atomic), name)
    }

    private mutating func write(constant: JavaNode, _ name: String) throws(ValueProblem) {
        guard let text = graph.wtf8(of: constant), JavaGraph.platformConstants(of: name) != nil else {
            throw problem(name, "\(name) is an enum of the application, whose JSON only the application knows")
        }
        try wrap(strings.quoted(text), name)
    }

    private mutating func write(_ locale: JavaLocale, _ name: String) throws(ValueProblem) {
        guard !locale.text.utf8.contains(UInt8(ascii: "#")) else {
            throw problem(name, "the \(name) has a script or an extension, which not every Jackson reads")
        }
        try wrap(strings.quoted(Array(locale.text.utf8)), name)
    }

    private mutating func write(_ text: JavaText, _ value: JavaValue) throws(ValueProblem) {
        let name = value.className
        switch name {
        case "java.util.UUID", "java.net.URI", "java.util.Currency": break
        case _ where name.hasPrefix("java.time."):
            guard conversion.hasJavaTime, JacksonTimes.areRead(name, text.text) else {
                throw problem(name, JacksonTimes.refusal(of: name, isThere: conversion.hasJavaTime))
            }
        default: throw refusal(ofClass: name)
        }
        try wrap(strings.quoted(text.wtf8), name)
    }

    // MARK: Classes

    /// - Throws: where the application's mapper reads no such class.
    func require(_ name: String) throws(ValueProblem) {
        guard conversion.mapper == .springSecurity, !Self.allowed.contains(name) else { return }
        throw problem(
            name,
            "Spring Security's JSON reads a \(name) only where the application has allowed it (SecurityJackson2Modules)"
        )
    }

    /// The list of `SecurityJackson2Modules`, as far as its classes are written here, and those that have a mix-in.
    private static let allowed: Set<String> = [
        "java.util.ArrayList", "java.util.Collections$EmptyList", "java.util.Collections$EmptyMap",
        "java.util.Collections$SingletonList", "java.util.Collections$UnmodifiableRandomAccessList",
        "java.util.Collections$UnmodifiableSet", "java.util.Date", "java.time.Instant", "java.util.HashMap",
        "java.util.LinkedHashMap", "java.util.TreeMap",
    ]

    /// That a class is not among those whose JSON is certain.
    func refusal(ofClass name: String) -> ValueProblem {
        let isPlatform = ["java.", "javax.", "sun.", "jdk."].contains { name.hasPrefix($0) }
        return problem(
            name,
            isPlatform
                ? "of a \(name) it is not certain what Jackson writes and reads"
                : "\(name) is a class of the application, whose JSON only the application knows")
    }
}
