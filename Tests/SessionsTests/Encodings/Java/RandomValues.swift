import JavaSerialization
import TestSupport

/// Made-up values of the platform's classes, the same for a seed: nested, shared and cyclic.
struct RandomValues {
    private var random: SeededRandom
    private var builder = JavaStreamBuilder()
    /// Lists and maps that are begun or done: what may be referred to again as an element or value.
    private var containers: [JavaStreamBuilder.Handle] = []
    private var strings: [JavaStreamBuilder.Handle] = []
    private var left = 10

    private enum Work {
        case value
        case key(Int32)
        case endList, endSet
        case endMap(JavaStreamBuilder.Order)
    }

    static func stream(seed: UInt64) -> [UInt8] {
        var values = RandomValues(random: SeededRandom(seed: seed))
        for _ in 0..<values.upTo(3) + 1 { values.write() }
        return values.builder.bytes
    }

    private init(random: SeededRandom) { self.random = random }

    private mutating func upTo(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }

    private mutating func write() {
        var work = [Work.value]
        while let next = work.popLast() {
            switch next {
            case .value: value(&work)
            // Keys of one map differ.
            case .key(let number): key(number)
            case .endList: builder.endList()
            case .endSet: builder.endSet()
            case .endMap(let order): builder.endMap(order)
            }
        }
    }

    private mutating func value(_ work: inout [Work]) {
        left -= 1
        switch upTo(left > 0 ? 16 : 9) {
        case 0: builder.null()
        case 1: strings.append(builder.string(text()))
        case 2 where !strings.isEmpty: builder.reference(strings[upTo(strings.count)])
        case 3 where !containers.isEmpty: builder.reference(containers[upTo(containers.count)])
        case 4: number()
        case 5: builder.date(Int64(bitPattern: random.next() >> 20))
        case 6: builder.uuid(random.next(), random.next())
        case 7: builder.array(of: .byte, (0..<upTo(20)).map { _ in UInt8(truncatingIfNeeded: random.next()) })
        case 8: builder.array(of: .int, (0..<4 * upTo(5)).map { _ in UInt8(truncatingIfNeeded: random.next()) })
        case 9, 10: list(&work)
        case 11, 12: map(&work)
        case 13: set(&work)
        default: box()
        }
    }

    private mutating func text() -> [UInt16] {
        let alphabet: [[UInt16]] = [
            [0x61], [0x20], [0], [0xE9], [0x4E2D], [0xD83D, 0xDE00], [0xD800], [0xDC01], [0x7F],
        ]
        return (0..<upTo(12)).flatMap { _ in alphabet[upTo(alphabet.count)] }
    }

    private mutating func box() {
        let bits = random.next()
        switch upTo(8) {
        case 0: builder.box(.byte(Int8(truncatingIfNeeded: bits)))
        case 1: builder.box(.char(UInt16(truncatingIfNeeded: bits)))
        case 2: builder.box(.double(Double(Int32(truncatingIfNeeded: bits)) / 1024))
        case 3: builder.box(.float(Float(Int16(truncatingIfNeeded: bits)) / 16))
        case 4: builder.box(.int(Int32(truncatingIfNeeded: bits)))
        case 5: builder.box(.long(Int64(bitPattern: bits)))
        case 6: builder.box(.short(Int16(truncatingIfNeeded: bits)))
        default: builder.box(.boolean(bits & 1 != 0))
        }
    }

    private mutating func number() {
        let magnitude = [UInt8(1 + upTo(255))] + (0..<upTo(10)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        let signum: Int32 = upTo(2) == 0 ? 1 : -1
        if upTo(2) == 0 {
            builder.bigInteger(signum: signum, magnitude: magnitude)
        } else {
            builder.bigDecimal(scale: Int32(upTo(20)) - 5, signum: signum, magnitude: magnitude)
        }
    }

    private mutating func key(_ number: Int32) {
        if number % 2 == 0 { builder.box(.int(number * 7919)) } else { builder.string("key \(number)") }
    }

    private mutating func list(_ work: inout [Work]) {
        let count = upTo(5)
        containers.append(builder.beginList(count: Int32(count)))
        work.append(.endList)
        for _ in 0..<count { work.append(.value) }
    }

    private mutating func map(_ work: inout [Work]) {
        let order: JavaStreamBuilder.Order = upTo(2) == 0 ? .hashed : .linked
        let count = upTo(16)
        containers.append(builder.beginMap(order, count: Int32(count)))
        work.append(.endMap(order))
        for number in 0..<count { work += [.value, .key(Int32(number))] }
    }

    /// Of scalars alone: the JVM asks its elements for their hash.
    private mutating func set(_ work: inout [Work]) {
        let count = upTo(14)
        builder.beginSet(upTo(2) == 0 ? .hashed : .linked, count: Int32(count))
        work.append(.endSet)
        for number in 0..<count { work.append(.key(Int32(number))) }
    }
}
