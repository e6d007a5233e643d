/// How an error message names one byte of the input: itself where it is visible ASCII, else its number.
struct ByteName: CustomStringConvertible {
    private let byte: UInt8

    init(_ byte: UInt8) { self.byte = byte }

    var description: String {
        if byte > 0x20, byte < 0x7f { return "'\(Character(Unicode.Scalar(byte)))'" }
        return "byte 0x" + Hexadecimal.encode([byte])
    }
}
