"""Makes what make.mjs makes, with jwcrypto, from the key and the packet that are there."""

import json
from pathlib import Path

from jwcrypto import jwe, jwk

here = Path(__file__).parent
key = jwk.JWK.from_json((here / "key.json").read_text())
packet = (here / "packet.json").read_bytes()


def sealed(**header):
    protected = {"alg": "ECDH-ES", "enc": "A256GCM", **header}
    token = jwe.JWE(packet, json.dumps(protected), algs=["ECDH-ES", "A256GCM"])
    token.add_recipient(jwk.JWK.from_json(key.export_public()))
    return token.serialize(compact=True)


(here / "jwcrypto.jwe").write_text(sealed(kid=key.thumbprint()))
(here / "jwcrypto-small.jwe").write_text(sealed(kid=key.thumbprint(), zip="DEF"))
algorithms = ["PBES2-HS512+A256KW", "A256GCM"]
locked = jwe.JWE(
    key.export_private().encode(), json.dumps({"alg": algorithms[0], "enc": "A256GCM"}), algs=algorithms
)
locked.add_recipient(jwk.JWK.from_password("four quiet blue lamps"))
(here / "jwcrypto-key.txt").write_text(locked.serialize(compact=True))
