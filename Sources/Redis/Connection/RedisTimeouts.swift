/// How long we wait for a server.
package struct RedisTimeouts: Sendable {
    /// From the look-up of the host's name until the server has let us in, however it spreads its answers.
    package var connect: Duration
    /// Without a single byte read or written. A long answer that keeps coming never times out.
    package var progress: Duration

    package init(connect: Duration = .seconds(3), progress: Duration = .seconds(3)) {
        self.connect = connect
        self.progress = progress
    }
}
