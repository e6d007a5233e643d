/// The arenas that hold one graph; emptied, not freed, between streams.
struct GraphTables: ~Copyable {
    var nodes = Arena<NodeRecord>(minimumCapacity: 64)
    var slots = Arena<Int32>(minimumCapacity: 64)
    var classes = Arena<ClassRecord>(minimumCapacity: 16)
    var fields = Arena<FieldRecord>(minimumCapacity: 64)
    var classData = Arena<ClassDataRecord>(minimumCapacity: 64)
    var contents = Arena<Int32>(minimumCapacity: 16)
    /// How often each `TC_*` was read, by tag minus 0x70.
    var tagCounts = Arena<Int32>(minimumCapacity: 16)
    /// How many handles the stream assigned in all.
    var handleCount: Int32 = 0
    /// Why the last content is opaque, if it is.
    var opaqueReason: OpaqueReason?

    /// More elements than all but unusual streams have.
    private static let usualCapacity = 1 << 16

    /// Forgets the graph; the memory stays for the next one, but for what an unusually large one took.
    mutating func removeAll() {
        nodes.shrink(to: 0)
        slots.shrink(to: 0)
        classes.shrink(to: 0)
        fields.shrink(to: 0)
        classData.shrink(to: 0)
        contents.shrink(to: 0)
        tagCounts.shrink(to: 0)
        _ = tagCounts.append(repeating: 0, count: TypeCode.names.count)
        handleCount = 0
        opaqueReason = nil
        nodes.trim(toCapacity: Self.usualCapacity)
        slots.trim(toCapacity: Self.usualCapacity)
        classes.trim(toCapacity: Self.usualCapacity)
        fields.trim(toCapacity: Self.usualCapacity)
        classData.trim(toCapacity: Self.usualCapacity)
        contents.trim(toCapacity: Self.usualCapacity)
    }
}

/// Why a part of a stream stays unread: the grammar alone does not say where its data ends.
public struct OpaqueReason: Sendable, Hashable, CustomStringConvertible {
    /// What only the class knows.
    public enum Cause: Sendable, Hashable {
        /// Protocol version 1 writes `writeExternal` data without a frame (§6.4: `SC_EXTERNALIZABLE` without `SC_BLOCK_DATA`).
        case unframedExternalData
        /// `writeObject` did not write the declared fields (no `defaultWriteObject`).
        case omittedDefaultFields
    }

    /// What only the class knows.
    public let cause: Cause
    /// The class that would know, by its name in the stream.
    public let className: String
    /// The byte at which the unreadable data starts.
    public let offset: Int

    /// One sentence for people; the class name comes from the data.
    public var description: String {
        switch cause {
        case .unframedExternalData:
            "only class \(className) knows where its external data ends (stream protocol 1)"
        case .omittedDefaultFields:
            "only class \(className) knows its data: its writeObject method does not write the declared fields"
        }
    }
}
