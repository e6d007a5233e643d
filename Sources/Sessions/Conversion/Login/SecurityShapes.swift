import JavaSerialization

/// The classes of Spring Security in a context, from the class itself up (session-formats, ch. 9): they are described alike in 3.1 to 7.1
/// but for the version that most of them share.
struct SecurityShapes {
    typealias Field = ClassShape.Field

    private let uid: Int64

    /// - Parameter uid: the shared `serialVersionUID`.
    init(_ uid: Int64) { self.uid = uid }

    private func shape(_ name: String, uid other: Int64? = nil, _ fields: Field...) -> ClassShape {
        // SC_SERIALIZABLE: none of them has a writeObject.
        ClassShape("org.springframework.security." + name, uid: other ?? uid, flags: 2, fields: fields)
    }

    private static let (object, string) = ("Ljava/lang/Object;", "Ljava/lang/String;")

    var context: [ClassShape] {
        [
            shape(
                "core.context.SecurityContextImpl",
                Field("authentication", "Lorg/springframework/security/core/Authentication;"))
        ]
    }

    var token: [ClassShape] {
        [
            shape(
                "authentication.UsernamePasswordAuthenticationToken", Field("credentials", Self.object),
                Field("principal", Self.object)),
            shape(
                "authentication.AbstractAuthenticationToken", uid: -3_194_696_462_184_782_834,
                Field("authenticated", "Z"), Field("authorities", "Ljava/util/Collection;"),
                Field("details", Self.object)),
        ]
    }

    var user: [ClassShape] {
        [
            shape(
                "core.userdetails.User", Field("accountNonExpired", "Z"), Field("accountNonLocked", "Z"),
                Field("credentialsNonExpired", "Z"), Field("enabled", "Z"), Field("authorities", "Ljava/util/Set;"),
                Field("password", Self.string), Field("username", Self.string))
        ]
    }

    var authority: [ClassShape] { [shape("core.authority.SimpleGrantedAuthority", Field("role", Self.string))] }

    var comparator: [ClassShape] { [shape("core.userdetails.User$AuthorityComparator")] }

    var details: [ClassShape] {
        [
            shape(
                "web.authentication.WebAuthenticationDetails", Field("remoteAddress", Self.string),
                Field("sessionId", Self.string))
        ]
    }

    static let treeSet = [ClassShape("java.util.TreeSet", uid: -2_479_143_000_061_671_589, flags: 3)]
}
