//! Documents as DOCX. The same documents give the same bytes: the library writes neither dates nor chance.

use super::drawing::{self, Sheet};
use super::layout::{Content, Section, TITLE, Table, TableLine, sections};
use super::{Cell, Document};
use crate::diagram::Picture;
use crate::markup::held;
use docx_rs::{
    AlignmentType, Docx, Footer, Hyperlink, HyperlinkType, PageMargin, PageNum, PageOrientationType, PageSize,
    Paragraph, Run, RunFonts, SectionProperty, Shading, TableCell, TableLayoutType, TableRow, VMergeType, WidthType,
};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// A4, in twentieths of a point.
const PAGE: (u32, u32) = (11906, 16838);
/// Top, right, bottom, left: those of administrative documents.
const MARGINS: (i32, i32, i32, i32) = (1134, 851, 1134, 1417);
const LANDSCAPE: PageOrientationType = PageOrientationType::Landscape;
/// Between the margins.
const WIDTH: usize = 9638;
/// Half points.
const TEXT: usize = 26;
const TABLE_TEXT: usize = 24;
/// The library has no words for a head that is repeated on every page; in what it writes, only heads may not be split.
const HEAD_ROW: (&str, &str) = ("<w:cantSplit />", "<w:cantSplit /><w:tblHeader />");
/// The other rows, which may not be split either.
const ROW: (&str, &str) = ("<w:tr><w:trPr />", "<w:tr><w:trPr><w:cantSplit /></w:trPr>");
/// Below the name of a diagram that is cut between its lanes.
const CUT: &str =
    "Sơ đồ rộng hơn trang giấy nên chia thành nhiều hình; đường nối sang hình bên cạnh mang cùng một số ở hai hình.";

/// The file; several documents begin with a table of contents. `None` where it could not be put together, which in
/// memory does not happen.
pub fn render(documents: &[Document]) -> Option<Vec<u8>> {
    let mut writer = Writer { children: Vec::new(), drawings: Vec::new(), lying: false };
    if documents.len() != 1 {
        writer.contents(documents);
    }
    for (index, document) in documents.iter().enumerate() {
        writer.document(index, document, documents.len() > 1);
    }
    let docx = if writer.lying { empty().page_size(PAGE.1, PAGE.0).page_orient(LANDSCAPE) } else { empty() };
    let docx = writer.children.into_iter().fold(docx, |docx, child| match child {
        Child::Paragraph(paragraph) => docx.add_paragraph(*paragraph),
        Child::Table(table) => docx.add_table(*table),
    });
    let mut parts = docx.build();
    parts.document = finished(String::from_utf8(parts.document).ok()?, &writer.drawings);
    let mut bytes = Cursor::new(Vec::new());
    parts.pack(&mut bytes).ok()?;
    packed(bytes)
}

/// The library stores its files as they are: here they are compressed, and none is dated.
fn packed(stored: Cursor<Vec<u8>>) -> Option<Vec<u8>> {
    let options = SimpleFileOptions::default();
    let options = options.compression_method(CompressionMethod::Deflated).last_modified_time(DateTime::default());
    let mut archive = ZipArchive::new(stored).ok()?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).ok()?;
        if file.is_file() {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).ok()?;
            writer.start_file(file.name().ok()?.into_owned(), options).ok()?;
            writer.write_all(&bytes).ok()?;
        }
    }
    Some(writer.finish().ok()?.into_inner())
}

fn margins() -> PageMargin {
    let (top, right, bottom, left) = MARGINS;
    PageMargin::new().top(top).right(right).bottom(bottom).left(left)
}

fn empty() -> Docx {
    let font = "Times New Roman";
    let number = Paragraph::new().align(AlignmentType::Center).add_page_num(PageNum::new());
    Docx::new()
        .page_size(PAGE.0, PAGE.1)
        .page_margin(margins())
        .default_fonts(RunFonts::new().ascii(font).hi_ansi(font).cs(font).east_asia(font))
        .default_size(TEXT)
        .footer(Footer::new().add_paragraph(number))
}

