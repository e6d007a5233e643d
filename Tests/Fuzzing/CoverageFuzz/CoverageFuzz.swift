import FuzzedInput

/// What libFuzzer calls with each input that it makes up from what earlier ones reached: `make fuzz`.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    var looker = FuzzedInput()
    looker.look(at: bytes)
    looker.look(atToken: bytes)
    looker.look(atQuery: bytes)
    return 0
}
