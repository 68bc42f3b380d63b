//! The rows of a table: steps, headings of stages, sums.

use super::above::limit_in;
use super::columns::{Column, Columns};
use super::{Cell, Sheet};
use crate::import::draft::{Block, Exits, Item, Remark, Step, Time};
use crate::import::people::{People, is_one_stop};
use crate::import::time::{self, Reading};
use crate::import::words::{self, Names, bare, label, one_line, plain, quoted};
use std::collections::HashSet;

/// A row of data.
#[derive(Debug)]
enum Row {
    Step(Box<Line>),
    /// A stage, with its limit where the row has one.
    Heading {
        number: String,
        text: String,
        limit: Option<String>,
    },
    Sum {
        text: String,
        amount: Option<String>,
    },
    Text(String),
}

/// A row that is a step, or a part of one.
#[derive(Debug)]
struct Line {
    /// Of the sheet.
    row: usize,
    number: String,
    content: String,
    who: Option<String>,
    one_stop: bool,
    reading: Reading,
    /// The first row of those whose times are one merged cell.
    shared: Option<usize>,
    lines: Vec<String>,
}

/// What is known of the sums so far.
#[derive(Debug, Default)]
struct Sums {
    all: i64,
    part: i64,
    /// Some step has no time that could be added.
    open: bool,
}

/// Reads the rows of a table.
pub(super) struct Table<'t> {
    sheet: &'t Sheet,
    columns: &'t Columns,
    people: &'t mut People,
    rows: Vec<Row>,
    /// The limit of the whole, as the last sum has it.
    limit: Option<String>,
}

impl<'t> Table<'t> {
    pub fn new(sheet: &'t Sheet, columns: &'t Columns, people: &'t mut People) -> Table<'t> {
        Table { sheet, columns, people, rows: Vec::new(), limit: None }
    }

    /// Reads every row of data.
    pub fn read(&mut self) {
        for row in self.columns.first..self.sheet.rows.len() {
            let said = self.row(row);
            self.rows.extend(said);
        }
        self.mark_shared();
        // A heading with nothing below it is a note.
        let last = self.rows.iter().rposition(|row| matches!(row, Row::Step(_))).map_or(0, |at| at + 1);
        for row in &mut self.rows[last..] {
            if let Row::Heading { number, text, .. } = row {
                *row = Row::Text(format!("{number} {text}").trim().to_string());
            }
        }
        let last_sum = self.rows.iter_mut().rev().find_map(|row| match row {
            Row::Sum { amount, .. } => Some(amount.clone()),
            Row::Step(_) => Some(None),
            _ => None,
        });
        self.limit = last_sum.flatten();
    }

    /// The first row of a merged time belongs to those below it.
    fn mark_shared(&mut self) {
        let lines = || self.rows.iter().filter_map(|row| if let Row::Step(line) = row { Some(line) } else { None });
        let firsts: HashSet<usize> = lines().filter_map(|line| line.shared).collect();
        for row in &mut self.rows {
            if let Row::Step(line) = row
                && firsts.contains(&line.row)
            {
                line.shared = Some(line.row);
            }
        }
    }

    fn cell(&self, row: usize, column: Column) -> Option<&'t Cell> {
        self.sheet.rows[row].get(self.columns.place(column)?)
    }

    /// What a cell says itself: of a cell that is merged over columns, the first says it.
    fn text(&self, row: usize, column: Column) -> String {
        self.cell(row, column).filter(|cell| !cell.beside).map_or(String::new(), |cell| plain(&cell.text))
    }

    fn row(&mut self, row: usize) -> Option<Row> {
        let texts = self.sheet.texts(row);
        let first = texts.first()?;
        let repeated = texts.iter().all(|text| self.columns.titles.contains(text));
        if repeated {
            return None;
        }
        let [number, content, who, time] =
            [Column::Number, Column::Content, Column::Who, Column::Time].map(|column| self.text(row, column));
        let sum = [first, &one_line(&content)].iter().any(|text| {
            let text = bare(text);
            text.starts_with("tong") || text.starts_with("cong ") || text == "cong"
        });
        if sum {
            let amount = match time::read(&time, self.columns.unit) {
                Reading::Amount(amount, _) => Some(amount),
                _ => time::find(&texts.join(" ")),
            };
            return Some(Row::Sum { text: texts.join(" "), amount });
        }
        if texts.len() == 1 || who.is_empty() && time.is_empty() && self.is_heading(row, &texts, &number) {
            let own = if texts.len() == 2 { one_line(&number) } else { String::new() };
            return Some(heading(own, texts.last().cloned().unwrap_or_default(), None));
        }
        // `I | Tại Sở | | 5 ngày`: a stage whose time is its limit.
        let stage = one_line(&number);
        if who.is_empty()
            && !content.is_empty()
            && is_roman(stage.trim_end_matches('.'))
            && let Reading::Amount(amount, _) = time::read(&time, self.columns.unit)
        {
            return Some(heading(stage.trim_end_matches('.').to_string(), one_line(&content), Some(amount)));
        }
        Some(Row::Step(Box::new(self.line(row, number, content, &who, &time))))
    }

