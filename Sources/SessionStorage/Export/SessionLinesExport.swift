#if canImport(Darwin)
    import Darwin

    private let systemWrite = Darwin.write
#else
    import Glibc

    private let systemWrite = Glibc.write
#endif

private func openedForWriting(_ path: String) -> Int32 { open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC) }

/// Writes an export as JSON lines: to a file that can be gone on with, or to a stream.
package final class SessionLinesExport: SessionExport {
    /// Where lines go.
    private enum Place {
        case file(Int32, path: String)
        case stream((_ bytes: [UInt8]) throws(StorageError) -> Void)
    }

    private let place: Place
    /// What is in the file; nil where it was empty.
    private let known: SessionArchive?
    private var isComplete: Bool
    private var wasWritten = false
    /// How many lines of sessions there are: of one that has changed the last holds.
    private var lines: Int
    package var count: Int { known?.count ?? lines }

    private init(_ place: Place, known: SessionArchive?, _ found: SessionLinesReader.Found) {
        self.place = place
        self.known = known
        isComplete = found.isComplete
        lines = found.lines
    }

    deinit { if case .file(let descriptor, _) = place { RunningMark.release(descriptor) } }

    /// Writes to a stream, from its beginning.
    package static func stream(
        _ origin: ExportOrigin, _ put: @escaping ([UInt8]) throws(StorageError) -> Void
    ) throws(StorageError) -> SessionLinesExport {
        let export = SessionLinesExport(.stream(put), known: nil, SessionLinesReader.Found())
        try export.put(SessionLine.beginning(of: origin))
        return export
    }

    /// Makes a file, or goes on with the one that the same export has begun. A line that was not written to its end is taken away.
    ///
    /// - Parameter folder: where temporary files are made.
    package static func open(
        _ path: String, for origin: ExportOrigin, folder: String, isInterrupted: @escaping () -> Bool
    ) throws(StorageError) -> SessionLinesExport {
        let place = try ExportPlace(path)
        let descriptor = openedForWriting(place.path)
        guard descriptor >= 0 else { throw .archiveSystem("cannot open", place.path, code: errno, .export) }
        do throws(StorageError) {
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                throw .archive(ArchiveProblem(.busy, "\(place.path) is being written by another sessionctl"))
            }
            return try goOn(descriptor, place, origin, folder, isInterrupted)
        } catch {
            close(descriptor)
            throw error
        }
    }

    private static func goOn(
        _ descriptor: Int32, _ place: ExportPlace, _ origin: ExportOrigin, _ folder: String,
        _ isInterrupted: @escaping () -> Bool
    ) throws(StorageError) -> SessionLinesExport {
        var known: SessionArchive?
        var found = SessionLinesReader.Found()
        if !place.isEmpty {
            // Whatever else is in it is never written over.
            let first = try FileBeginning.of(place.path, count: SessionLine.beginning.count)
            guard SessionLine.beginning.starts(with: first) else {
                throw .holdsSomethingElse(place.path, "it is no export of sessions as JSON lines")
            }
            let archive = try SessionArchive.temporary(in: folder)
            found = try SessionLinesReader(descriptor, name: place.path, isInterrupted: isInterrupted)
                .read(into: archive, mayBeginAnew: true)
            known = archive
        }
        if let there = found.origin, there.identity != origin.identity {
            throw .holdsSomethingElse(
                place.path, "it holds another export, of other sessions or by another filter (of \(there.source))")
        }
        guard ftruncate(descriptor, off_t(found.wholeBytes)) == 0, lseek(descriptor, 0, SEEK_END) >= 0 else {
            throw .archiveSystem("cannot write", place.path, code: errno, .export)
        }
        let export = SessionLinesExport(
            .file(descriptor, path: place.path), known: found.origin == nil ? nil : known, found)
        if found.origin == nil { try export.put(SessionLine.beginning(of: origin)) }
        return export
    }

    package func write(_ sessions: [ExportedSession]) throws(StorageError) -> Int {
        var bytes: [UInt8] = []
        var written = 0
        if let known {
            written = try known.write(sessions) { bytes += SessionLine.line(of: $0) }
        } else {
            for session in sessions { bytes += SessionLine.line(of: session) }
            written = sessions.count
        }
        guard written > 0 else { return 0 }
        try put(bytes)
        lines += written
        wasWritten = true
        return written
    }

    package func finish(at milliseconds: Int64) throws(StorageError) {
        guard !isComplete || wasWritten else { return }
        try put(SessionLine.end(of: lines, at: milliseconds))
        isComplete = true
        guard case .file(let descriptor, let path) = place else { return }
        // Some file systems cannot sync, and say EINVAL.
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            throw .archiveSystem("cannot sync", path, code: errno, .export)
        }
    }

    private func put(_ bytes: [UInt8]) throws(StorageError) {
        switch place {
        case .stream(let put): try put(bytes)
        case .file(let descriptor, let path):
            var written = 0
            while written < bytes.count {
                let done = bytes[written...].withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
                if done < 0, errno == EINTR { continue }
                guard done > 0 else { throw .archiveSystem("cannot write", path, code: errno, .export) }
                written += done
            }
        }
    }
}
