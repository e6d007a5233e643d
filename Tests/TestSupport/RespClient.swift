import Foundation

/// A reply as the test's own client reads it.
package enum RespValue: Equatable, Sendable {
    case string([UInt8])
    case status(String)
    case error(String)
    case integer(Int64)
    case null
    case array([RespValue])
}

/// A plain, blocking client for tests: what the code under test says is compared with what this one says.
package final class RespClient {
    private let descriptor: Int32
    private var input: [UInt8] = []
    private var position = 0

    package init(socketPath: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(socketPath.utf8)) }
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard status == 0 else { throw RedisServerError("cannot connect to \(socketPath)") }
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit {
        close(descriptor)
    }

    package func command(_ arguments: [[UInt8]]) throws -> RespValue {
        try send(Self.wire(arguments))
        return try readReply()
    }

    /// Sends all commands, a thousand at a time, and throws at the first error reply.
    package func pipeline(_ commands: [[[UInt8]]]) throws {
        for start in stride(from: 0, to: commands.count, by: 1000) {
            let part = commands[start..<min(start + 1000, commands.count)]
            try send(part.flatMap(Self.wire))
            for command in part {
                if case .error(let message) = try readReply() {
                    throw RedisServerError("\(String(decoding: command[0], as: UTF8.self)): \(message)")
                }
            }
        }
    }

    private static func wire(_ arguments: [[UInt8]]) -> [UInt8] {
        var bytes = Array("*\(arguments.count)\r\n".utf8)
        for argument in arguments {
            bytes += Array("$\(argument.count)\r\n".utf8) + argument + [13, 10]
        }
        return bytes
    }

    private func send(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { throw RedisServerError("cannot write to redis-server") }
            rest = rest.dropFirst(count)
        }
    }

    /// A reply that comes by itself, as those of MONITOR do: reads it if it is there within some milliseconds.
    package func hasReply(within milliseconds: Int32) throws -> Bool {
        if position == input.count {
            var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard poll(&request, 1, milliseconds) > 0 else { return false }
        }
        _ = try readReply()
        return true
    }

    private func readReply() throws -> RespValue {
        let line = try readLine()
        let rest = String(decoding: line.dropFirst(), as: UTF8.self)
        switch line.first {
        case UInt8(ascii: "+"): return .status(rest)
        case UInt8(ascii: "-"): return .error(rest)
        case UInt8(ascii: ":"): return .integer(Int64(rest) ?? 0)
        case UInt8(ascii: "$"):
            guard let length = Int(rest), length >= 0 else { return .null }
            let bytes = try read(length)
            _ = try read(2)
            return .string(bytes)
        case UInt8(ascii: "*"):
            guard let count = Int(rest), count >= 0 else { return .null }
            return .array(try (0..<count).map { _ in try readReply() })
        default: throw RedisServerError("no reply: \(rest)")
        }
    }

    private func readLine() throws -> [UInt8] {
        var line: [UInt8] = []
        while true {
            let byte = try read(1)[0]
            if byte == 10 { return line.dropLast() }
            line.append(byte)
        }
    }

    private func read(_ count: Int) throws -> [UInt8] {
        while input.count - position < count {
            input.removeFirst(position)
            position = 0
            var piece = [UInt8](repeating: 0, count: 256 << 10)
            let received = recv(descriptor, &piece, piece.count, 0)
            guard received > 0 else { throw RedisServerError("no answer from redis-server") }
            input += piece[..<received]
        }
        defer { position += count }
        return Array(input[position..<position + count])
    }
}
