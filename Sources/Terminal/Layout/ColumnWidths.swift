/// Decides how wide the columns of a table are.
enum ColumnWidths {
    /// The spaces between two columns.
    static let gap = 2

    /// `natural` widths, with flexible columns made narrower until the table fits `available` columns.
    ///
    /// The widest flexible column gives first, so short values stay whole. What still does not fit is no table: see
    /// `Table`.
    static func fit(_ columns: [TableColumn], natural: [Int], available: Int?) -> [Int] {
        var widths = zip(columns, natural).map { min($1, $0.maximumWidth ?? $1) }
        guard let available else { return widths }
        var excess = total(widths) - available
        while excess > 0, let widest = widestThatGives(columns, widths) {
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }

    /// The columns of a whole row.
    static func total(_ widths: [Int]) -> Int { widths.reduce(0, +) + gap * max(0, widths.count - 1) }

    private static func widestThatGives(_ columns: [TableColumn], _ widths: [Int]) -> Int? {
        columns.indices.filter { spare(columns[$0], widths[$0]) > 0 }.max { widths[$0] < widths[$1] }
    }

    private static func spare(_ column: TableColumn, _ width: Int) -> Int {
        column.minimumWidth.map { width - $0 } ?? 0
    }
}
