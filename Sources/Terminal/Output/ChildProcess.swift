#if canImport(Darwin)
    package import Darwin

    private typealias SpawnAttributes = posix_spawnattr_t?
#else
    package import Glibc

    private typealias SpawnAttributes = posix_spawnattr_t
#endif

/// Starts a program with the signals that a program expects.
package enum ChildProcess {
    /// Runs `arguments` with `input` as its standard input, and returns its process id, or nil where it cannot be
    /// started.
    ///
    /// - Parameters:
    ///   - output: its standard output; nil for that of this program.
    ///   - isApart: whether it is in a process group of its own, which Ctrl-C at the terminal does not reach.
    package static func spawn(
        _ arguments: [String], environment: [String], input: Int32, output: Int32? = nil, isApart: Bool = false
    ) -> pid_t? {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        if let output { posix_spawn_file_actions_adddup2(&actions, output, 1) }

        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        restoreSignals(&attributes, isApart: isApart)

        var process: pid_t = 0
        let status = withCStrings(arguments) { argv in
            withCStrings(environment) { envp in
                posix_spawn(&process, arguments[0], &actions, &attributes, argv, envp)
            }
        }
        return status == 0 ? process : nil
    }

    /// This program ignores SIGPIPE and SIGXFSZ and may have others blocked; a child would inherit both.
    private static func restoreSignals(_ attributes: inout SpawnAttributes, isApart: Bool) {
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for signal in [SIGPIPE, SIGXFSZ, SIGINT, SIGQUIT, SIGTERM] { sigaddset(&signals, signal) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        let group = isApart ? POSIX_SPAWN_SETPGROUP : 0
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | group))
    }

    /// Waits until a program ends that has the terminal meanwhile: Ctrl-C is its own.
    ///
    /// - Returns: its exit status, or 128 and the number of the signal that ended it.
    package static func waitForExit(of process: pid_t) -> Int32 {
        var ignore = sigaction()
        #if canImport(Darwin)
            ignore.__sigaction_u.__sa_handler = SIG_IGN
        #else
            ignore.__sigaction_handler.sa_handler = SIG_IGN
        #endif
        var before = sigaction()
        sigaction(SIGINT, &ignore, &before)
        defer { sigaction(SIGINT, &before, nil) }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        let exitedBySignal = status & 0x7F
        return exitedBySignal == 0 ? (status >> 8) & 0xFF : 128 + exitedBySignal
    }

    private static func withCStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = strings.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        return body(copies + [nil])
    }
}
