/// One row of the table of known classes: what a class of the platform writes, and what that means.
///
/// To know another class is to add a row to one of the lists beside this file.
///
/// A class, so that every question about an object costs a reference to its row and not a copy.
final class KnownClass: Sendable {
    /// How far a row reaches.
    enum Reach: Sendable {
        case thisClass
        /// Subclasses of the platform too; those of applications are shown by their fields.
        case platformSubclasses
        /// All subclasses too.
        case subclasses
    }

    /// The class's name in the stream.
    let name: String
    let meaning: Meaning
    /// The superclass that writes the data, where it is not the class itself.
    let data: String?
    /// The class that the application gets instead of this one.
    let resolvesTo: String?
    let reach: Reach
    /// The name of the class that writes the data, in UTF-8 as streams have it.
    let dataName: [UInt8]

    init(name: String, meaning: Meaning, data: String? = nil, resolvesTo: String? = nil, reach: Reach = .thisClass) {
        self.name = name
        self.meaning = meaning
        self.data = data
        self.resolvesTo = resolvesTo
        self.reach = reach
        dataName = Array((data ?? name).utf8)
    }

    /// What the data stand for.
    enum Meaning: Sendable {
        case box(PrimitiveType)
        case bigInteger, bigDecimal
        case text(TextLayout)
        case locale, pattern
        case date, timestamp, calendar
        case sequence(SequenceLayout, Order = .kept)
        case map(MapLayout, Order = .kept)
        case enumSet, immutableCollection
        case entry
        case atomic(isBoolean: Bool)
        case reference
        case bits
        case throwable
        case lambda
    }

    /// Whether the order of elements has a meaning.
    enum Order: Sendable { case none, kept, sorted }

    /// Where the text of a class comes from.
    enum TextLayout: Sendable {
        /// A field that holds a string.
        case field(StaticString)
        case uuid, url, inetAddress, inet6Address
        /// A field of characters, or the same in what `writeObject` wrote.
        case stringBuffer, stringBuilder
        /// The compact external form of `java.time`.
        case time
        case chronology
    }

    /// Where the elements of a sequence are.
    enum SequenceLayout: Sendable {
        /// Written behind a block of data in which the count stands after so many bytes; objects may go before the block.
        case counted(after: Int, leading: Int = 0)
        /// Written behind a block of data, as many as the field `size` says.
        case sized
        /// Written one after the other until a null reference.
        case untilNull
        /// In an array, as many as another field says, or all.
        case array(StaticString, count: StaticString? = nil)
        /// In an array that is used as a ring (`ArrayBlockingQueue`).
        case ring
        /// One element in a field.
        case single
        /// One element many times (`Collections.nCopies`).
        case copies
        case empty
        /// Those of another sequence, in a field. Where that one can be indexed quickly, the class has another name.
        case inside(StaticString, randomAccess: StaticString? = nil)
        /// The keys of a map in a field.
        case keys(StaticString)
    }

    /// Where the entries of a map are.
    enum MapLayout: Sendable {
        /// Keys and values in turn behind a block of data in which the count stands after so many bytes.
        case counted(after: Int)
        /// Keys and values in turn until a null reference in the place of a key.
        case untilNull
        case single
        case empty
        /// Those of another map, in a field.
        case inside(StaticString)
    }
}

extension KnownClass {
    /// All rows.
    static let rows: [KnownClass] = values + texts + sequences + maps

    /// The meanings of the rows, by themselves: plain values that are copied without a count.
    static let meanings: [Meaning] = rows.map(\.meaning)

    /// The numbers of the rows by name.
    static let rowByName = Dictionary(rows.enumerated().map { ($1.name, Int16($0)) }) { first, _ in first }

    /// No known name is longer, so longer ones need not be looked up.
    static let longestName = rows.map(\.name.utf8.count).max() ?? 0

    /// Whether a class belongs to the Java platform and not to an application.
    static func isPlatformClass(_ name: String) -> Bool {
        ["java.", "javax.", "sun.", "jdk."].contains { name.hasPrefix($0) }
    }

    /// Whether `name`, a class derived from this one or the class itself, is meant by this row.
    func covers(_ name: String) -> Bool {
        switch reach {
        case .thisClass: name == self.name
        case .platformSubclasses: name == self.name || Self.isPlatformClass(name)
        case .subclasses: true
        }
    }
}
