"""What fhir.resources makes of FHIR files: `python fhir_check.py FILE...`. Says what is wrong, and exits with 1 then.

The library has R4B and not R4; where the two differ (neither Questionnaire nor what else we write does) the test of
@medplum/core decides.
"""

import json
import re
import sys
from pathlib import Path

from fhir.resources.R4B import get_fhir_model_class
from pydantic import ValidationError


def faults(resource: dict) -> list[str]:
    """What is wrong with a resource; for a Bundle, with each of its entries too, which a Bundle alone does not tell apart."""
    kind = resource.get("resourceType", "")
    found = []
    try:
        read = get_fhir_model_class(kind).model_validate(resource)
    except (KeyError, LookupError):
        return [f"there is no resource {kind!r}"]
    except ValidationError as error:
        found += [f"{kind}: {fault['loc']}: {fault['msg']}" for fault in error.errors()]
    else:
        # Nothing is dropped or changed on the way through. A decimal may be written in several ways.
        again = json.loads(read.model_dump_json(exclude_none=True))
        if numbers_as_text(again) != numbers_as_text(resource):
            found.append(f"{kind}: it is not the same when it is written again")
    for entry in resource.get("entry", []):
        found += faults(entry["resource"])
    return found


def numbers_as_text(value, key=""):
    """The value with every number and every time spelled in one way."""
    if isinstance(value, dict):
        return {name: numbers_as_text(part, name) for name, part in value.items()}
    if isinstance(value, list):
        return [numbers_as_text(part, key) for part in value]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, str):
        try:
            number = float(value)
        except ValueError:
            value = value.replace("+00:00", "Z")
            return re.sub(r"\.(\d*?)0*Z$", lambda part: f".{part[1]}Z" if part[1] else "Z", value)
        return number if key.startswith("value") else value
    return value


def main(files: list[str]) -> int:
    wrong = 0
    for file in files:
        for fault in faults(json.loads(Path(file).read_text(encoding="utf-8"))):
            wrong = 1
            print(f"{file}: {fault}")
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