/// What the library has no words for is put in afterwards. No text of a file looks like it: it does not
/// keep the characters of marks.
fn finished(xml: String, drawings: &[String]) -> Vec<u8> {
    let mut xml = xml.replace(HEAD_ROW.0, HEAD_ROW.1).replace(ROW.0, ROW.1);
    // Only the last section has the footer, and it would not reach back.
    if let Some(footer) = xml.rfind("<w:footerReference") {
        let end = xml[footer..].find("/>").map_or(footer, |end| footer + end + 2);
        let footer = xml[footer..end].to_string();
        xml = xml.replace(&footer, "").replace("<w:sectPr>", &format!("<w:sectPr>{footer}"));
    }
    let mut parts = xml.split(MARK);
    let mut out = parts.next().unwrap_or_default().to_string();
    for part in parts {
        let number = part.split_once(MARK_END).and_then(|(number, rest)| Some((number.parse::<usize>().ok()?, rest)));
        match number.and_then(|(number, rest)| Some((drawings.get(number)?, rest))) {
            Some((drawing, rest)) => out.extend(["<w:t></w:t></w:r>", drawing.as_str(), "<w:r><w:t>", rest]),
            // A text that begins like a mark.
            None => out.extend([MARK, part]),
        }
    }
    out.into_bytes()
}

/// How a run begins that holds nothing but the number of a drawing.
const MARK: &str = "<w:t xml:space=\"preserve\">\u{E000}";
/// Characters of private use around the number; no text keeps them.
const MARK_START: char = '\u{E000}';
const MARK_END: char = '\u{E001}';

/// What stands in the file, in order.
enum Child {
    Paragraph(Box<Paragraph>),
    Table(Box<docx_rs::Table>),
}

struct Writer {
    children: Vec<Child>,
    /// In the order of their places.
    drawings: Vec<String>,
    /// The pages lie.
    lying: bool,
}

impl Writer {
    fn add(&mut self, paragraph: Paragraph) {
        self.children.push(Child::Paragraph(Box::new(paragraph)));
    }

    /// Begins pages that lie or stand.
    fn turn(&mut self, lying: bool) {
        if self.lying != lying {
            let (size, orient) = if self.lying {
                (PageSize::new().size(PAGE.1, PAGE.0), LANDSCAPE)
            } else {
                (PageSize::new().size(PAGE.0, PAGE.1), PageOrientationType::Portrait)
            };
            let section = SectionProperty::new().page_size(size).page_orient(orient).page_margin(margins());
            self.add(Paragraph::new().section_property(section));
            self.lying = lying;
        }
    }

    fn contents(&mut self, documents: &[Document]) {
        self.add(title("DANH MỤC QUY TRÌNH NỘI BỘ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH"));
        let widths = [8, 67, 25];
        let mut rows = vec![head(&["STT", "Thủ tục hành chính", "Mã"], &widths)];
        for (index, document) in documents.iter().enumerate() {
            let link = Hyperlink::new(bookmark(index), HyperlinkType::Anchor).add_run(run(&document.title));
            let code = document.code.clone().unwrap_or_default();
            rows.push(TableRow::new(vec![
                cell(widths[0]).add_paragraph(Paragraph::new().add_run(run(&(index + 1).to_string()))),
                cell(widths[1]).add_paragraph(Paragraph::new().add_hyperlink(link)),
                cell(widths[2]).add_paragraph(Paragraph::new().add_run(run(&code))),
            ]));
        }
        self.add_table(rows, &widths);
    }

    fn document(&mut self, index: usize, document: &Document, one_of_many: bool) {
        self.turn(false);
        self.add(title(TITLE).page_break_before(one_of_many));
        let name = Paragraph::new().align(AlignmentType::Center).outline_lvl(0);
        let name = name.add_bookmark_start(index + 1, bookmark(index));
        self.add(name.add_run(Run::new().add_text(plain(&document.title)).bold()).add_bookmark_end(index + 1));
        for Section { title, content } in sections(document) {
            self.turn(matches!(content, Content::Pictures(pictures) if drawing::lies(pictures)));
            let heading = Paragraph::new().keep_next(true).outline_lvl(1);
            self.add(heading.add_run(Run::new().add_text(plain(&title)).bold()));
            match content {
                Content::Table(table) => self.table(&table),
                Content::Pictures(pictures) => pictures.iter().for_each(|picture| self.picture(picture)),
            }
        }
    }

