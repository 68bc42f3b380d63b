"""Compares due dates with numpy: `dates.py TTHC SEED`.

numpy.busday_offset counts working days over a list of days off; it knows no swapped Saturdays, so the years with some
are counted with a list of open days here. The days off are the printed ones, written down anew for this test.
Prints `pass NAME` or `FAIL NAME: first difference` for each comparison.
"""

import datetime
import random
import subprocess
import sys

import numpy

OFF = """2021-01-01 2021-02-10 2021-02-11 2021-02-12 2021-02-15 2021-02-16 2021-04-21 2021-04-30 2021-05-03 2021-09-02
2021-09-03 2022-01-03 2022-01-31 2022-02-01 2022-02-02 2022-02-03 2022-02-04 2022-04-11 2022-05-02 2022-05-03 2022-09-01
2022-09-02 2023-01-02 2023-01-20 2023-01-23 2023-01-24 2023-01-25 2023-01-26 2023-05-01 2023-05-02 2023-05-03 2023-09-01
2023-09-04 2024-01-01 2024-02-08 2024-02-09 2024-02-12 2024-02-13 2024-02-14 2024-04-18 2024-04-29 2024-04-30 2024-05-01
2024-09-02 2024-09-03 2025-01-01 2025-01-27 2025-01-28 2025-01-29 2025-01-30 2025-01-31 2025-04-07 2025-04-30 2025-05-01
2025-05-02 2025-09-01 2025-09-02 2026-01-01 2026-01-02 2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20 2026-04-27
2026-04-30 2026-05-01 2026-08-31 2026-09-01 2026-09-02 2026-11-24""".split()
WORKED_SATURDAYS = ["2024-05-04", "2025-04-26", "2026-01-10", "2026-08-22"]

FIRST, LAST = numpy.datetime64("2021-01-01"), numpy.datetime64("2026-12-31")
DAYS = numpy.arange(FIRST, LAST + 1)
WITHOUT_SWAPS = numpy.datetime64("2023-12-31")
CALENDAR = numpy.busdaycalendar(holidays=OFF)
OPEN = numpy.array([numpy.is_busday(day, busdaycal=CALENDAR) or str(day) in WORKED_SATURDAYS for day in DAYS])
OPEN_DAYS = DAYS[OPEN]


def printed(day):
    return day.astype(datetime.date).strftime("%d/%m/%Y")


def asked(program, days, period):
    """What the program says is the last day, by day."""
    said = subprocess.run([program, "due", "--in", period, *map(printed, days)], capture_output=True, text=True)
    if said.returncode > 1:
        raise SystemExit(f"FAIL tthc due --in {period}: {said.stderr.strip()}")
    lines = [line.split("\t") for line in said.stdout.splitlines()]
    assert [day for day, _ in lines] == [printed(day) for day in days]
    return [None if "không có" in end else end.removeprefix("24:00 ") for _, end in lines]


def report(name, days, found, expected):
    wrong = [(printed(day), a, b) for day, a, b in zip(days, found, expected) if a != b]
    print(f"FAIL {name}: {len(wrong)}, the first {wrong[0]}" if wrong else f"pass {name}: {len(days)} days")


def offset(days, count):
    """numpy alone, where no Saturday is worked: backward to a working day, then on."""
    return numpy.busday_offset(days, count, roll="backward", busdaycal=CALENDAR)


def open_after(day, count):
    """The count-th open day after a day."""
    at = numpy.searchsorted(OPEN_DAYS, day, side="right") + count - 1
    return printed(OPEN_DAYS[at]) if at < len(OPEN_DAYS) else None


def rolled(day):
    at = numpy.searchsorted(OPEN_DAYS, day, side="left")
    return printed(OPEN_DAYS[at]) if at < len(OPEN_DAYS) else None


def main(program, seed):
    chance = random.Random(int(seed))
    print(f"seed {seed}")
    plain = DAYS[DAYS <= WITHOUT_SWAPS]
    for count in [1, 2, 3, 5, 7, 10, 15, 20, 30, *chance.sample(range(31, 120), 4)]:
        few = plain[plain < WITHOUT_SWAPS - 2 * count - 30]
        found = asked(program, few, f"{count} ngày làm việc")
        report(f"busday_offset {count} working days", few, found, [printed(day) for day in offset(few, count)])
        found = asked(program, DAYS, f"{count} ngày làm việc")
        report(f"{count} working days with worked Saturdays", DAYS, found, [open_after(day, count) for day in DAYS])
    for count in [1, 5, 15, 30, *chance.sample(range(2, 90), 3)]:
        found = asked(program, DAYS, f"{count} ngày")
        report(f"{count} calendar days, rolled", DAYS, found, [rolled(day + count) for day in DAYS])
    # busday_count: as many working days lie behind the first day up to the last as the period says.
    few = plain[plain < WITHOUT_SWAPS - 90]
    ends = [datetime.datetime.strptime(end, "%d/%m/%Y").date() for end in asked(program, few, "25 ngày làm việc")]
    counts = numpy.busday_count(few + 1, numpy.array(ends, dtype="datetime64[D]") + 1, busdaycal=CALENDAR)
    report("busday_count of 25 working days", few, counts.tolist(), [25] * len(few))


main(*sys.argv[1:])
