import TestSupport
import Testing

@testable import Terminal

@Suite struct TreeTextTests {
    private static func content(_ name: String, _ value: String = "") -> StyledText {
        var text = StyledText(name, .name)
        if !value.isEmpty {
            text.append("  ")
            text.append(value, .string)
        }
        return text
    }

    private static let nodes: [TreeText.Node] = [
        .init(depth: 0, content: content("session")),
        .init(depth: 1, content: content("user")),
        .init(depth: 2, content: content("name", "\"Ann \u{1b}[2J\"")),
        .init(depth: 2, content: content("roles")),
        .init(depth: 3, content: content("[0]", "\"ADMIN\"")),
        .init(depth: 3, content: content("[1]", "\"世界世界世界世界世界世界世界世界\"")),
        .init(depth: 1, content: content("cart")),
        .init(depth: 2, content: content("items")),
        .init(depth: 3, content: content("[0]", "42")),
        .init(depth: 0, content: content("second root")),
        .init(depth: 1, content: content("only child")),
    ]

    private func render(_ nodes: [TreeText.Node], width: Int?, colour: Bool = false, maximumDepth: Int = 32) -> String {
        let sink = OutputSink.memory()
        var tree = TreeText(
            width: width, palette: Palette(isEnabled: colour), sink: sink, maximumDepth: maximumDepth)
        tree.write(nodes)
        return String(decoding: sink.held, as: UTF8.self)
    }

    @Test func drawsGuides() throws {
        try Golden.compare(render(Self.nodes, width: nil), with: "tree.txt", in: #filePath)
    }

    @Test func cutsLinesToTheTerminal() throws {
        let text = render(Self.nodes, width: 24)
        try Golden.compare(text, with: "tree-24.txt", in: #filePath)
        for line in text.split(separator: "\n") { #expect(DisplayWidth.columns(of: String(line)) <= 24) }
    }

    @Test func wrapsWhatHasToBeReadWhole() {
        let message = "! expired  its interval ended and it is still stored"
        let nodes: [TreeText.Node] = [
            .init(depth: 0, content: StyledText("session")),
            .init(depth: 1, content: StyledText(message), wraps: true),
            .init(depth: 1, content: StyledText(message), wraps: true),
        ]
        #expect(
            render(nodes, width: 24) == """
                session
                ├─ ! expired  its
                │    interval ended and
                │    it is still stored
                └─ ! expired  its
                     interval ended and
                     it is still stored

                """)
        #expect(render(nodes, width: nil) == "session\n├─ \(message)\n└─ \(message)\n")
    }

    @Test(arguments: [20, 40, 80]) func staysInTheTerminalHoweverDeep(_ width: Int) {
        let nodes = (0..<100).map {
            TreeText.Node(depth: $0, content: Self.content("level \($0)", "a long text of it"))
        }
        for line in render(nodes, width: width).split(separator: "\n") {
            #expect(DisplayWidth.columns(of: String(line)) <= width, "\(line)")
        }
    }

    @Test func paints() throws {
        try Golden.compare(render(Self.nodes, width: 40, colour: true), with: "tree-colour.txt", in: #filePath)
    }

    @Test func stopsIndentingAndSaysTheDepth() throws {
        let chain = (0..<8).map { TreeText.Node(depth: $0, content: Self.content("level \($0)")) }
        let back = [TreeText.Node(depth: 2, content: Self.content("back"))]
        try Golden.compare(render(chain + back, width: nil, maximumDepth: 4), with: "tree-deep.txt", in: #filePath)
    }

    @Test func drawsAnyDepthInBoundedSpace() {
        let nodes = (0..<200_000).map { TreeText.Node(depth: $0, content: StyledText()) }
        let clock = ContinuousClock()
        var bytes = 0
        let time = clock.measure { bytes = render(nodes, width: 80).utf8.count }
        #expect(bytes < 40_000_000)
        #expect(time < .seconds(30))
    }

    @Test func survivesDepthsThatNoTreeHas() {
        let depths = [5, -3, Int.max, 0, 2, Int.min]
        let text = render(depths.map { .init(depth: $0, content: StyledText("x")) }, width: 20)
        #expect(text.split(separator: "\n").count == depths.count)
    }
}