    /// A number and words alone: of a stage where the number is none of a step, or those below are parts of it.
    fn is_heading(&self, row: usize, texts: &[String], number: &str) -> bool {
        let number = one_line(number);
        let below = || self.sheet.rows.get(row + 1).map(|_| one_line(&self.text(row + 1, Column::Number)));
        let parts = || below().is_some_and(|next| next.starts_with(&format!("{}.", number.trim_end_matches('.'))));
        let letter = number.chars().count() == 1 && number.chars().all(char::is_alphabetic);
        let beside = |column| self.cell(row, column).is_some_and(|cell| cell.beside);
        let merged = || beside(Column::Who) && beside(Column::Time);
        let alone = texts.len() == 2 && texts[0] == number;
        alone && (is_roman(number.trim_end_matches('.')) || letter || merged() || parts())
    }

    fn line(&mut self, row: usize, number: String, content: String, who: &str, time: &str) -> Line {
        // Further rows of a step often say only who.
        let content = [content, one_line(who), "Chưa ghi nội dung".into()].into_iter().find(|text| !text.is_empty());
        let content = content.unwrap_or_default();
        let mut lines = Vec::new();
        let shared = self.cell(row, Column::Time).and_then(|cell| cell.above);
        for (key, column) in [("kết quả", Column::Result), ("ghi chú", Column::Note)] {
            let text = self.text(row, column);
            let above = self.cell(row, column).is_some_and(|cell| cell.above.is_some());
            if !text.is_empty() && !above {
                lines.push(format!("{key}: {}", quoted(&text)));
            }
        }
        for (at, cell) in self.sheet.rows[row].iter().enumerate() {
            let text = plain(&cell.text);
            let known = self.columns.kinds.get(at).is_some_and(Option::is_some);
            if known || text.is_empty() || cell.above.is_some() || cell.beside {
                continue;
            }
            let title = self.columns.titles.get(at).filter(|title| !title.is_empty());
            let text = title.map_or(text.clone(), |title| format!("{title}: {text}"));
            lines.push(format!("ghi chú: {}", quoted(&text)));
        }
        let reading = time::read(time, self.columns.unit);
        let one_stop = is_one_stop(who);
        let who = self.people.performer(who);
        Line { row, number: one_line(&number), content, who, one_stop, reading, shared, lines }
    }

    /// Every limit of the whole that is printed: the last sum, those above the table, those in notes below it.
    pub fn limits(&self, above: impl Iterator<Item = String>) -> Vec<String> {
        let below = self.rows.iter().filter_map(|row| match row {
            Row::Text(text) => limit_in(text),
            _ => None,
        });
        self.limit.iter().cloned().chain(above).chain(below).collect()
    }

    /// `cách tính`, where bare units occur.
    pub fn reckoning(&self) -> Option<String> {
        let amounts = self.rows.iter().filter_map(|row| match row {
            Row::Step(line) => match &line.reading {
                Reading::Amount(amount, _) => Some(amount),
                _ => None,
            },
            Row::Sum { amount, .. } => amount.as_ref(),
            _ => None,
        });
        let (mut days, mut hours) = (false, false);
        for (day, hour) in amounts.map(|amount| time::bare_units(amount)) {
            (days, hours) = (days || day, hours || hour);
        }
        let said: Vec<&str> = [(days, "ngày là ngày làm việc"), (hours, "giờ là giờ làm việc")]
            .iter()
            .filter_map(|(bare, said)| bare.then_some(*said))
            .collect();
        (!said.is_empty()).then(|| format!("cách tính: {}", said.join(", ")))
    }