    fn picture(&mut self, picture: &Picture) {
        self.add(Paragraph::new().keep_next(true).add_run(run(&picture.title)));
        let sheets = drawing::sheets(picture, self.lying);
        if sheets.iter().any(Sheet::is_part) {
            self.add(Paragraph::new().keep_next(true).add_run(run(CUT).italic()));
        }
        sheets.iter().for_each(|sheet| self.drawing(sheet));
    }

    fn drawing(&mut self, sheet: &Sheet) {
        let index = self.drawings.len();
        self.drawings.push(sheet.run(index + 1));
        let mark = Run::new().add_text(format!("{MARK_START}{index}{MARK_END}"));
        self.add(Paragraph::new().align(AlignmentType::Center).add_run(mark));
    }

    fn table(&mut self, table: &Table) {
        let mut rows = Vec::new();
        if !table.head.is_empty() {
            rows.push(head(&table.head, &table.widths));
        }
        // How many rows of a cell are still to come, by column.
        let mut open = vec![0_usize; table.widths.len()];
        for line in &table.lines {
            rows.push(match line {
                TableLine::Cells(cells) => row(cells, &table.widths, table.head.is_empty(), &mut open),
                TableLine::Heading(title) => TableRow::new(vec![
                    wide(&table.widths)
                        .shading(Shading::new().fill("EEEEEE"))
                        .add_paragraph(bold(title).keep_next(true)),
                ]),
                TableLine::Total(title, amount) => {
                    let (of, last) = table.widths.split_at(table.widths.len() - 2);
                    TableRow::new(vec![wide(of).add_paragraph(bold(title)), wide(last).add_paragraph(bold(amount))])
                }
            });
        }
        self.add_table(rows, &table.widths);
    }

    fn add_table(&mut self, rows: Vec<TableRow>, widths: &[usize]) {
        let table = docx_rs::Table::new(rows).set_grid(widths.iter().map(|width| twips(*width)).collect());
        let table = table.width(WIDTH, WidthType::Dxa).layout(TableLayoutType::Fixed);
        self.children.push(Child::Table(Box::new(table)));
        self.add(Paragraph::new());
    }
}

fn head(names: &[&str], widths: &[usize]) -> TableRow {
    let cells = names
        .iter()
        .zip(widths)
        .map(|(name, width)| cell(*width).add_paragraph(bold(name).align(AlignmentType::Center).keep_next(true)));
    TableRow::new(cells.collect()).cant_split()
}

/// A row; without a head the first cell says what it is about.
fn row(cells: &[Cell], widths: &[usize], titled: bool, open: &mut [usize]) -> TableRow {
    let cells = cells.iter().zip(widths).zip(open).enumerate().map(|(index, ((of, width), open))| {
        let mut made = cell(*width);
        match of.span {
            0 if *open > 0 => {
                *open -= 1;
                made = made.vertical_merge(VMergeType::Continue);
            }
            span if span > 1 => {
                *open = span - 1;
                made = made.vertical_merge(VMergeType::Restart);
            }
            _ => {}
        }
        let lines: Vec<&str> = if of.text.is_empty() { vec![""] } else { of.text.lines().collect() };
        lines.into_iter().fold(made, |made, line| {
            let line = line.trim();
            made.add_paragraph(if titled && index == 0 { bold(line) } else { Paragraph::new().add_run(run(line)) })
        })
    });
    TableRow::new(cells.collect())
}

fn cell(width: usize) -> TableCell {
    TableCell::new().width(twips(width), WidthType::Dxa)
}

/// A cell over several columns.
fn wide(widths: &[usize]) -> TableCell {
    cell(widths.iter().sum()).grid_span(widths.len())
}

fn twips(hundredths: usize) -> usize {
    WIDTH * hundredths / 100
}

fn title(text: &str) -> Paragraph {
    Paragraph::new().align(AlignmentType::Center).keep_next(true).add_run(Run::new().add_text(plain(text)).bold())
}

fn bold(text: &str) -> Paragraph {
    Paragraph::new().add_run(run(text).bold())
}

fn run(text: &str) -> Run {
    Run::new().size(TABLE_TEXT).add_text(plain(text))
}

/// Text that XML can hold.
fn plain(text: &str) -> String {
    text.chars().map(|c| if matches!(c, MARK_START | MARK_END) { ' ' } else { held(c) }).collect()
}

fn bookmark(index: usize) -> String {
    format!("tt_{}", index + 1)
}
