"""Judges OpenCPS packages: `opencps.py SCHEMA FOLDER`.

Each file by the schema, with lxml; then what no schema can say and the importer does not check: that codes meet, that every
step has a way on and an end can be reached, that the clock is stopped and started, that no way takes longer than the limit,
that whoever acts has a position, that the ZIP can be unpacked there.
A damaged copy of each package must be refused. The software itself is not run.
"""

import io
import pathlib
import re
import sys
import zipfile

from lxml import etree

TERMINAL = {"done", "denied", "cancelled", "unresolved"}


def text(element, name):
    return element.findtext(name) or ""


def layout(archive, root):
    """The import makes a folder only for an entry of its own, parents first."""
    seen = set()
    for name in archive.namelist():
        parent = name.rstrip("/").rpartition("/")[0]
        if parent and parent + "/" not in seen:
            yield f"{name} stands before its folder"
        if name.endswith("/"):
            seen.add(name)
        if not name.startswith(root + "/"):
            yield f"{name} does not lie in {root}/"
        if not name.isascii():
            yield f"{name} is not ASCII"


def clock(steps, actions, dates):
    """Follows the clock of the dossier: it stands still where somebody waits, and runs where there is a time."""
    after = {"1": "stands", "2": "runs", "3": "runs", "5": "is over", "6": "runs"}
    seen, waiting = set(), [("", None)]
    while waiting:
        at, state = waiting.pop()
        for action in actions:
            if text(action, "preStepCode") == at:
                to = (text(action, "postStepCode"), after.get(dates.get(text(action, "actionCode")), state))
                if to not in seen:
                    seen.add(to)
                    waiting.append(to)
    for code, state in sorted(seen, key=str):
        step = steps.get(code)
        if step is None:
            continue
        if text(step, "dossierStatus") == "waiting" and state != "stands":
            yield f"the clock {state} in step {code}, which waits"
        if text(step, "durationCount") != "0" and state != "runs":
            yield f"the clock {state} in step {code}, which has a time"
        if text(step, "dossierStatus") in TERMINAL and state != "is over":
            yield f"the clock {state} in step {code}, which is an end"


def durations(steps, actions, dates):
    """The longest time on each way, from where the due date is set: a step that is done again has its time in its first one."""
    own = lambda code: re.sub(r" \((sau|bước|lần|“).*\)$", "", text(steps[code], "stepName"))
    ways = {}
    for action in actions:
        if text(action, "postStepCode") in steps:
            anew = dates.get(text(action, "actionCode")) in ("2", "6")
            ways.setdefault(text(action, "preStepCode"), []).append((text(action, "postStepCode"), anew))
    longest, waiting = 0.0, [("", {}, frozenset())]
    while waiting:
        at, spent, path = waiting.pop()
        longest = max(longest, sum(spent.values()))
        for to, anew in ways.get(at, []):
            if to not in path:
                before = {} if anew else spent
                waiting.append((to, before | {own(to): float(text(steps[to], "durationCount"))}, path | {to}))
    return longest


def process(tree, dates, parts, positions):
    steps = {text(step, "stepCode"): step for step in tree.iter("ProcessStep")}
    actions = list(tree.iter("ProcessAction"))
    if len(steps) != len(list(tree.iter("ProcessStep"))) or len({text(a, "actionCode") for a in actions}) != len(actions):
        yield "a code stands twice"
    starts = [action for action in actions if not text(action, "preStepCode")]
    if len(starts) != 1:
        yield f"{len(starts)} starts"
    ways = {}
    for action in actions:
        before, after = text(action, "preStepCode"), text(action, "postStepCode")
        code = text(action, "actionCode")
        if after not in steps or (before and before not in steps):
            yield f"action {code} leads from {before} to {after}"
            continue
        ways.setdefault(before, []).append(after)
        date = dates.get(code)
        if date is None:
            yield f"action {code} has no configuration"
        for part in ",".join([text(action, "createDossierFiles"), text(action, "returnDossierFiles")]).split(","):
            if part and part not in parts:
                yield f"action {code} makes {part}, which is no result"
    listed = lambda name: {part for action in actions for part in text(action, name).split(",") if part}
    for part in sorted(listed("returnDossierFiles") - listed("createDossierFiles")):
        yield f"{part} is handed out and never made"
    yield from clock(steps, actions, dates)
    limit, longest = float(text(tree, "durationCount")), durations(steps, actions, dates)
    if 0 < limit < longest:
        yield f"its steps take {longest}, and it {limit}"
    sequences = {text(sequence, "sequenceNo") for sequence in tree.iter("ProcessSequence")}
    roles = {text(role, "roleCode") for role in tree.iter("ProcessRole")}
    for role in sorted(roles - positions):
        yield f"the role {role} is no position"
    reach, waiting = set(), [text(action, "postStepCode") for action in starts]
    while waiting:
        step = waiting.pop()
        if step not in reach:
            reach.add(step)
            waiting.extend(ways.get(step, []))
    for code, step in steps.items():
        terminal = text(step, "dossierStatus") in TERMINAL
        if code not in reach:
            yield f"step {code} is not reached"
        if terminal == bool(ways.get(code)):
            yield f"step {code} is terminal {terminal} and has ways {ways.get(code)}"
        if text(step, "sequenceNo") not in sequences:
            yield f"step {code} stands in no sequence"
        if not {text(role, "roleCode") for role in step.iter("StepRole")} <= roles:
            yield f"step {code} has a role that the process has not"
    ends = {code for code, step in steps.items() if text(step, "dossierStatus") in TERMINAL}
    grown = True
    while grown:
        more = {code for code, after in ways.items() if code and code not in ends and ends & set(after)}
        grown = bool(more)
        ends |= more
    for code in sorted(set(steps) - ends):
        yield f"from step {code} no end can be reached"


