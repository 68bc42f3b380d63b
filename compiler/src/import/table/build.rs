//! Rows of a table → steps in stages, numbered as they are printed, with the sums held against them.

use super::rows::{Line, Row, is_roman};
use crate::import::draft::{Block, Exits, Item, Remark, Step, Time};
use crate::import::time::{self, Reading};
use crate::import::words::{self, Names, bare, label, quoted};

/// What is known of the sums so far.
#[derive(Debug, Default)]
struct Sums {
    all: i64,
    part: i64,
    /// Some step has no time that could be added.
    open: bool,
}

/// Builds the items; `limit` is that of the whole, as the last sum has it.
pub(super) fn items(rows: Vec<Row>, limit: Option<String>) -> Vec<Item> {
    let mut build = Build { limit, ..Build::default() };
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
            // What is under another heading, or behind a sum, is numbered anew.
            let part = |next: usize| rows[steps[at]..next].iter().all(|row| matches!(row, Row::Step(_) | Row::Text(_)));
            let same = |next: &&usize| {
                **next == steps[at] || part(**next) && (printed(**next).is_empty() || printed(**next) == own)
            };
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
