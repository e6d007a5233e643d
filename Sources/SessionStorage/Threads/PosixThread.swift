#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// A thread of the system, from its start until somebody waits for its end.
package struct PosixThread {
    /// As much as the first thread has.
    private static let stackBytes = 8 << 20

    #if canImport(Darwin)
        private var thread: pthread_t?
    #else
        private var thread: pthread_t = 0
    #endif

    /// Starts a thread that does `work`; nil where the system has none to give.
    package init?(_ work: @escaping () -> Void) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, Self.stackBytes)
        // Signals are for the first thread, which must wake up from what it waits for: the new one inherits the mask.
        var (all, before) = (sigset_t(), sigset_t())
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        let context = Unmanaged.passRetained(Work(work))
        let status = pthread_create(
            &thread, &attributes,
            { argument in
                let context: UnsafeMutableRawPointer? = argument
                guard let context else { return nil }
                Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
                return nil
            }, context.toOpaque())
        if status != 0 {
            context.release()
            return nil
        }
    }

    private final class Work {
        let body: () -> Void
        init(_ body: @escaping () -> Void) { self.body = body }
    }

    /// Waits until it has done its work.
    package func join() {
        #if canImport(Darwin)
            if let thread { pthread_join(thread, nil) }
        #else
            pthread_join(thread, nil)
        #endif
    }
}

/// A lock with a condition that those who hold it wait for.
package final class ThreadLock: @unchecked Sendable {
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    package init() {
        pthread_mutex_init(lock, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(lock)
        changed.deallocate()
        lock.deallocate()
    }

    /// Does `body` while no other thread is in here.
    package func hold<Value>(_ body: () -> Value) -> Value {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        return body()
    }

    /// Lets others in until one of them has told of a change. Only while it is held.
    package func wait() { pthread_cond_wait(changed, lock) }

    /// Tells those who wait that something has changed.
    package func tell() { pthread_cond_broadcast(changed) }
}