# Which dictionary a service's code must stand in.
DICTIONARIES = {"SERVICE_DOMAIN": "domainCode", "SERVICE_ADMINISTRATION": "administrationCode", "GOVERNMENT_AGENCY": "govAgencyCode"}


def dictionaries(data):
    """The codes of each dictionary."""
    codes = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.namelist():
            if "/dicts/" in entry and entry.endswith(".xml"):
                tree = etree.fromstring(archive.read(entry))
                codes[text(tree, "collectionCode")] = [text(item, "itemCode") for item in tree.iter("DictItem")]
    return codes


def faults(schema, name, data, known):
    root = pathlib.Path(name).stem
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield from layout(archive, root)
        trees = {entry: etree.fromstring(archive.read(entry)) for entry in archive.namelist() if entry.endswith(".xml")}
    for entry, tree in trees.items():
        if not schema.validate(tree):
            yield f"{entry}: {schema.error_log.last_error.message}"
    named = lambda tag: [tree for tree in trees.values() if tree.tag == tag]
    parts = {text(part, "partNo") for tree in named("DossierTemplate") for part in tree.iter("DossierPart") if text(part, "partType") == "2"}
    dates = {text(one, "actionCode"): text(one, "dateOption") for tree in named("ActionConfigList") for one in tree}
    positions = {text(position, "code") for tree in named("UserManagement") for position in tree.iter("JobPos")}
    for tree in named("ServiceProcess"):
        yield from process(tree, dates, parts, positions)
    for code, items in dictionaries(data).items():
        if code not in DICTIONARIES or len(set(items)) != len(items):
            yield f"the dictionary {code} is unknown or has a code twice"
    for tree in named("ServiceInfo"):
        for code, tag in DICTIONARIES.items():
            for one in tree.iter(tag):
                if one.text and one.text not in known.get(code, []):
                    yield f"{tag} {one.text} stands in no dictionary"
    processes = {text(tree, "processNo") for tree in named("ServiceProcess")}
    templates = {text(tree, "templateNo") for tree in named("DossierTemplate")}
    options = [option for tree in named("ServiceInfo") for option in tree.iter("ProcessOption")]
    if {text(option, "processNo") for option in options} != processes or {text(option, "templateNo") for option in options} != templates:
        yield "options and processes do not meet"


def configured(data):
    """The codes that the package configures: their rows are those of every package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.namelist():
            if entry.endswith("Config.xml"):
                tree = etree.fromstring(archive.read(entry))
                yield from (one.text for tag in ("stepCode", "actionCode") for one in tree.iter(tag))


def damaged(data):
    """The same package with its last action leading nowhere, or a dictionary whose last item has no code."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if "/processes/" in entry.filename and content:
                head, _, tail = content.rpartition(b"<postStepCode>")
                content = head + b"<postStepCode>9" + tail
            if "/dicts/" in entry.filename and content:
                head, _, tail = content.rpartition(b"<itemCode>")
                content = head + b"<itemCode>" + tail[tail.index(b"<"):]
            new.writestr(entry, content)
    return out.getvalue()


def main(schema_path, folder):
    schema = etree.XMLSchema(etree.parse(schema_path))
    known = dictionaries(pathlib.Path(folder, "danh-muc.zip").read_bytes())
    owners = {}
    for path in sorted(pathlib.Path(folder).glob("*.zip")):
        data = path.read_bytes()
        found = list(faults(schema, path.name, data, known))
        found.extend(f"{code} is configured by {owners[code]} too" for code in configured(data) if code in owners)
        owners.update((code, path.name) for code in configured(data))
        print(f"FAIL OpenCPS {path.name}: {'; '.join(found[:4])}" if found else f"pass OpenCPS {path.name}")
        refused = list(faults(schema, path.name, damaged(data), known))
        print(f"pass OpenCPS refuses the damaged {path.name}" if refused else f"FAIL OpenCPS takes the damaged {path.name}")


main(*sys.argv[1:])
