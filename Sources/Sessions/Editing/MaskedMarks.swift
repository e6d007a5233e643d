/// The form in which typed JSON is edited: a value that is masked is `{"$masked": [offset, length]}`, so that nobody takes what is left of
/// it for all there is.
public enum MaskedMarks {
    /// Typed JSON with a mark in the place of each masked value; all else is as it was written.
    ///
    /// Primitive fields and blocks of data have no range of their own and stay `"masked": true`: they can only stand where they stood.
    ///
    /// - Throws: `SessionError` where the text is no JSON.
    public static func marked(_ typed: [UInt8]) throws(SessionError) -> [UInt8] {
        let document = try JSONReader.read(typed)
        var marked: [UInt8] = []
        var copied = 0
        for index in 0..<document.nodeCount where document.rows[index].kind == .object {
            let node = JSONNode(document: document, index: index)
            guard node["masked"]?.bool == true, node["class"]?.string != nil, let range = node["bytes"]?.byteRange
            else {
                continue
            }
            marked += typed[copied..<node.sourceRange.lowerBound]
            marked += Array(#"{"$masked":[\#(range.offset),\#(range.count)]}"#.utf8)
            copied = node.sourceRange.upperBound
        }
        return marked + typed[copied...]
    }
}
