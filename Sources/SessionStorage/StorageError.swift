package import Redis

/// Why sessions could not be found or read.
package enum StorageError: Error {
    /// The server or the way to it.
    case redis(RedisError)
    /// Nothing in the store has this name; the text says where it was looked for.
    case noSuchSession(name: String, searched: String)
    /// Nothing was found under this name, but some keys may not be read by this user: it may be one of them.
    case notPermitted(name: String, deniedKeys: Int)
    /// Several sessions fit the name.
    case ambiguous(name: String, keys: [[UInt8]])
    /// The name is too short or of no known form.
    case invalidName(String)
    /// The key is there, but holds no session of a known format.
    case notASession(key: [UInt8], type: String)
    /// The key has the name of a session, and is not of the type `expected` that such sessions are of.
    case wrongKeyType(key: [UInt8], type: String, expected: String)
    /// The temporary file for sorting could not be written or read: what was done, and the system's word.
    case temporaryFile(String)
    /// The undo archive cannot be used.
    case archive(ArchiveProblem)
    /// The file that tokens go to cannot be written.
    case tokenFile(ArchiveProblem)
    /// The caller asked to stop.
    case interrupted
}

extension StorageError {
    /// Whether another name may still lead to a session.
    package var isAboutTheNameOnly: Bool {
        switch self {
        case .noSuchSession, .notPermitted, .ambiguous, .invalidName, .notASession, .wrongKeyType: true
        case .redis, .temporaryFile, .archive, .tokenFile, .interrupted: false
        }
    }
}

/// Runs `body`, whose errors are the server's.
func redis<Result>(_ body: () throws(RedisError) -> Result) throws(StorageError) -> Result {
    do {
        return try body()
    } catch {
        throw .redis(error)
    }
}
