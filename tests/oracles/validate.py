"""Validates every definition in a folder against the schema, with two validators; prints one line each."""

import json
import pathlib
import sys

import jsonschema
import jsonschema_rs


def main(schema_path: str, folder: str) -> int:
    schema = json.loads(pathlib.Path(schema_path).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    python = jsonschema.Draft202012Validator(schema)
    rust = jsonschema_rs.validator_for(schema)
    files = sorted(pathlib.Path(folder).glob("*.json"))
    passed = failed = 0
    for file in files:
        definition = json.loads(file.read_text(encoding="utf-8"))
        for name, errors in (
            ("jsonschema", [error.message for error in python.iter_errors(definition)]),
            ("jsonschema-rs", [error.message for error in rust.iter_errors(definition)]),
        ):
            print(f"{'ok  ' if not errors else 'FAIL'} {name}: {file.name}")
            for message in errors[:5]:
                print(f"     {message}")
            passed, failed = passed + (not errors), failed + bool(errors)
    # A definition with a key that nobody knows must be refused, or the schema says nothing.
    for validator in (python.is_valid, rust.is_valid):
        broken = json.loads(files[0].read_text(encoding="utf-8")) if files else {}
        broken["unknown"] = True
        refused = bool(files) and not validator(broken)
        print(f"{'ok  ' if refused else 'FAIL'} an unknown key is refused")
        passed, failed = passed + refused, failed + (not refused)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not files else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
