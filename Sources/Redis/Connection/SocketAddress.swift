#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Where a socket connects to: the bytes of a `sockaddr`.
struct SocketAddress: Sendable {
    let family: CInt
    private let bytes: [UInt8]

    init(copying address: UnsafePointer<sockaddr>, length: socklen_t) {
        family = CInt(address.pointee.sa_family)
        bytes = Array(UnsafeRawBufferPointer(start: address, count: Int(length)))
    }

    /// A unix socket's path: at most 107 bytes, says unix(7).
    init(unixPath path: String) throws(RedisError.Cause) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let room = MemoryLayout.size(ofValue: address.sun_path) - 1
        let name = Array(path.utf8)
        guard name.count <= room, !name.contains(0) else {
            let problem = "a path of \(name.count) bytes is too long for a socket (\(room)), or holds a zero byte"
            throw RedisError.Cause(kind: .cannotConnect, message: problem)
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        family = AF_UNIX
        bytes = withUnsafeBytes(of: &address) { Array($0) }
    }

    /// Calls `body` with the address in the form that connect(2) takes.
    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result?) -> Result? {
        bytes.withUnsafeBytes { raw in
            guard let start = raw.baseAddress else { return nil }
            return body(start.assumingMemoryBound(to: sockaddr.self), socklen_t(raw.count))
        }
    }
}
