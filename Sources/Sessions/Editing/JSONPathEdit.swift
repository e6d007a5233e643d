/// A change of one place inside a value that is stored as JSON.
struct JSONPathEdit {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func applying(
        _ operation: AttributeEdit.Operation, at steps: [AttributePath.Step]
    ) throws(EditError) -> [UInt8] {
        throw EditError("values stored as JSON are not written yet")
    }
}

extension NewValue {
    func newJSON(_ place: String) throws(EditError) -> [UInt8] {
        throw EditError("values stored as JSON are not written yet")
    }
}
