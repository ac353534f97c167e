"""Fails unless a YAML file, or what it holds under a key, read by PyYAML, has the same values as a JSON file.

Usage: read_yaml.py VALUES.json VALUES.yaml [KEY]
"""

import json
import sys

import yaml


def differences(expected, found, place=""):
    """Yields where the two differ; `1`, `1.0` and `True` are three values, as they are in YAML."""
    if type(expected) is not type(found):
        yield place, expected, found
    elif isinstance(expected, dict):
        for key in expected.keys() | found.keys():
            missing = object()
            yield from differences(
                expected.get(key, missing), found.get(key, missing), f"{place}.{key!r}"
            )
    elif isinstance(expected, list):
        if len(expected) != len(found):
            yield place, expected, found
        for index, pair in enumerate(zip(expected, found, strict=False)):
            yield from differences(*pair, f"{place}[{index}]")
    elif repr(expected) != repr(found):
        yield place, expected, found


def main(values_path: str, yaml_path: str, key: str | None = None) -> None:
    with open(values_path, encoding="utf-8") as file:
        expected = json.load(file)
    for loader in (yaml.SafeLoader, yaml.CSafeLoader):
        with open(yaml_path, "rb") as file:
            found = yaml.load(file, Loader=loader)
        found = found if key is None else found[key]
        for place, left, right in differences(expected, found):
            sys.exit(f"{loader.__name__}: {place}: {left!r} was read as {right!r}")


main(*sys.argv[1:])
