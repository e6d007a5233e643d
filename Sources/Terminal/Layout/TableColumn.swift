/// One column of a table.
package struct TableColumn: Sendable {
    package enum Alignment: Sendable { case leading, trailing }

    let header: String
    let alignment: Alignment
    /// How narrow the column may become to fit the table on the screen; nil for one whose values are never cut.
    let minimumWidth: Int?
    /// How wide it becomes at most, however much room there is.
    let maximumWidth: Int?
    /// Whether what does not fit goes on in a further line instead of being cut.
    var wraps = false

    /// A column that shows its values whole, such as ids and numbers.
    package static func rigid(_ header: String, _ alignment: Alignment = .leading) -> TableColumn {
        TableColumn(header: header, alignment: alignment, minimumWidth: nil, maximumWidth: nil)
    }

    /// A column whose values may be cut, down to `minimum` columns, and always at `maximum`.
    package static func flexible(
        _ header: String, _ alignment: Alignment = .leading, minimum: Int = 8, maximum: Int? = nil
    ) -> TableColumn {
        TableColumn(header: header, alignment: alignment, minimumWidth: minimum, maximumWidth: maximum)
    }

    /// A column whose values go on in further lines where they do not fit, down to `minimum` columns.
    package static func wrapping(_ header: String, minimum: Int = 20) -> TableColumn {
        TableColumn(header: header, alignment: .leading, minimumWidth: minimum, maximumWidth: nil, wraps: true)
    }
}
