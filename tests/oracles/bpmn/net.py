"""Reads the BPMN of a folder with pm4py and judges it as a net: `net.py FOLDER`.

pm4py makes a Petri net of a drawing, by token flow alone, without conditions and counts; Woflan must find it sound. So an
end can be reached from everywhere even for a reader that knows nothing of our properties. An event at the border of a task
is a second way out of it, which pm4py leaves out and is put in here. A copy that has lost an arrow must not be sound.
"""

import contextlib
import io
import pathlib
import sys
import warnings

from lxml import etree

warnings.filterwarnings("ignore")
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    from pm4py.algo.analysis.woflan import algorithm as woflan
    from pm4py.objects.bpmn.importer import importer
    from pm4py.objects.bpmn.obj import BPMN
    from pm4py.objects.conversion.bpmn import converter

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


def border_events(graph):
    """In place of a task with events at its border: a choice between its own way on and theirs."""
    tasks = {node.get_id(): node for node in graph.get_nodes()}
    events = [node for node in tasks.values() if isinstance(node, BPMN.BoundaryEvent)]
    choices = {}
    for event in events:
        task, process = tasks[event.get_activity()], event.get_process()
        if task not in choices:
            choices[task] = choice = BPMN.ExclusiveGateway(id=f"choice_{task.get_id()}", process=process)
            graph.add_node(choice)
            for flow in list(task.get_in_arcs()):
                graph.remove_flow(flow)
                graph.add_flow(BPMN.SequenceFlow(flow.get_source(), choice, process=process))
            graph.add_flow(BPMN.SequenceFlow(choice, task, process=process))
        # Of events pm4py takes only starts and ends along.
        passed = BPMN.Task(id=f"passed_{event.get_id()}", process=process)
        graph.add_node(passed)
        graph.add_flow(BPMN.SequenceFlow(choices[task], passed, process=process))
        for flow in list(event.get_out_arcs()):
            graph.remove_flow(flow)
            graph.add_flow(BPMN.SequenceFlow(passed, flow.get_target(), process=process))
        graph.remove_node(event)


def is_sound(text):
    graph = importer.deserialize(text)
    border_events(graph)
    net, start, end = converter.apply(graph)
    quiet = {woflan.Parameters.RETURN_ASAP_WHEN_NOT_SOUND: True, woflan.Parameters.PRINT_DIAGNOSTICS: False}
    return woflan.apply(net, start, end, parameters=quiet)


def damaged(text):
    """The drawing without the arrow into its last end: what led there leads nowhere."""
    tree = etree.fromstring(text)
    end = tree.findall(f".//{MODEL}endEvent")[-1].get("id")
    flow = next(flow for flow in tree.iter(f"{MODEL}sequenceFlow") if flow.get("targetRef") == end)
    for said in list(tree.iter(f"{MODEL}incoming", f"{MODEL}outgoing")):
        if said.text == flow.get("id"):
            said.getparent().remove(said)
    flow.getparent().remove(flow)
    return etree.tostring(tree)


def main(folder):
    for path in sorted(pathlib.Path(folder).glob("*.bpmn")):
        text = path.read_bytes()
        print(f"pass pm4py: {path.stem} is sound" if is_sound(text) else f"FAIL pm4py: {path.stem} is not sound")
        try:
            taken = is_sound(damaged(text))
        except Exception:  # It may as well not be read at all.
            taken = False
        print(f"FAIL pm4py takes the damaged {path.stem}" if taken else f"pass pm4py refuses the damaged {path.stem}")


main(*sys.argv[1:])
