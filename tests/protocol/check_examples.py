"""Reads {"schemas": {name: schema}, "examples": [{schema, value}]}; prints a verdict for each."""

import json
import sys

from jsonschema import Draft202012Validator

document = json.load(sys.stdin)
validators = {}
for name, schema in document["schemas"].items():
    Draft202012Validator.check_schema(schema)
    validators[name] = Draft202012Validator(schema)
verdicts = [validators[e["schema"]].is_valid(e["value"]) for e in document["examples"]]
json.dump(verdicts, sys.stdout)
