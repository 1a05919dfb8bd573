"""Judges docs/endpoint.openapi.json with openapi-spec-validator, its references to other files followed."""

import json
import pathlib
import sys

from openapi_spec_validator import validate

path = pathlib.Path(__file__).resolve().parents[2] / "docs" / "endpoint.openapi.json"
description = json.loads(path.read_text(encoding="utf-8"))
validate(description, base_uri=path.as_uri())
broken = json.loads(path.read_text(encoding="utf-8"))
del broken["paths"]["/"]["post"]["responses"]
broken["paths"]["/"]["post"]["parameters"][0]["in"] = "nowhere"
try:
    validate(broken, base_uri=path.as_uri())
except Exception:  # noqa: BLE001 - any complaint shows that the judge looks
    print(f"{path.name} is a sound description by OpenAPI 3.1")
else:
    sys.exit("the judge finds nothing wrong with a broken description")
