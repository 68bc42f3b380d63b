"""Validates JSON files by a schema with jsonschema for Python: `validate.py SCHEMA FILE…`.

Prints `pass NAME` or `FAIL NAME: why` for each file, and for a damaged copy of the first one, which must be refused.
"""

import json
import pathlib
import sys

import jsonschema

import damage


def read(path):
    return json.loads(pathlib.Path(path).read_text(encoding="utf-8"))


def main(schema_path, *paths):
    schema = read(schema_path)
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema)
    for path in paths:
        error = jsonschema.exceptions.best_match(validator.iter_errors(read(path)))
        name = f"jsonschema {damage.short(path)}"
        print(f"pass {name}" if error is None else f"FAIL {name}: {error.json_path}: {error.message[:300]}")
    for what, damaged in damage.of(read(paths[0])):
        name = f"jsonschema refuses {what} in {damage.short(paths[0])}"
        print(f"FAIL {name}" if validator.is_valid(damaged) else f"pass {name}")


main(*sys.argv[1:])
