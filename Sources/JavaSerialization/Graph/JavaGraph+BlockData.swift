extension JavaGraph {
    /// The content of all blocks of primitive data in the stream, one after the other. A writer splits what it is given into
    /// blocks of at most 1024 bytes (Java Object Serialization Specification §6.4.2), so what belongs together may stand in several.
    package var blockData: [UInt8] {
        var data: [UInt8] = []
        for index in 0..<nodeCount {
            guard let node = JavaNode(Int32(truncatingIfNeeded: index)), kind(of: node) == .blockData else { continue }
            data += bytes[payload(of: node)]
        }
        return data
    }

    /// The stream that is all that this one holds, in its blocks of data; nil where there is something else.
    package var wrappedStream: [UInt8]? {
        let isBlocks = contents.allSatisfy { $0.map { [.blockData, .reset].contains(kind(of: $0)) } ?? false }
        guard isBlocks else { return nil }
        let data = blockData
        return data.starts(with: [0xAC, 0xED, 0, 5]) ? data : nil
    }
}
