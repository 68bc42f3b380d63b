"""Reads documents back: `documents.py FOLDER`, which holds each document as .html and as .docx.

python-docx reads the one and lxml the other: every table, row and cell must be the same in both, merged cells included; every
diagram of the page must be drawn in the file, and every text of it must be readable there. One line for each document.
"""

import pathlib
import sys

import docx
from docx.oxml.ns import qn
from lxml import html

TEXT_OF_SHAPES = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}txbx"


def words(text):
    return " ".join(text.split())


def grid_of_html(table):
    """The cells of a table by row, a merged one in every place that it reaches over."""
    rows, open_cells = [], {}
    for row in table.iter("tr"):
        cells, made = list(row.iterchildren("td", "th")), []
        while cells or len(made) in open_cells:
            column = len(made)
            if column in open_cells:
                text, left = open_cells.pop(column)
                made.append(text)
                if left > 1:
                    open_cells[column] = (text, left - 1)
                continue
            cell = cells.pop(0)
            text = words(" ".join(cell.itertext()))
            for _ in range(int(cell.get("colspan", 1))):
                if int(cell.get("rowspan", 1)) > 1:
                    open_cells[len(made)] = (text, int(cell.get("rowspan")) - 1)
                made.append(text)
        rows.append(made)
    return rows


def grid_of_docx(table):
    # `row.cells` has a merged cell in every place that it reaches over.
    return [[words(cell.text) for cell in row.cells] for row in table.rows]


def compare(page, file):
    tree = html.fromstring(page.read_bytes())
    document = docx.Document(str(file))
    ours, theirs = [grid_of_html(t) for t in tree.iter("table")], [grid_of_docx(t) for t in document.tables]
    if len(ours) != len(theirs):
        return f"{len(ours)} tables on the page, {len(theirs)} in the file"
    cells = 0
    for number, (one, other) in enumerate(zip(ours, theirs), 1):
        if [len(row) for row in one] != [len(row) for row in other]:
            return f"table {number} has another shape"
        for row, (left, right) in enumerate(zip(one, other), 1):
            cells += len(left)
            if left != right:
                return f"table {number}, row {row}: {left} / {right}"
    drawn = {words("".join(t.text or "" for t in p.iter(qn("w:t")))) for box in document.element.iter(TEXT_OF_SHAPES) for p in box.iter(qn("w:p"))}
    # The names of the kinds of lines stand below the picture on the page alone, the title above.
    drawings = (t for g in tree.iter("g") for t in g.iter("text") if t.get("class") != "t")
    shown = {words(t.text_content()) for t in drawings} - {"đường dài nhất", "quay lại", "khi hết thời gian"}
    missing = sorted(shown - drawn)
    if missing or not shown:
        return f"not in the drawings: {missing[:3]}" if missing else "there is no diagram"
    return cells


def printable(file):
    """What cannot be read on paper: rows that are torn apart, letters below seven points, drawings wider than their page."""
    body = docx.Document(str(file)).element.body
    torn = [row for row in body.iter(qn("w:tr")) if row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is None]
    sizes = [int(size.get(qn("w:val"))) for box in body.iter(TEXT_OF_SHAPES) for size in box.iter(qn("w:sz"))]
    widest = max((int(drawing.find(qn("wp:extent")).get("cx")) for drawing in body.iter(qn("wp:inline"))), default=0)
    if torn:
        return f"{len(torn)} rows may be torn apart"
    if min(sizes, default=14) < 14:
        return f"letters of {min(sizes) / 2} points"
    return f"a drawing of {widest / 360_000} cm" if widest > 25 * 360_000 else None


def main():
    pages = sorted(pathlib.Path(sys.argv[1]).glob("*.html"))
    for page in pages:
        said = printable(page.with_suffix(".docx")) or compare(page, page.with_suffix(".docx"))
        if isinstance(said, int) and said > 0:
            print(f"pass {page.stem}: python-docx reads {said} cells as the page has them")
        else:
            print(f"FAIL {page.stem}: {said}")
    if not pages:
        print("FAIL there are no documents")


main()
