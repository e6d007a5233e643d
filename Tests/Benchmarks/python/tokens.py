"""Verifying tokens: ours, PyJWT with the same policy, and what the primitive alone takes OpenSSL."""

import os
import secrets
import subprocess
import time

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

CLAIMS = {
    "iss": "https://issuer.example", "aud": "shop", "sub": "alice", "iat": 1767225000, "exp": 4102444800,
    "jti": "5a1c2f60-9f3e-4b0a-8f0e-3f1d2c4b5a69", "sid": "9b2d", "scope": "read write", "roles": ["USER", "ADMIN"],
}
PROGRAM = ".build/release/token-benchmark"


def run(work):
    folder = f"{work}/tokens"
    os.makedirs(folder, exist_ok=True)
    print("\ntokens: verified a second (decoded: nothing is verified; OpenSSL: the primitive alone)")
    print(f"  {'alg':8}{'ours':>10}{'decoded':>10}{'OpenSSL':>10}{'PyJWT':>10}{'of OpenSSL':>12}{'× PyJWT':>9}")
    for algorithm, private, primitive in keys():
        path = f"{folder}/{algorithm}"
        token, key = written(path, algorithm, private)
        verified, decoded = ours("verify", path, key), ours("decode", path, key)
        # An HMAC is of what was signed; the other primitives are of a digest.
        bare = openssl(primitive, len(token.rsplit(".", 1)[0]))
        python = pyjwt(token, algorithm, private)
        print(
            f"  {algorithm:8}{verified:10.0f}{decoded:10.0f}{bare:10.0f}{python:10.0f}{verified / bare:12.2f}{verified / python:9.1f}")


def keys():
    secret = secrets.token_bytes(64)
    key = rsa.generate_private_key(65537, 2048)
    for bits in ("256", "384", "512"):
        yield "HS" + bits, secret, ("-hmac", "sha" + bits)
    for kind in ("RS", "PS"):
        for bits in ("256", "384", "512"):
            yield kind + bits, key, ("rsa2048",)
    for bits, curve, name in (("256", ec.SECP256R1(), "ecdsap256"), ("384", ec.SECP384R1(), "ecdsap384"), ("512", ec.SECP521R1(), "ecdsap521")):
        yield "ES" + bits, ec.generate_private_key(curve), (name,)
    yield "EdDSA", ed25519.Ed25519PrivateKey.generate(), ("ed25519",)


def public(private):
    return private if isinstance(private, bytes) else private.public_key()


def written(path, algorithm, private):
    """Writes the token and what verifies it; the token, and the name of the key's file."""
    token = jwt.encode(CLAIMS, private, algorithm)
    with open(path, "w", encoding="ascii") as file:
        file.write(token)
    name = path + (".secret" if isinstance(private, bytes) else ".pem")
    with open(name, "wb") as file:
        file.write(
            private if isinstance(private, bytes) else private.public_key().public_bytes(
                serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo))
    return token, name


def ours(work, path, key):
    return 1e9 / int(subprocess.run([PROGRAM, work, path, key], check=True, capture_output=True, text=True).stdout)


def pyjwt(token, algorithm, private):
    key = public(private)
    passes = []
    end = time.perf_counter() + 1
    while time.perf_counter() < end or len(passes) < 5:
        start = time.perf_counter()
        for _ in range(50):
            jwt.decode(token, key, algorithms=[algorithm], issuer=CLAIMS["iss"], audience="shop")
        passes.append((time.perf_counter() - start) / 50)
    return 1 / sorted(passes)[len(passes) // 2]


def openssl(words, size):
    """How often a second the primitive alone is done; of HMACs those of so many bytes."""
    command = ["openssl", "speed", "-mr", "-seconds", "1", "-bytes", str(size), *words]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    fields = next(line for line in lines if line.startswith("+F")).split(":")
    # Bytes a second of a digest; else signatures a second, and then verifications.
    return float(fields[-1]) / size if fields[0] == "+F" else float(fields[-1])
