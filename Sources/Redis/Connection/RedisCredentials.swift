/// Who we are to the server. Neither user nor password: AUTH is not sent.
package struct RedisCredentials: Sendable {
    /// The ACL user (Redis 6 and later); nil is the server's `default` user.
    package var user: String?
    package var password: Secret?

    package init(user: String? = nil, password: Secret? = nil) {
        self.user = user
        self.password = password
    }

    package static var none: RedisCredentials { RedisCredentials() }
}
