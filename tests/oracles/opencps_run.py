"""Walks dossiers through OpenCPS packages: `opencps_run.py PATHS DEFINITIONS FOLDER`.

Each path of PATHS is a list of decisions with the end that it comes to, or none where it must not be possible. Of the
package only steps and the actions between them are used; which name stands for which step and outcome is taken from
the definition that was built for the same process. The software itself is not run.
"""

import json
import pathlib
import sys
import unicodedata
import zipfile

from lxml import etree

OVERDUE = "Hết thời gian"


def text(element, name):
    return element.findtext(name) or ""


class Words:
    """What the definition calls its steps and outcomes."""

    def __init__(self, graph):
        nodes = {node["id"]: node for node in graph["nodes"]}
        steps = {key: node for key, node in nodes.items() if node["type"] == "step"}
        self.names = {f"{key}. {step['label']}" if step["numbered"] else step["label"]: key for key, step in steps.items()}
        self.labels = {}
        for way in graph["transitions"]:
            choice = nodes[way["from"]]
            if choice["type"] == "choice" and choice["decided"] and "outcome" in way:
                labels = self.labels.setdefault(choice["step"], {})
                labels[way["outcome"]] = way.get("label") or way["outcome"].replace("_", " ")

    def step(self, name):
        """Of which step this is the name, or the name of a copy."""
        known = [full for full in self.names if name == full or name.startswith(full + " (")]
        return self.names[max(known, key=len)] if known else None


def walk(steps, actions, words, decide):
    """The end, and how many steps were done; or what was not possible."""
    ways = lambda code: [action for action in actions if text(action, "preStepCode") == code]
    [start] = ways("")
    at, done, decide = text(start, "postStepCode"), 0, list(decide)
    while True:
        name, here = text(steps[at], "stepName"), ways(at)
        if not here:
            return (name.removeprefix("Kết thúc: "), done) if not decide else f"{decide[0]} is left at the end {name}"
        step = words.step(name)
        who, what = decide[0] if decide else (None, None)
        if who == (step or "chờ") and what == "quá hạn":
            label = OVERDUE
        elif step in words.labels:
            if who != step:
                return f"{name} asks for a decision, not for {who}"
            label = words.labels[step].get(what)
        else:
            label = None
        if label:
            decide.pop(0)
        named = [one for one in here if (text(one, "actionName") == label if label else text(one, "actionName") != OVERDUE)]
        if len(named) != 1:
            return f"{len(named)} actions for {label} at {name}"
        done += step is not None
        at = text(named[0], "postStepCode")


def plain(name):
    """The name as packages and codes have it: ASCII letters, digits and `_`."""
    letters = unicodedata.normalize("NFD", name).replace("đ", "d").replace("Đ", "D")
    letters = "".join(c for c in letters if not unicodedata.combining(c))
    return "_".join(part for part in "".join(c if c.isascii() and c.isalnum() else "_" for c in letters).split("_") if part)


def process(path, case):
    """The process of a case in a package; none where there is no such package."""
    if not path.exists():
        return None
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if "/processes/" in name and name.endswith(".xml")]
        own = [name for name in names if len(names) == 1 or name.endswith(f"_{plain(case or '')}.xml")]
        return etree.fromstring(archive.read(own[0])) if len(own) == 1 else None


def main(paths, definitions, folder):
    paths = json.loads(pathlib.Path(paths).read_text())
    for file in sorted(pathlib.Path(definitions).rglob("*.json")):
        definition = json.loads(file.read_text())
        for case in definition["cases"]:
            key = "/".join(name for name in (definition["procedure"]["id"], case["id"]) if name)
            tree = process(pathlib.Path(folder, plain(file.stem) + ".zip"), case["id"])
            if tree is None:
                print(f"OpenCPS has no package for {key}")
                continue
            steps = {text(step, "stepCode"): step for step in tree.iter("ProcessStep")}
            words, actions = Words(case["graph"]), list(tree.iter("ProcessAction"))
            for title, wanted in paths[key].items():
                found = walk(steps, actions, words, wanted["decide"])
                right = found == (wanted["end"], wanted["steps"]) if "end" in wanted else isinstance(found, str)
                print(f"pass OpenCPS walks {key}: {title}" if right else f"FAIL OpenCPS {key}: {title}: {found}")


main(*sys.argv[1:])
