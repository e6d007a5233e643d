"""Signs and verifies tokens with PyJWT and jwcrypto, for the tests of the room Tokens.

Reads a JSON object a line: `library` (pyjwt, jwcrypto), `algorithm`, `pem` (text) or `secret` (Base64url), and `claims` to
sign or `token` to verify. Writes an object a line: `token`, `claims`, or `error`.
"""
import base64
import json
import sys

import jwt
from jwcrypto.jwk import JWK
from jwcrypto.jwt import JWT


def pyjwt(request):
    key = request["pem"] if "pem" in request else decoded(request["secret"])
    if "claims" in request:
        return {"token": jwt.encode(request["claims"], key, algorithm=request["algorithm"])}
    options = {"verify_aud": False, "verify_exp": False, "verify_iat": False, "verify_nbf": False}
    return {"claims": jwt.decode(request["token"], key, algorithms=[request["algorithm"]], options=options)}


def jwcrypto(request):
    key = JWK.from_pem(request["pem"].encode()) if "pem" in request else JWK(kty="oct", k=request["secret"])
    if "claims" in request:
        token = JWT(header={"alg": request["algorithm"], "typ": "JWT"}, claims=request["claims"])
        token.make_signed_token(key)
        return {"token": token.serialize()}
    token = JWT(jwt=request["token"], key=key, algs=[request["algorithm"]], check_claims={})
    return {"claims": json.loads(token.claims)}


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


for line in sys.stdin:
    try:
        answer = {"pyjwt": pyjwt, "jwcrypto": jwcrypto}[json.loads(line)["library"]](json.loads(line))
    except Exception as error:  # Whatever a library throws is its answer.
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), flush=True)
