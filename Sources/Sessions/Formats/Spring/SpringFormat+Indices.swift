/// The indices of users, as they are found by their names alone (session-formats, ch. 6.1 and 8).
extension SpringFormat {
    /// A glob-style pattern that every index of a user matches.
    package static let indexPattern = Array("*:index:*PRINCIPAL_NAME_INDEX_NAME:*".utf8)

    /// The key and the id of the session that a member of an index stands for; nil where `key` is none, or the member no text.
    package static func session(ofMember member: [UInt8], inIndex key: [UInt8]) -> (key: [UInt8], id: [UInt8])? {
        guard let namespace = SpringKeys.namespace(ofIndex: key), let id = SpringMember.text(of: member) else {
            return nil
        }
        return (SpringKeys.sessionKey(namespace: namespace, id: id), id)
    }
}
