import Foundation

extension RedisServer {
    /// Waits until a node that was given all slots says that its cluster is there.
    package func waitForCluster() throws {
        for _ in 0..<500 {
            guard case .string(let bytes) = try command("CLUSTER", "INFO"),
                !String(decoding: bytes, as: UTF8.self).contains("cluster_state:ok")
            else { return }
            usleep(10_000)
        }
    }
}
