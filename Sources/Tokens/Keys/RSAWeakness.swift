/// RSA keys that one generator of many smart cards and TPMs made between 2012 and 2017: their prime numbers are
/// powers of 65537 modulo a product of small primes, and can be computed from the public key (Nemec and others,
/// "The Return of Coppersmith's Attack", 2017; CVE-2017-15361).
enum RSAWeakness {
    /// The odd primes up to 167, whose product that generator used for keys of 512 bits and more.
    private static let primes: [UInt32] = [
        3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109,
        113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
    ]

    /// Whether the modulus is a power of 65537 modulo every one of the primes. Of other keys fewer than one in 2²⁷ is.
    static func isGuessable(modulus: [UInt8]) -> Bool {
        primes.allSatisfy { prime in powers(modulo: prime).contains(remainder(of: modulus, by: prime)) }
    }

    private static func remainder(of number: [UInt8], by prime: UInt32) -> UInt32 {
        number.reduce(0) { ($0 << 8 | UInt32($1)) % prime }
    }

    private static func powers(modulo prime: UInt32) -> Set<UInt32> {
        var powers: Set<UInt32> = []
        var power: UInt32 = 1
        while powers.insert(power).inserted { power = power * (65537 % prime) % prime }
        return powers
    }
}
