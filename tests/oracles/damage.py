"""Damaged copies of a document, so that a validator that takes anything is found out.

`damage.py FILE FOLDER` writes them as files for validators in other languages.
"""

import copy
import json
import pathlib
import sys


def short(path):
    """The last two parts of a path."""
    return "/".join(pathlib.Path(path).parts[-2:])


def of(document):
    """(what is wrong, the document with it)"""
    surplus = copy.deepcopy(document)
    surplus["thừa"] = 1
    yield "an unknown key", surplus
    wrong = copy.deepcopy(document)
    key = next(key for key, value in wrong.items() if isinstance(value, list))
    wrong[key] = "không phải danh sách"
    yield f"a text for the list “{key}”", wrong
    less = copy.deepcopy(document)
    del less[key]
    yield f"no “{key}”", less


def main(path, folder):
    document = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    for number, (_, damaged) in enumerate(of(document)):
        target = pathlib.Path(folder) / f"{number}.json"
        target.write_text(json.dumps(damaged, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
