extension Session {
    /// What the one who is logged in may do, such as `ROLE_ADMIN`; empty where nothing says so.
    public var roles: [String] { [] }
}
