//! The rows of a table: steps, headings of stages, sums.

use super::above::limit_in;
use super::build;
use super::columns::{Column, Columns};
use super::{Cell, Sheet};
use crate::import::draft::Item;
use crate::import::people::{People, is_one_stop};
use crate::import::time::{self, Reading};
use crate::import::words::{bare, one_line, plain, quoted};
use std::collections::HashSet;

/// A row of data.
#[derive(Debug)]
pub(super) enum Row {
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
pub(super) struct Line {
    /// Of the sheet.
    pub row: usize,
    pub number: String,
    pub content: String,
    pub who: Option<String>,
    pub one_stop: bool,
    pub reading: Reading,
    /// The first row of those whose times are one merged cell.
    pub shared: Option<usize>,
    pub lines: Vec<String>,
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
        build::items(self.rows, self.limit)
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

pub(super) fn is_roman(text: &str) -> bool {
    !text.is_empty() && text.len() < 6 && text.chars().all(|c| "IVX".contains(c))
}
