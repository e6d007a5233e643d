/// What is written of a session whose attributes are in the encoding of the layout.
extension SessionConversion {
    /// The keys of a session, without the attributes that are to be left out where the layout has no room for them.
    ///
    /// Such are looked for where the session could not be written alone: all streams would have to be read twice otherwise.
    ///
    /// - Throws: `ConversionRefusal` where the layout cannot hold the session.
    func written(
        _ session: inout PortableSession, _ losses: inout [ConversionLoss]
    ) throws(ConversionRefusal) -> [WrittenKey] {
        do throws(ConversionRefusal) {
            return try keys(of: session)
        } catch {
            guard case .tomcat = layout else { throw error }
            let left = try holdable(session.attributes, &losses)
            guard left.count < session.attributes.count else { throw error }
            session.attributes = left
            return try keys(of: session)
        }
    }

    private func keys(of session: PortableSession) throws(ConversionRefusal) -> [WrittenKey] {
        switch layout {
        case .spring(let layout): try layout.keys(of: session)
        case .tomcat(let layout): try layout.keys(of: session)
        // Tokens have keys of their own claims.
        case .jwt: []
        }
    }

    /// The attributes that Tomcat's one stream has room for.
    private func holdable(
        _ attributes: [PortableAttribute], _ losses: inout [ConversionLoss]
    ) throws(ConversionRefusal) -> [PortableAttribute] {
        var held: [PortableAttribute] = []
        for attribute in attributes {
            do throws(ValueProblem) {
                _ = try TomcatLayout.value(of: attribute)
                held.append(attribute)
            } catch {
                if let kept = try unconverted(attribute, error, &losses) { held.append(kept) }
            }
        }
        return held
    }
}