    /// The rows as items of a process.
    pub fn items(self) -> Vec<Item> {
        let rows = self.rows;
        let mut build = Build { limit: self.limit, ..Build::default() };
        build.numbers(&rows);
        let first_step = rows.iter().position(|row| matches!(row, Row::Step(_)));
        let last_step = rows.iter().rposition(|row| matches!(row, Row::Step(_)));
        let last_sum = rows.iter().rposition(|row| matches!(row, Row::Sum { .. }));
        for (at, row) in rows.into_iter().enumerate() {
            match row {
                Row::Step(line) => build.step(*line, at, [first_step, last_step].map(|step| step == Some(at))),
                Row::Heading { number, text, limit } => build.heading(&number, &text, limit),
                Row::Sum { text, amount } => {
                    let whole = Some(at) == last_sum && build.limit.is_some();
                    build.sum(&text, amount.as_deref(), whole);
                }
                Row::Text(text) => build.push(Item::Remark(Remark::Kept(text))),
            }
        }
        build.close();
        build.items
    }
}

/// `I. Tại UBND cấp xã`: the number of a stage may stand in the text.
fn heading(number: String, text: String, limit: Option<String>) -> Row {
    let (first, rest) = text.split_once(['.', ')', ' ']).unwrap_or((&text, ""));
    if number.is_empty() && is_roman(first) && !rest.trim().is_empty() {
        return Row::Heading {
            number: first.to_string(),
            text: rest.trim_matches(['.', ')', ':', '-', ' ']).to_string(),
            limit,
        };
    }
    Row::Heading { number, text, limit }
}

fn is_roman(text: &str) -> bool {
    !text.is_empty() && text.len() < 6 && text.chars().all(|c| "IVX".contains(c))
}

/// What is built of the rows.
#[derive(Default)]
struct Build {
    items: Vec<Item>,
    /// The stage that is open.
    stage: Option<Block>,
    /// The rows that share a time: their first row, and their block.
    shared: Option<(usize, Block)>,
    limit: Option<String>,
    sums: Sums,
    names: Names,
    blocks: Names,
    /// By row: the number or name of the step, and the one that is printed where that is another.
    given: Vec<(String, Option<String>)>,
}

impl Build {
    /// Numbers the steps as they are printed; several rows under one number become `2.1`, `2.2`.
    fn numbers(&mut self, rows: &[Row]) {
        let steps: Vec<usize> = (0..rows.len()).filter(|at| matches!(rows[*at], Row::Step(_))).collect();
        let printed = |at: usize| match &rows[at] {
            Row::Step(line) => number(&line.number),
            _ => String::new(),
        };
        self.given = vec![Default::default(); rows.len()];
        let mut at = 0;
        let mut unnumbered = 0;
        while at < steps.len() {
            let own = printed(steps[at]);
            let same = |next: &&usize| **next == steps[at] || printed(**next).is_empty() || printed(**next) == own;
            let run = if own.is_empty() { 1 } else { steps[at..].iter().take_while(same).count() };
            unnumbered += usize::from(own.is_empty());
            for part in 0..run {
                let name = match (own.as_str(), run) {
                    ("", _) => unnumbered.to_string(),
                    (_, 1) => own.clone(),
                    _ => format!("{own}.{}", part + 1),
                };
                let name = if words::is_number(&name) { name } else { self.names.fresh(&words::name(&name)) };
                self.given[steps[at + part]] = (name, (run > 1 && part == 0).then(|| own.clone()));
            }
            at += run;
        }
    }

    fn push(&mut self, item: Item) {
        match (&mut self.shared, &mut self.stage) {
            (Some((_, block)), _) => block.items.push(item),
            (None, Some(stage)) => stage.items.push(item),
            (None, None) => self.items.push(item),
        }
    }

    fn step(&mut self, line: Line, row: usize, [first, last]: [bool; 2]) {
        if self.shared.as_ref().is_some_and(|(first, _)| line.shared != Some(*first)) {
            self.close_shared();
        }
        self.open_shared(&line);
        let (name, printed) = std::mem::take(&mut self.given[row]);
        let (label, whole) = label(&line.content);
        let mut kinds = words::kinds(&line.content);
        if last && !kinds.contains(&"trả kết quả") && words::hands_over(&line.content) {
            kinds.push("trả kết quả");
        }
        if first && line.one_stop && kinds == ["khác"] {
            kinds = vec!["tiếp nhận"];
        }
        let mut step = Step { name, label, who: line.who, ..Step::default() };
        step.remarks
            .extend(printed.map(|number| Remark::Kept(format!("bảng ghi dòng này và các dòng sau chung số {number}"))));
        step.lines.push(format!("loại: {}", kinds.join(", ")));
        step.lines.extend((!whole).then(|| format!("nội dung: {}", quoted(&line.content))));
        step.lines.extend(line.lines);
        if step.who.is_none() {
            step.remarks.push(Remark::Open("bảng không ghi người thực hiện".into()));
        }
        step.time = match self.shared {
            Some(_) => Time::Shared,
            None => self.time(&line.reading, &mut step.remarks),
        };
        if last && !kinds.contains(&"trả kết quả") {
            step.exits = Exits::Only("kết thúc: trả kết quả".into());
            step.remarks.push(Remark::Open("bảng không nói quy trình kết thúc thế nào".into()));
        }
        self.push(Item::Step(Box::new(step)));
    }

