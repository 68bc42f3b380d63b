"""Runs the named paths of the examples on SpiffWorkflow: `spiff.py PATHS FOLDER`.

PATHS holds, by procedure and case, what is decided in a run and where it ends; our own player of the JSON definition takes
every one of them. The files of FOLDER are validated by the BPMN 2.0 schema of the OMG that SpiffWorkflow carries.
"""

import json
import pathlib
import re
import signal
import sys

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnValidator
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser
from SpiffWorkflow.task import TaskState

SECONDS = 60


def parsed(path, text):
    parser = SpiffBpmnParser(validator=BpmnValidator())
    parser.add_bpmn_str(text.encode("utf-8"), filename=str(path))
    [name] = parser.get_process_ids()
    return BpmnWorkflow(parser.get_spec(name), parser.get_subprocess_specs(name))


def properties(task):
    return getattr(task.task_spec, "extensions", {}).get("properties", {})


def runs_out(decision, task):
    """The decision is that the time of this task runs out."""
    own = properties(task)
    names = (own.get("step"),) + (("chờ",) if "wait" in own else ())
    return decision[1] == "quá hạn" and decision[0] in names


def run_out(workflow, task):
    """Puts the moment of the timer at the border of this task into the past."""
    timers = [other for other in workflow.get_tasks(state=TaskState.WAITING) if other.parent is task.parent]
    assert timers, "no timer waits"
    for timer in timers:
        timer._set_internal_data(event_value="2000-01-01T00:00:00+00:00")
    workflow.refresh_timers()
    workflow.do_engine_steps()


def is_decided(task):
    return "outcomes" in properties(task)


def play(path, run):
    """The end that the engine comes to, and how many tasks were done."""
    text = path.read_text(encoding="utf-8")
    workflow = parsed(path, text)
    left = [tuple(pair) for pair in run["decide"]]
    first = workflow.get_next_task()
    fields = dict(pair.split("=") for pair in re.findall(r'name="field" value="([^"]*)"', text))
    for variable, field in fields.items():
        value = run.get("dossier", {}).get(field)
        if isinstance(value, str) and re.fullmatch(r"[0-9.]+", value):
            value = float(value)
        first.data[variable] = value
    workflow.do_engine_steps()
    done = 0
    while not workflow.is_completed():
        ready = [task for task in workflow.get_tasks(state=TaskState.READY) if task.task_spec.manual]
        if not ready:
            raise AssertionError("nothing can be done")
        late = [task for task in ready if left and runs_out(left[0], task)]
        free = [task for task in ready if not is_decided(task) and task not in late]
        if left and not free and late:
            left.pop(0)
            done += 0 if "wait" in properties(late[0]) else 1
            run_out(workflow, late[0])
            continue
        task = free[0] if free else next((one for one in ready if left and properties(one)["step"] == left[0][0]), None)
        if task is None:
            raise AssertionError(f"left to decide {left}, ready {[properties(one).get('step') for one in ready]}")
        own = properties(task)
        if is_decided(task):
            _, outcome = left.pop(0)
            assert outcome in own["outcomes"].split("|"), outcome
            task.data[own["variable"]] = outcome
        done += 0 if "wait" in own else 1
        task.run()
        workflow.do_engine_steps()
    ends = [t for t in workflow.get_tasks(state=TaskState.COMPLETED) if "end" in properties(t)]
    assert not left, f"left to decide {left}"
    return [properties(end)["end"] for end in ends], done


def main(paths, folder):
    signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(TimeoutError("it does not end")))
    for name, runs in json.loads(pathlib.Path(paths).read_text(encoding="utf-8")).items():
        path = pathlib.Path(folder) / (name.replace("/", ".") + ".bpmn")
        for title, run in runs.items():
            if "end" not in run:
                continue  # a beginning, or what cannot be
            title = f"SpiffWorkflow {name}: {title}"
            signal.alarm(SECONDS)
            try:
                ends, done = play(path, run)
                assert ends == [run["end"]], f"ends {ends}, not {run['end']}"
                assert done == run.get("steps", done), f"{done} steps, not {run['steps']}"
                print(f"pass {title}")
            except Exception as fault:  # whatever an engine throws is what the test is for
                print(f"FAIL {title}: {type(fault).__name__}: {str(fault)[:300]}")
            finally:
                signal.alarm(0)


main(*sys.argv[1:])
