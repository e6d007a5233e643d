#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

internal import CReadline

/// Ctrl-C at the prompt.
///
/// While readline has the terminal, Ctrl-C is a key and no signal: it reaches the key reader below like any other,
/// nothing is interrupted in the middle of something, and the program's own handler for SIGINT is left for the
/// commands.
extension ReadlineEditor {
    func installCallbacks() {
        readline_set_key_reader { stream in ReadlineEditor.readKey(stream) }
        readline_set_terminal_preparation { meta in ReadlineEditor.prepareTerminal(meta) }
        readline_set_completion { word, start, end in ReadlineEditor.complete(word) }
    }

    private static func readKey(_ stream: UnsafeMutablePointer<FILE>?) -> Int32 {
        // A search only leaves itself when it is told of an error; the line behind it has to be told again.
        if let active, active.isInterrupted { return READERR }
        guard waitForKey(stream) else {
            active?.isInterrupted = true
            return READERR
        }
        let key = rl_getc(stream)
        guard let active, key == Int32(active.interruptKey) else { return key }
        active.isInterrupted = true
        readline_move_to_end()
        rl_redisplay()
        fputs("^C", readline_output_stream())
        fflush(readline_output_stream())
        return READERR
    }

    /// Waits until there is a key; false where a signal came that ends the program.
    ///
    /// `rl_getc` alone would miss one that comes before it reads: its handlers run, and it waits for a key all the same.
    private static func waitForKey(_ stream: UnsafeMutablePointer<FILE>?) -> Bool {
        guard let active, let stream else { return true }
        while true {
            rl_check_signals()
            if active.interruption() { return false }
            var request = pollfd(fd: fileno(stream), events: Int16(POLLIN), revents: 0)
            let ready = poll(&request, 1, 100)
            // An end or a failure of the terminal is told by reading.
            if ready > 0 || ready < 0 && errno != EINTR { return true }
        }
    }

    /// readline's own preparation, then the terminal's interrupt character is turned off. `rl_deprep_terminal` brings
    /// back all as it was.
    private static func prepareTerminal(_ meta: Int32) {
        rl_prep_terminal(meta)
        let descriptor = fileno(readline_input_stream())
        var settings = termios()
        guard let active, tcgetattr(descriptor, &settings) == 0 else { return }
        withUnsafeMutableBytes(of: &settings.c_cc) { keys in
            // readline prepares again after a suspension; the key is off already then.
            if keys[Int(VINTR)] != 0 { active.interruptKey = keys[Int(VINTR)] }
            keys[Int(VINTR)] = 0  // _POSIX_VDISABLE
        }
        tcsetattr(descriptor, TCSADRAIN, &settings)
        // The second time is after Ctrl-Z and `fg`, where readline leaves the line to be drawn by its program.
        if active.isPrepared {
            rl_on_new_line()
            rl_forced_update_display()
        }
        active.isPrepared = true
    }
}