    /// A time of several rows is the limit of a stage in which they stand.
    fn open_shared(&mut self, line: &Line) {
        let (Some(first), None, Reading::Amount(amount, _)) = (line.shared, &self.shared, &line.reading) else {
            return;
        };
        let label = "Các bước chung một thời gian";
        let lines = vec![format!("thời hạn: {amount}")];
        let name = self.blocks.fresh("chung_thời_gian");
        self.count(amount);
        let block = Block { keyword: "giai đoạn", name, label: label.into(), lines, ..Block::default() };
        self.shared = Some((first, block));
    }

    fn count(&mut self, amount: &str) -> Option<i64> {
        let minutes = time::minutes(amount);
        self.sums.open |= minutes.is_none();
        self.sums.all += minutes.unwrap_or(0);
        self.sums.part += minutes.unwrap_or(0);
        minutes
    }

    fn time(&mut self, reading: &Reading, remarks: &mut Vec<Remark>) -> Time {
        match reading {
            Reading::Amount(amount, rest) => {
                if !rest.is_empty() {
                    remarks.push(Remark::Kept(format!("cột thời gian ghi thêm: {rest}")));
                }
                if self.count(amount) == Some(0) {
                    return Time::Uncounted(None, Some(format!("Bảng ghi {amount}")));
                }
                Time::Within(amount.clone())
            }
            Reading::Uncounted(words) => Time::Uncounted(None, Some(words.clone())),
            Reading::Blank => {
                self.sums.open = true;
                remarks.push(Remark::Open("ô thời gian trống".into()));
                Time::Unknown
            }
            Reading::Unclear(words) => {
                self.sums.open = true;
                remarks.push(Remark::Open(format!("không đọc được thời gian “{words}”")));
                Time::Unknown
            }
        }
    }

    fn heading(&mut self, number: &str, text: &str, limit: Option<String>) {
        self.close();
        self.sums.part = 0;
        let name = if is_roman(number) { self.blocks.fresh(number) } else { self.blocks.of(text, "giai_đoạn") };
        let (label, _) = label(text);
        let lines = limit.map(|limit| format!("thời hạn: {limit}")).into_iter().collect();
        self.stage = Some(Block { keyword: "giai đoạn", name, label, lines, ..Block::default() });
    }

    /// A sum: the limit of the whole or of a stage, held against the steps above it.
    fn sum(&mut self, text: &str, amount: Option<&str>, whole: bool) {
        self.close_shared();
        let counted = if whole { self.sums.all } else { self.sums.part };
        self.sums.part = 0;
        let said = format!("bảng ghi: {text}");
        let Some(amount) = amount else { return self.push(Item::Remark(Remark::Kept(said))) };
        let fits = time::minutes(amount) == Some(counted);
        let told = time::told(counted);
        let remark = match (fits, self.sums.open) {
            (true, false) => Remark::Kept(format!("{said} – đúng bằng tổng của các bước")),
            (_, true) => Remark::Kept(format!("{said} – không so được, vì có bước không rõ thời gian")),
            (false, false) => Remark::Open(format!("{said} – nhưng các bước cộng lại là {told}")),
        };
        match &mut self.stage {
            Some(stage) if !whole => {
                let limit = format!("thời hạn: {amount}");
                if stage.lines.is_empty() {
                    stage.lines.push(limit);
                }
                stage.items.push(Item::Remark(remark));
                self.close();
            }
            _ => {
                if whole {
                    self.close();
                }
                self.push(Item::Remark(remark));
            }
        }
    }

    fn close_shared(&mut self) {
        if let Some((_, block)) = self.shared.take() {
            self.push(Item::Block(block));
        }
    }

    fn close(&mut self) {
        self.close_shared();
        if let Some(stage) = self.stage.take() {
            self.items.push(Item::Block(stage));
        }
    }
}

/// `Bước 2.`, `B2`, `2)`, `Bước 2 (tiếp)` → `2`; what is no number stays.
fn number(text: &str) -> String {
    let text = text.split('(').next().unwrap_or(text).trim();
    let start = text.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let before = bare(&text[..start]);
    let rest = if matches!(before.as_str(), "buoc" | "b" | "") { &text[start..] } else { text };
    // A cell with 2.1 may be a number to the spreadsheet.
    rest.trim_end_matches(['.', ':', ')', ' ']).replace(',', ".")
}
