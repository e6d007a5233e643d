import JavaSerialization

extension TypedJSON {
    /// Goes on with what is open.
    mutating func take(_ step: TypedStep, _ writer: inout JSONWriter) throws(JavaStreamError) {
        switch step {
        case .items(let items, let next, let endsObject):
            try takeItem(items, next, endsObject, &writer)
        case .named(let name, let items):
            writer.name(name.description)
            writer.beginArray()
            steps.append(.items(items, next: 0, endsObject: false))
        case .entries(let keys, let values, let next): takeEntry(keys, values, next, &writer)
        case .member(let name, let node):
            writer.name(name.description)
            try writeValue(node, to: &writer)
        case .value(let node): try writeValue(node, to: &writer)
        case .content(let node): writeContent(node, try graph.value(of: node), to: &writer)
        case .beginClasses(let node): beginClasses(node, &writer)
        case .classes(let cursor): try takeClass(cursor, &writer)
        case .annotation(let items, let next): try takeAnnotation(items, next, &writer)
        case .bits(let words, let word): takeBits(words, word, &writer)
        case .stackTrace(let frames): writeStackTrace(frames, &writer)
        case .endArray: writer.endArray()
        case .endObject: writer.endObject()
        case .beginSecret: secretDepth += 1
        case .endSecret: secretDepth -= 1
        }
    }

    private mutating func takeItem(
        _ items: JavaItems, _ next: Int, _ endsObject: Bool, _ writer: inout JSONWriter
    ) throws(JavaStreamError) {
        guard next < items.count else {
            writer.endArray()
            if endsObject { writer.endObject() }
            return
        }
        steps.append(.items(items, next: next + 1, endsObject: endsObject))
        try writeValue(items[next], to: &writer)
    }

    private mutating func takeEntry(
        _ keys: JavaItems, _ values: JavaItems, _ next: Int, _ writer: inout JSONWriter
    ) {
        if next < 0 {
            writer.name("entries")
            writer.beginArray()
        }
        let index = max(next, 0)
        guard index < keys.count else { return writer.endArray() }
        writer.beginArray()
        steps.append(.entries(keys: keys, values: values, next: index + 1))
        let isMasked = keys[index].flatMap { graph.text(of: $0) }.map { isSecret(name: $0) } ?? false
        if isMasked { steps.append(.endSecret) }
        steps.append(.items(values.item(index), next: 0, endsObject: false))
        if isMasked { steps.append(.beginSecret) }
        steps.append(.value(keys[index]))
    }

    // MARK: Classes

    private mutating func beginClasses(_ node: JavaNode, _ writer: inout JSONWriter) {
        let isThrowable = graph.classData(of: node).contains { graph.name(of: $0.javaClass) == "java.lang.Throwable" }
        var data = graph.classData(of: node)
        if isThrowable {
            data = graph.classData(of: node, below: "java.lang.Throwable").filter {
                !fields(of: $0.javaClass).isEmpty
            }
        }
        writer.name("classes")
        writer.beginArray()
        steps.append(.classes(ClassCursor(data, explained: graph.explainedClass(of: node))))
    }

    /// Writes the next field, or the end of a class and the beginning of the next.
    private mutating func takeClass(_ cursor: ClassCursor, _ writer: inout JSONWriter) throws(JavaStreamError) {
        guard cursor.index < cursor.data.count else { return writer.endArray() }
        let data = cursor.data[cursor.index]
        steps.append(.classes(cursor))
        if !cursor.isInClass {
            beginClass(data, &writer)
            cursor.fields = data.hasFields ? fields(of: data.javaClass) : []
            cursor.nextField = 0
            cursor.isInClass = true
        } else if cursor.nextField < cursor.fields.count {
            let field = cursor.fields[cursor.nextField]
            cursor.nextField += 1
            try writeField(field, data, &writer)
        } else {
            writer.endObject()
            cursor.isInClass = false
            cursor.index += 1
            endClass(data, isExplained: data.javaClass == cursor.explained, &writer)
        }
    }

    private func beginClass(_ data: JavaClassData, _ writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("name", graph.name(of: data.javaClass))
        writer.member("suid", String(graph.serialVersionUID(of: data.javaClass)))
        writer.member("flags", Int32(graph.flags(of: data.javaClass)))
        if graph.hasWriteMethod(data.javaClass) { writer.flag("customWrite") }
        if !data.hasFields { writer.flag("fieldsNotWritten") }
        writer.name("fields")
        writer.beginObject()
    }

