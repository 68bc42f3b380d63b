"""Compares verdicts on soundness with Woflan as pm4py has it: `soundness.py NETS`, a file that the example `nets` wrote.

Woflan calls some sound nets unsound and does not finish on others, so that only one direction binds: what it calls
sound is sound, and so it never calls sound what the compiler calls unsound. Each net has a time limit.
Prints `pass NAME` or `FAIL NAME: why`.
"""

import multiprocessing
import sys
import warnings

SECONDS = 5


def woflan(transitions, places, initial, answer):
    warnings.simplefilter("ignore")
    from pm4py.algo.analysis.woflan import algorithm
    from pm4py.objects.petri_net.obj import Marking, PetriNet
    from pm4py.objects.petri_net.utils import petri_utils

    net = PetriNet("net")
    nodes = [PetriNet.Place(str(number)) for number in range(places)]
    net.places.update(nodes)
    taken = set()
    for number, (inputs, outputs) in enumerate(transitions):
        transition = PetriNet.Transition(f"t{number}", f"t{number}")
        net.transitions.add(transition)
        for place in inputs:
            petri_utils.add_arc_from_to(nodes[place], transition, net)
            taken.add(place)
        for place in outputs:
            petri_utils.add_arc_from_to(transition, nodes[place], net)
    final = [nodes[place] for place in range(places) if place not in taken]
    if len(final) != 1:
        answer.put(None)
        return
    quiet = algorithm.Parameters
    parameters = {quiet.RETURN_ASAP_WHEN_NOT_SOUND: True, quiet.PRINT_DIAGNOSTICS: False}
    found = algorithm.apply(net, Marking({nodes[initial]: 1}), Marking({final[0]: 1}), parameters=parameters)
    answer.put(bool(found[0] if isinstance(found, tuple) else found))


def judged(job):
    """True, False, or None where it has no answer in time."""
    answer = multiprocessing.Queue()
    worker = multiprocessing.Process(target=woflan, args=(*job, answer))
    worker.start()
    worker.join(SECONDS)
    if worker.is_alive():
        worker.kill()
        worker.join()
        return None
    return answer.get() if worker.exitcode == 0 and not answer.empty() else None


def side(text):
    return [int(place) for place in text.split()]


def main(path):
    import pm4py.algo.analysis.woflan.algorithm  # loaded once, before the workers part

    figures = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            name, verdict, places, initial, fires = line.rstrip("\n").split("|")
            transitions = [tuple(map(side, fire.split(">"))) for fire in fires.split(";")]
            found = judged((transitions, int(places), int(initial)))
            kind = "random graphs" if name.startswith("random ") else "processes"
            figures.setdefault(kind, []).append((name, verdict, found))
    for kind, all_found in figures.items():
        wrong = [name for name, verdict, found in all_found if verdict == "unsound" and found is True]
        both = sum(verdict == "sound" and found is True for _, verdict, found in all_found)
        refused = sum(verdict == "unsound" and found is False for _, verdict, found in all_found)
        said = f"{len(all_found)} {kind}, {both} sound and {refused} unsound to both"
        silent = sum(found is None for _, _, found in all_found)
        strict = sum(verdict == "sound" and found is False for _, verdict, found in all_found)
        print(f"{kind}: {silent} without an answer in {SECONDS} s, {strict} that Woflan alone calls unsound")
        if wrong:
            print(f"FAIL Woflan calls sound what the compiler does not: {', '.join(wrong[:5])}")
        elif both == 0:
            print(f"FAIL Woflan has found nothing sound: {said}")
        else:
            print(f"pass Woflan: {said}")


if __name__ == "__main__":
    multiprocessing.set_start_method("fork")
    main(*sys.argv[1:])
