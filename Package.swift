// swift-tools-version:6.2
import PackageDescription

// The rooms and their arrows:
// Commands → { SessionStorage → { Sessions → JavaSerialization · Redis → CHiredis · CSQLite } · Tokens → { Sessions · swift-crypto } ·
// Terminal → CReadline · Configuration → CToml }.
// The compiler keeps them: a target can import only what is named as its dependency here.

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

func room(_ name: String, _ dependencies: [Target.Dependency] = [], _ more: [SwiftSetting] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings + more)
}

// Tests of a release build are not optimised themselves: that takes longer than it saves.
func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(
        name: name, dependencies: dependencies + ["TestSupport"], exclude: exclude,
        swiftSettings: settings + [.unsafeFlags(["-Onone"], .when(configuration: .release))])
}

let package = Package(
    name: "sessionctl",
    products: [
        .executable(name: "sessionctl", targets: ["sessionctl"]),
        .library(name: "JavaSerialization", targets: ["JavaSerialization"]),
        .library(name: "Sessions", targets: ["Sessions"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    ],
    targets: [
        // No pkgConfig: a missing .pc file would be a warning in every build.
        .systemLibrary(name: "CHiredis"),
        .systemLibrary(name: "CReadline"),
        .systemLibrary(name: "CSQLite"),
        // C++ of a header library, behind functions of C.
        .target(name: "CToml"),
        room("JavaSerialization"),
        room("Sessions", ["JavaSerialization"]),
        room(
            "Tokens",
            [
                "Sessions", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ]),
        // Lifetimes: replies are handed out as RawSpan, which cannot outlive the batch they lie in.
        room("Redis", ["CHiredis"], [.enableExperimentalFeature("Lifetimes")]),
        room("SessionStorage", ["Sessions", "Redis", "CSQLite"]),
        room("Terminal", ["CReadline"]),
        room("Configuration", ["CToml"]),
        room(
            "Commands",
            [
                "SessionStorage", "Sessions", "Tokens", "JavaSerialization", "Redis", "Terminal", "Configuration",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        .executableTarget(name: "sessionctl", dependencies: ["Commands"], swiftSettings: settings),
        .executableTarget(
            name: "decode-benchmark", dependencies: ["Sessions", "JavaSerialization"],
            path: "Tests/Benchmarks/DecodeBenchmark", swiftSettings: settings),
        .executableTarget(
            name: "wire-benchmark", dependencies: ["Redis"], path: "Tests/Benchmarks/WireBenchmark",
            swiftSettings: settings),
        .executableTarget(
            name: "change-benchmark", dependencies: ["SessionStorage", "Sessions", "Redis"],
            path: "Tests/Benchmarks/ChangeBenchmark", swiftSettings: settings),
        .executableTarget(
            name: "token-benchmark", dependencies: ["Tokens", "Sessions"], path: "Tests/Benchmarks/TokenBenchmark",
            swiftSettings: settings),
        .target(
            name: "FuzzedInput", dependencies: ["Sessions", "JavaSerialization"], path: "Tests/Fuzzing/FuzzedInput",
            swiftSettings: settings),
        .executableTarget(
            name: "mutation-fuzz", dependencies: ["FuzzedInput", "Sessions"], path: "Tests/Fuzzing/MutationFuzz",
            swiftSettings: settings),
        // Optimised in debug builds too: it hashes 40 MB of fixtures, in half a second instead of ten.
        .target(
            name: "TestSupport", path: "Tests/TestSupport",
            swiftSettings: settings + [.unsafeFlags(["-O"], .when(configuration: .debug))]),
        tests("TestSupportTests", []),
        tests("JavaSerializationTests", ["JavaSerialization"]),
        tests("SessionsTests", ["Sessions", "JavaSerialization", "FuzzedInput"]),
        tests(
            "TokensTests",
            [
                "Tokens", "Sessions", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ]),
        tests("RedisTests", ["Redis"]),
        tests("SessionStorageTests", ["SessionStorage", "Sessions", "JavaSerialization", "Redis"]),
        tests("TerminalTests", ["Terminal"], exclude: ["Golden"]),
        tests("ConfigurationTests", ["Configuration"]),
        tests(
            "CommandsTests",
            [
                "Commands", "SessionStorage", "Sessions", "Tokens", "Redis", "Terminal",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], exclude: ["Golden"]),
    ],
    cxxLanguageStandard: .cxx17
)

// libFuzzer brings the main function, and with it only builds that are made for it can be linked.
if Context.environment["COVERAGE_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "coverage-fuzz", dependencies: ["FuzzedInput"], path: "Tests/Fuzzing/CoverageFuzz",
            swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])]))
}
