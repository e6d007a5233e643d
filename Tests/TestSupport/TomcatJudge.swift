import Foundation

/// Tomcat's own `StandardSession.readObjectData`, which reads the values of session managers and says what it then holds.
package struct TomcatJudge {
    /// The versions of Tomcat that Debian has.
    package enum Version: Int, CaseIterable, Sendable {
        case nine = 9
        case ten = 10
    }

    /// Whether the jars of both are there (`.ci/install-packages test`).
    package static let isInstalled = Version.allCases.allSatisfy {
        FileManager.default.fileExists(atPath: "\(jarFolder)/tomcat\($0.rawValue)-catalina.jar")
    }

    private var values: NumberedFiles

    package init() throws { values = try NumberedFiles() }

    /// Adds a value; verdicts come in this order.
    package mutating func add(_ value: [UInt8]) throws { try values.add(value) }

    /// Starts a JVM with this Tomcat, which reads all values: of each a session with `names` and `values` of the attributes in their
    /// order, and all else that was in it; or an `error`.
    package func verdicts(of version: Version) throws -> [TestJSON] {
        let program = try (version == .nine ? Self.nine : Self.ten).get()
        let lines = try program.lines([values.path])
        guard lines.count == values.count else {
            throw FixtureError("\(lines.count) verdicts of \(values.count) values")
        }
        return lines
    }

    private static let jarFolder = "/usr/share/java"
    private static let nine = Result { try program(.nine) }
    private static let ten = Result { try program(.ten) }

    private static func program(_ version: Version) throws -> JavaProgram {
        let jars = try FileManager.default.contentsOfDirectory(atPath: jarFolder).filter {
            $0.hasPrefix("tomcat\(version.rawValue)-") && $0.hasSuffix(".jar")
        }
        let managers = [
            "com/orangefunction/tomcat/redissessions", "com/r/tomcat/session/management",
            "com/dotcms/tomcat/redissessions", "tomcat/request/session/SessionMetadata.java",
            "tomcat/request/session/model/SessionMetadata.java",
        ]
        return try JavaProgram(
            main: "TomcatJudge",
            ["judge/TomcatJudge.java", "judge/labfx/Canon.java", "judge/demo/shop", "demo/library"] + managers,
            classPath: jars.sorted().map { jarFolder + "/" + $0 })
    }
}
