/// The form in which typed JSON is edited: a value that is masked is `{"$masked": [offset, length]}`, so that nobody takes what is left of
/// it for all there is.
public enum MaskedMarks {
    /// Typed JSON with a mark in the place of each masked value; all else is as it was written.
    ///
    /// Where another attribute has a masked value at the same place of its own stream, the name of the attribute stands in the mark as well,
    /// so that nobody takes one for the other. Primitive fields and blocks of data have no range of their own and stay `"masked": true`: they
    /// can only stand where they stood.
    ///
    /// - Throws: `SessionError` where the text is no JSON.
    public static func marked(_ typed: [UInt8]) throws(SessionError) -> [UInt8] {
        let document = try JSONReader.read(typed)
        let places = places(in: document)
        let owners = Dictionary(grouping: places) { $0.range.offset }.mapValues { Set($0.map(\.owner)).count }
        var marked: [UInt8] = []
        var copied = 0
        for place in places {
            let name = owners[place.range.offset, default: 1] > 1 ? [UInt8(ascii: ",")] + place.name : []
            marked += typed[copied..<place.source.lowerBound]
            marked += Array(#"{"$masked":[\#(place.range.offset),\#(place.range.count)"#.utf8) + name + Array("]}".utf8)
            copied = place.source.upperBound
        }
        return marked + typed[copied...]
    }

    /// A masked value: where it stands in its stream and in the text, and in which member of the whole.
    private typealias Place = (range: (offset: Int, count: Int), source: Range<Int>, owner: Int, name: [UInt8])

    private static func places(in document: JSONDocument) -> [Place] {
        let members = document.root.object.map { Array($0) } ?? []
        var owner = 0
        return (0..<document.nodeCount).compactMap { index in
            guard document.rows[index].kind == .object else { return nil }
            let node = JSONNode(document: document, index: index)
            guard node["masked"]?.bool == true, node["class"]?.string != nil, let range = node["bytes"]?.byteRange
            else { return nil }
            while owner + 1 < members.count, members[owner + 1].value.index <= index { owner += 1 }
            let name = owner < members.count ? JSONStringStyle(of: []).quoted(members[owner].name.bytes) : []
            return (range, node.sourceRange, owner, name)
        }
    }
}
