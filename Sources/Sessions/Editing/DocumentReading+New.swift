import JavaSerialization

/// Values of a document that the graph does not have: they are made, with what they hold.
extension DocumentReading {
    mutating func make(_ json: JSONNode, _ path: Int, _ type: String?) throws(DocumentError) {
        let there = try objectsInside(json, path)
        let (edited, printed, moved) = (edited, printed, moved)
        builder.isThere = { node in
            guard let id = node.onlyMember("ref") else { return there.contains(node.index) }
            guard let id = id.number?.int64 else { return false }
            return edited.numbered[id] != nil || printed.numbered[id] != nil || moved.numbered[id] != nil
        }
        let first = builder.standIns.count
        made.append(json)
        try builder.add(json, path: path, type: type)
        // What is there already may be changed inside.
        for standIn in builder.standIns[first...] {
            guard case .node(let node) = try value(standIn.node, standIn.path) else { continue }
            try meet(node, standIn.node, standIn.path)
        }
    }

    /// Which values inside of a new one are objects of the graph.
    private mutating func objectsInside(_ json: JSONNode, _ path: Int) throws(DocumentError) -> Set<Int> {
        var found: Set<Int> = []
        var index = json.index + 1
        while index < Int(json.row.next) {
            let node = JSONNode(document: json.document, index: index)
            index += 1
            guard node.kind == .object, node.onlyMember("ref") == nil, isThere(try value(node, path)) else {
                continue
            }
            found.insert(node.index)
            // Its parts are its own.
            index = Int(node.row.next)
        }
        return found
    }

    private func isThere(_ value: DocumentValue) -> Bool {
        switch value {
        case .node, .copy: true
        case .null, .new: false
        }
    }

    /// Makes the graph of the new values, when all of them are known.
    mutating func finish() throws(DocumentError) {
        guard let first = made.first else { return try requireMade() }
        let graph = try builder.finish(first)
        let byOffset = graph.nodesByOffset
        new.graph = graph
        for (offset, json) in builder.made { new.nodes[json.index] = byOffset[offset] }
        var standIns = StandIns()
        for standIn in builder.standIns {
            guard let node = byOffset[standIn.offset] else { continue }
            let value = try value(standIn.node, standIn.path)
            try require(value, standIn.node, standIn.path)
            new.standIns.append((node, value))
            standIns.values[node] = new.value(value, in: self.graph)
        }
        try builder.check((graph, graph.content(0)), standIns)
        try requireMade()
    }

    /// What is put somewhere has to be an object, and if it is new, to have been written.
    private func requireMade() throws(DocumentError) {
        for (value, json, path) in added { try require(value, json, path) }
        for edit in edits {
            for value in edit.values { try require(value, edit.json, edit.path) }
        }
    }

    private func require(_ value: DocumentValue, _ json: JSONNode, _ path: Int) throws(DocumentError) {
        switch value {
        case .new(let index) where new.nodes[index] == nil:
            throw fail("refers to an object that is not written anywhere", json, path)
        case .node(let node) where !graph.kind(of: node).isObject:
            throw fail("cannot hold \(graph.kind(of: node)), which is no object", json, path)
        default: return
        }
    }
}
