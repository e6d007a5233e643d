/// Makes a stream of new values, piece by piece in the order of the stream, so that values of any size and depth cost no stack.
///
/// Classes are described where they are met first. What is begun has to be written whole: an object has the data of each class from
/// the topmost down, primitive fields before objects.
///
/// ```swift
/// var builder = JavaStreamBuilder()
/// builder.beginList(count: 2)
/// builder.string("alice")
/// builder.box(.int(42))
/// builder.endList()
/// let graph = try builder.graph()
/// ```
public struct JavaStreamBuilder: Sendable {
    /// What has been written so far.
    public private(set) var bytes: [UInt8] = [0xAC, 0xED, 0, 5]
    private var handleCount: Int32 = 0
    /// Handles of class descriptions, by the shapes from the class up, and of the names of field types.
    private var classes: [[ClassShape]: Int32] = [:]
    private var typeStrings: [String: Int32] = [:]

    /// A stream without contents.
    public init() {}

    /// An object that was begun here, to be referred to again.
    public struct Handle: Hashable, Sendable { let number: Int32 }

    /// The graph of all that was written.
    ///
    /// - Throws: `JavaStreamError` where something was not written whole.
    public func graph() throws(JavaStreamError) -> JavaGraph { try JavaGraph(bytes) }

    /// `nullReference`
    public mutating func null() { bytes.append(TypeCode.null) }

    /// `prevObject`
    public mutating func reference(_ handle: Handle) { writeReference(handle.number) }

    private mutating func writeReference(_ handle: Int32) {
        bytes.append(TypeCode.reference)
        append(Int64(StreamConstant.baseWireHandle) + Int64(handle), 4)
    }

    private mutating func takeHandle() -> Handle {
        defer { handleCount += 1 }
        return Handle(number: handleCount)
    }

    /// `newString`; unpaired surrogates are kept.
    @discardableResult
    public mutating func string(_ units: [UInt16]) -> Handle {
        let text = ModifiedUTF8.bytes(of: units)
        let isLong = text.count > Int(UInt16.max)
        bytes.append(isLong ? TypeCode.longString : TypeCode.string)
        append(Int64(text.count), isLong ? 8 : 2)
        bytes += text
        return takeHandle()
    }

    /// The same of Swift text.
    @discardableResult
    public mutating func string(_ text: String) -> Handle { string(Array(text.utf16)) }

    /// `newObject`, up to its data.
    ///
    /// - Parameter shapes: its class and the superclasses, from the class itself up.
    @discardableResult
    public mutating func beginObject(_ shapes: [ClassShape]) -> Handle {
        bytes.append(TypeCode.object)
        describe(shapes)
        return takeHandle()
    }

    /// `newArray` of objects, up to its elements.
    @discardableResult
    public mutating func beginArray(_ shapes: [ClassShape], count: Int) -> Handle {
        bytes.append(TypeCode.array)
        describe(shapes)
        append(Int64(count), 4)
        return takeHandle()
    }

    /// `newArray` of primitives, whole.
    ///
    /// - Parameter elements: their bytes, the highest of each first.
    @discardableResult
    public mutating func array(of type: PrimitiveType, _ elements: [UInt8]) -> Handle {
        defer { bytes += elements }
        return beginArray(PlatformShapes.array(of: type), count: elements.count / type.size)
    }

    /// `newEnum`
    @discardableResult
    public mutating func enumConstant(_ shapes: [ClassShape], _ name: String) -> Handle {
        bytes.append(TypeCode.enum)
        describe(shapes)
        defer { string(name) }
        return takeHandle()
    }

    /// The value of a primitive field.
    public mutating func primitive(_ value: JavaPrimitive) { bytes += value.bytes }

    /// Data that a class writes itself, in one block.
    public mutating func block(_ data: [UInt8]) {
        let isShort = data.count <= Int(UInt8.max)
        bytes.append(isShort ? TypeCode.blockData : TypeCode.blockDataLong)
        append(Int64(data.count), isShort ? 1 : 4)
        bytes += data
    }

    /// `endBlockData`: ends what a class writes itself.
    public mutating func endAnnotation() { bytes.append(TypeCode.endBlockData) }

    // MARK: Classes

    private mutating func describe(_ shapes: [ClassShape]) {
        var rest = shapes[...]
        while let shape = rest.first {
            if let known = classes[Array(rest)] { return writeReference(known) }
            bytes.append(TypeCode.classDescription)
            utf(shape.name)
            append(shape.serialVersionUID, 8)
            classes[Array(rest)] = takeHandle().number
            bytes.append(shape.flags)
            append(Int64(shape.fields.count), 2)
            for field in shape.fields { write(field) }
            bytes.append(TypeCode.endBlockData)
            rest = rest.dropFirst()
        }
        null()
    }

    private mutating func write(_ field: ClassShape.Field) {
        bytes.append(field.typeCode)
        utf(field.name)
        guard !field.typeDescriptor.isEmpty else { return }
        if let known = typeStrings[field.typeDescriptor] { return writeReference(known) }
        typeStrings[field.typeDescriptor] = string(field.typeDescriptor).number
    }

    private mutating func utf(_ text: String) {
        let encoded = ModifiedUTF8.bytes(of: Array(text.utf16)).prefix(Int(UInt16.max))
        append(Int64(encoded.count), 2)
        bytes += encoded
    }

    private mutating func append(_ value: Int64, _ size: Int) {
        for place in (0..<size).reversed() { bytes.append(UInt8(truncatingIfNeeded: value >> Int64(8 * place))) }
    }
}

extension JavaPrimitive {
    /// As a stream has it: the highest byte first.
    public var bytes: [UInt8] {
        switch self {
        case .byte(let value): [UInt8(bitPattern: value)]
        case .boolean(let value): [value ? 1 : 0]
        case .char(let value): Self.bytes(of: value)
        case .short(let value): Self.bytes(of: value)
        case .int(let value): Self.bytes(of: value)
        case .long(let value): Self.bytes(of: value)
        case .float(let value): Self.bytes(of: value.bitPattern)
        case .double(let value): Self.bytes(of: value.bitPattern)
        }
    }

    private static func bytes(of value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }
}
