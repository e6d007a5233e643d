import JavaSerialization
import Testing

@testable import Sessions

struct DistinctNamesTests {
    private func list(_ names: [ClassName]) -> [String] {
        var distinct = DistinctNames()
        for name in names { distinct.add(name) }
        return distinct.list()
    }

    @Test func namesComeInOrderAndOnce() {
        let (first, second) = (ClassName("java.util.HashMap"), ClassName("java.lang.Long"))
        #expect(list([]) == [])
        #expect(list([first, second, first]) == ["java.lang.Long", "java.util.HashMap"])
        // Another stream's object of the same name.
        #expect(list([first, ClassName("java.util.HashMap")]) == ["java.util.HashMap"])
    }

    /// What was made of some names is given again for these alone.
    @Test func listsAreNotTakenForOthers() {
        for round in 0..<2000 {
            let names = (0..<3).map { ClassName("com.example.Class\(round * ($0 + 1))") }
            #expect(list(names + names) == Set(names.map { $0.text }).sorted())
        }
    }

    /// More names than any session has.
    @Test func manyNamesAreKeptToo() {
        let names = (0..<1000).map { ClassName("com.example.Class\($0 % 300)") }
        #expect(list(names) == Set((0..<300).map { "com.example.Class\($0)" }).sorted())
    }
}
