import Testing

@testable import Terminal

@Suite struct PaletteTests {
    @Test func paintsOnlyWhenEnabled() {
        #expect(Palette(isEnabled: true).paint("x", .string) == "\u{1b}[32mx\u{1b}[0m")
        #expect(Palette(isEnabled: false).paint("x", .string) == "x")
        #expect(Palette(isEnabled: true).paint("x", nil) == "x")
        #expect(Palette(isEnabled: true).paint("", .string) == "")
    }

    @Test func paintsEveryRoleAsOneSequence() {
        for role in TextRole.allCases {
            let painted = Palette(isEnabled: true).paint("x", role)
            #expect(DisplayWidth.columns(ofStyled: painted) == 1, "\(role)")
            #expect(painted.hasPrefix("\u{1b}[") && painted.hasSuffix("mx\u{1b}[0m"), "\(role)")
        }
    }

    @Test(
        arguments: [
            (ColorChoice.auto, true, [:], true), (.auto, false, [:], false), (.auto, true, ["NO_COLOR": "1"], false),
            (.auto, true, ["NO_COLOR": ""], true), (.auto, true, ["TERM": "dumb"], false),
            (.always, false, ["NO_COLOR": "1"], true), (.never, true, [:], false),
        ] as [(ColorChoice, Bool, [String: String], Bool)])
    func decidesForOneStream(choice: ColorChoice, isTerminal: Bool, environment: [String: String], isOn: Bool) {
        #expect(choice.isOn(isTerminal: isTerminal, environment: environment) == isOn)
    }
}
