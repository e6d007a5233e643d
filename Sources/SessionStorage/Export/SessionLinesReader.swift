#if canImport(Darwin)
    import Darwin

    private let systemRead = Darwin.read
#else
    import Glibc

    private let systemRead = Glibc.read
#endif

/// Reads an export as JSON lines, in bounded memory.
package struct SessionLinesReader {
    /// What a file was found to be.
    package struct Found {
        /// What its first line says.
        package var origin: ExportOrigin?
        /// Whether the last run came to its end, or one before it did.
        package var isComplete = false
        /// How many of its lines are sessions.
        package var lines = 0
        /// How many bytes of it are whole lines.
        package var wholeBytes = 0
        /// Whether it breaks off inside of a line.
        package var isCutOff = false
    }

    private let descriptor: Int32
    private let name: String
    private let isInterrupted: () -> Bool

    /// Sessions that are put into the archive at once, and after how many bytes no more are.
    private static let atOnce = 300
    private static let bytesAtOnce = 4 << 20

    /// - Parameters:
    ///   - descriptor: a file at its start, or a pipe.
    ///   - name: what messages call it.
    package init(_ descriptor: Int32, name: String, isInterrupted: @escaping () -> Bool = { false }) {
        self.descriptor = descriptor
        self.name = name
        self.isInterrupted = isInterrupted
    }

    /// Puts all sessions into an archive: of one that stands in several lines, the last.
    ///
    /// - Throws: ``StorageError/archive(_:)`` that names the line where one is no line of an export. A last line without an end is left
    ///   out, and said.
    ///
    /// - Parameter mayBeginAnew: whether it may break off inside of its first line.
    package func read(
        into archive: SessionArchive, mayBeginAnew: Bool = false
    ) throws(StorageError) -> Found {
        var found = Found()
        var number = 0
        var batch: [ExportedSession] = []
        var bytes = 0
        func flush() throws(StorageError) {
            _ = try archive.write(batch)
            batch.removeAll()
            bytes = 0
        }
        found.isCutOff = try forEachLine { line throws(StorageError) in
            number += 1
            found.wholeBytes += line.count + 1
            switch try self.line(line, number) {
            case .beginning(let origin):
                guard number == 1 else { throw fault(number, "an export begins in the middle of it") }
                found.origin = origin
            case .session(let session):
                guard number > 1 else { throw foreign }
                batch.append(ExportedSession(session, principal: nil, json: Array("null".utf8)))
                bytes += line.count
                found.lines += 1
                if batch.count == Self.atOnce || bytes > Self.bytesAtOnce { try flush() }
            case .end(let lines):
                guard lines == found.lines else {
                    throw fault(number, "\(lines) sessions should stand before it, and \(found.lines) do")
                }
                found.isComplete = true
            }
        }
        try flush()
        guard found.origin != nil || mayBeginAnew && number == 0 else { throw foreign }
        return found
    }

    private func line(_ bytes: [UInt8], _ number: Int) throws(StorageError) -> SessionLine {
        do throws(LineFault) {
            return try SessionLine(bytes)
        } catch {
            if number == 1 { throw foreign }
            throw fault(number, error.reason)
        }
    }

    private var foreign: StorageError {
        .archive(
            ArchiveProblem(
                .unsafe,
                "\(name) is no export of sessions: neither an archive nor JSON lines that sessionctl has written"))
    }

    private func fault(_ number: Int, _ reason: String) -> StorageError {
        .archive(
            ArchiveProblem(.damaged, "\(name) is damaged: line \(number): \(reason); \(ArchiveKind.export.remedy)"))
    }

    /// Hands over the whole lines without their ends; whether something stands behind the last one.
    private func forEachLine(_ body: ([UInt8]) throws(StorageError) -> Void) throws(StorageError) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        var line: [UInt8] = []
        while true {
            let count = systemRead(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR, !isInterrupted() { continue }
            if isInterrupted() { throw .interrupted }
            guard count >= 0 else {
                throw .archive(ArchiveProblem(.failed, "\(name) cannot be read: \(SystemReason.text(errno))"))
            }
            if count == 0 { return !line.isEmpty }
            var rest = buffer[..<count]
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                line += rest[..<end]
                try body(line)
                line.removeAll(keepingCapacity: true)
                rest = rest[(end + 1)...]
            }
            line += rest
            guard line.count <= SessionLine.longest else {
                throw .archive(
                    ArchiveProblem(.tooLarge, "\(name) has a line of more than \(SessionLine.longest >> 20) MB"))
            }
        }
    }
}