    private mutating func writeField(
        _ field: JavaField, _ data: JavaClassData, _ writer: inout JSONWriter
    ) throws(JavaStreamError) {
        writer.name(field.name)
        switch graph.value(of: field, in: data) {
        case .primitive(let primitive):
            writer.beginObject()
            writer.member("class", primitive.type.name)
            let isMasked = (isSecret(name: field.name) || secretDepth > 0) && SecretPolicy.canBeSecret(primitive)
            if isMasked { writer.flag("masked") } else { writer.primitiveMembers(primitive) }
            writer.endObject()
        case .reference(let node):
            if isSecret(name: field.name) {
                secretDepth += 1
                steps.append(.endSecret)
            }
            try writeValue(node, field, of: data, &writer)
        case nil: writer.null()
        }
    }

    private mutating func writeValue(
        _ node: JavaNode?, _ field: JavaField, of data: JavaClassData, _ writer: inout JSONWriter
    ) throws(JavaStreamError) {
        let depth = secretDepth
        defer { secretDepth = depth }
        // A string is written at once.
        if depth > 0, let node, graph.kind(of: node) == .string,
            SecretPolicy.isPublic(field: field.name, of: graph.name(of: data.javaClass))
        {
            secretDepth = 0
        }
        try writeValue(node, to: &writer)
    }

    /// Whether what a member of this name holds is to be masked.
    func isSecret(name: String) -> Bool { !reveal && SecretPolicy.isSecret(name: name) }

    /// What the class wrote behind its fields, unless the value shows it in another form.
    private mutating func endClass(_ data: JavaClassData, isExplained: Bool, _ writer: inout JSONWriter) {
        guard !isExplained, !data.annotation.isEmpty else { return writer.endObject() }
        steps.append(.endObject)
        beginAnnotation(data.annotation, &writer)
    }

    func fields(of described: JavaClass) -> [JavaField] { graph.fields(of: described) }

    // MARK: Annotations

    mutating func beginAnnotation(_ items: JavaItems, _ writer: inout JSONWriter) {
        writer.name("annotation")
        writer.beginArray()
        annotationDepth += 1
        steps.append(.annotation(items, next: 0))
    }

    private mutating func takeAnnotation(
        _ items: JavaItems, _ next: Int, _ writer: inout JSONWriter
    ) throws(JavaStreamError) {
        guard next < items.count else {
            annotationDepth -= 1
            return writer.endArray()
        }
        steps.append(.annotation(items, next: next + 1))
        guard let node = items[next], graph.kind(of: node) == .blockData else {
            return try writeValue(items[next], to: &writer)
        }
        writer.beginObject()
        writeBlockData(node, Array(graph.bytes[graph.payload(of: node)]), to: &writer)
        writer.endObject()
    }

    /// An object that writes itself: the stream has the primitives and objects, only the class knows their names.
    mutating func writeExternalizable(_ node: JavaNode, to writer: inout JSONWriter) {
        writer.flag("externalizable")
        steps.append(.endObject)
        let data = graph.classData(of: node)
        guard let last = data.last, !last.annotation.isEmpty else { return }
        beginAnnotation(last.annotation, &writer)
    }

    // MARK: Others

    /// The numbers of the bits that are set, word by word.
    private mutating func takeBits(_ words: JavaNode, _ word: Int, _ writer: inout JSONWriter) {
        guard word < graph.elementCount(of: words) else { return writer.endArray() }
        steps.append(.bits(words, word: word + 1))
        guard case .long(let bits) = graph.primitiveElement(word, of: words) else { return }
        for bit in 0..<64 where bits >> Int64(bit) & 1 != 0 { writer.integer(word * 64 + bit) }
    }

    private func writeStackTrace(_ frames: JavaItems, _ writer: inout JSONWriter) {
        writer.name("stackTrace")
        writer.beginArray()
        for case let node? in frames {
            guard let frame = graph.stackFrame(node) else { continue }
            writer.beginObject()
            for (name, text) in [
                ("declaringClass", frame.declaringClass), ("methodName", frame.methodName),
                ("fileName", frame.fileName),
            ] {
                writer.name(name)
                writer.stringOrNull(text, of: graph)
            }
            writer.member("lineNumber", frame.lineNumber)
            writer.endObject()
        }
        writer.endArray()
    }
}

extension JSONWriter {
    /// A member that is true, or not there.
    mutating func flag(_ name: String) {
        self.name(name)
        bool(true)
    }
}
