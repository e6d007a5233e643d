#if canImport(Darwin)
    import Darwin

    private typealias SpawnAttributes = posix_spawnattr_t?
#else
    import Glibc

    private typealias SpawnAttributes = posix_spawnattr_t
#endif

/// Starts a program with the signals that a program expects.
enum ChildProcess {
    /// Runs `arguments` with `input` as its standard input, and returns its process id, or nil where it cannot be
    /// started.
    static func spawn(_ arguments: [String], environment: [String], input: Int32) -> pid_t? {
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

        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        restoreSignals(&attributes)

        var process: pid_t = 0
        let status = withCStrings(arguments) { argv in
            withCStrings(environment) { envp in
                posix_spawn(&process, arguments[0], &actions, &attributes, argv, envp)
            }
        }
        return status == 0 ? process : nil
    }

    /// This program ignores SIGPIPE and SIGXFSZ and may have others blocked; a child would inherit both.
    private static func restoreSignals(_ attributes: inout SpawnAttributes) {
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for signal in [SIGPIPE, SIGXFSZ, SIGINT, SIGQUIT, SIGTERM] { sigaddset(&signals, signal) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    }

    private static func withCStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = strings.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        return body(copies + [nil])
    }
}
