//! Flow → the rows of the table, with the cells that print merges, sub-totals and totals.

use super::words::{Words, form, forms_of, texts};
use super::{Cell, Line, Row, WHOLE};
use crate::analysis::verdict::{Clock, Times, is_untimed, lumped};
use crate::model::flow::{BlockId, BlockKind, Node, Step, StepId};
use crate::model::procedure::{Case, Procedure};
use crate::project::Project;
use crate::rules::amount;
use std::collections::BTreeSet;
use tthc_grammar::keywords::Key;
use tthc_grammar::tree::Join;

const NUMBER: usize = 0;
const CONTENT: usize = 1;
const TIME: usize = 3;

/// The lines of the table of a case.
pub(super) fn lines(project: &Project, procedure: &Procedure, case: &Case, words: &Words) -> Vec<Line> {
    let (lumped, times) = (lumped(&case.flow), times(project, procedure, case));
    let mut table = Table { words, times, lumped, lines: Vec::new(), met: None, printed: BTreeSet::new(), last: None };
    table.nodes(&case.flow.body);
    table.total(WHOLE.to_string(), whole(times, case, words));
    if !case.flow.after.is_empty() {
        table.heading("Sau khi trả kết quả".to_string());
        table.nodes(&case.flow.after);
    }
    table.lines
}

/// What was proved of the times of a case.
fn times<'p>(project: &'p Project, procedure: &Procedure, case: &Case) -> Option<&'p Times> {
    let is_it = |procedure_at: usize, case_at: usize| {
        let it = &project.model.procedures[procedure_at];
        std::ptr::eq(it, procedure) && it.cases.get(case_at).is_some_and(|it| std::ptr::eq(it, case))
    };
    let analysis = project.analysis().iter().find(|analysis| is_it(analysis.procedure, analysis.case))?;
    analysis.times.as_ref()
}

/// The longest time that the steps take together: in the words of the limits where it is just that.
fn whole(times: Option<&Times>, case: &Case, words: &Words) -> Option<String> {
    let limits = limits(case, words);
    let Some(times) = times else { return limits };
    if times.classes.iter().all(|class| class.limit.is_some_and(|(limit, _)| limit == class.worst)) && limits.is_some()
    {
        return limits;
    }
    let worst = |clock: Clock| times.classes.iter().map(|class| class.worst.part(clock)).max();
    let clocks: &[Clock] = match times.clock {
        Clock::Working => &[Clock::Working],
        Clock::Calendar => &[Clock::Calendar],
        Clock::Mixed => &[Clock::Calendar, Clock::Working],
    };
    let parts = clocks.iter().filter_map(|clock| Some((worst(*clock)?, *clock)));
    let parts: Vec<String> = parts.map(|(minutes, clock)| amount(minutes, clock).vi).collect();
    let bound = match (times.at_least, times.approximate || times.clock == Clock::Mixed) {
        (true, _) => "ít nhất ",
        (false, true) => "không quá ",
        (false, false) => "",
    };
    (!parts.is_empty()).then(|| format!("{bound}{}", parts.join(" + ")))
}

/// The limits as written.
pub(super) fn limits(case: &Case, words: &Words) -> Option<String> {
    let limits: Vec<String> = case.data.limits.iter().map(|limit| words.limit(limit)).collect();
    (!limits.is_empty()).then(|| limits.join("; "))
}

struct Table<'t, 'p> {
    words: &'t Words<'p>,
    times: Option<&'t Times>,
    /// Stages whose steps share a time.
    lumped: BTreeSet<BlockId>,
    lines: Vec<Line>,
    /// What the next row is to be told apart from: branches that have met.
    met: Option<String>,
    /// Stages whose shared time has been printed.
    printed: BTreeSet<BlockId>,
    /// The step of the line before, where it is one, with the stage whose time it shares.
    last: Option<(StepId, Option<BlockId>)>,
}

impl Table<'_, '_> {
    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Step(step) => self.step(*step),
                Node::Block(block) => self.block(*block),
            }
        }
    }

    fn block(&mut self, id: BlockId) {
        let block = self.words.flow.block(id);
        if let Some(title) = self.words.block_title(id) {
            self.heading(title);
        }
        self.nodes(&block.children);
        if let BlockKind::Parallel(join) = &block.kind {
            self.met = Some(match join {
                Join::AtLeast(count) => format!("Khi ít nhất {count} nhánh đã xong"),
                _ => "Khi các nhánh đã xong".to_string(),
            });
        }
        if let BlockKind::Stage(Some(limit)) = &block.kind
            && !self.is_one_cell(id)
        {
            let title = self.words.block_title(id).unwrap_or_default();
            let clock = if limit.calendar > 0 { Clock::Calendar } else { Clock::Working };
            let sum = self.times.and_then(|times| times.stages.iter().find(|(stage, _)| *stage == id));
            match sum.filter(|(_, sum)| sum.worst != sum.limit) {
                Some((_, sum)) => {
                    let title = format!("Tổng thời gian: {title} (thời hạn {})", limit.text);
                    self.total(title, Some(amount(sum.worst, clock).vi));
                }
                None => self.total(format!("Tổng thời gian: {title}"), Some(limit.text.clone())),
            }
        }
    }

    /// The limit of the stage stands in the merged cell of its steps already.
    fn is_one_cell(&self, stage: BlockId) -> bool {
        let flow = self.words.flow;
        let inside = |step: &&Step| flow.around(step.parent).any(|around| around == stage);
        self.lumped.contains(&stage) && flow.steps.iter().filter(inside).all(is_untimed)
    }

    fn heading(&mut self, title: String) {
        self.met = None;
        self.lines.push(Line::Heading(title));
        self.last = None;
    }

    fn total(&mut self, title: String, amount: Option<String>) {
        self.met = None;
        self.lines.extend(amount.map(|amount| Line::Total { title, amount }));
        self.last = None;
    }

    fn step(&mut self, id: StepId) {
        if let Some(met) = self.met.take() {
            self.heading(met);
        }
        let step = self.words.flow.step(id);
        let number = self.words.number(id);
        let before = self.last.map(|(before, _)| before).filter(|before| {
            let other = self.words.flow.step(*before);
            self.words.number(*before) == number && other.parent == step.parent
        });
        let (time, shares) = self.time(step);
        let content = content(step);
        let cells = [
            before.is_none().then(|| number.to_string()),
            if content.is_none() && before.is_some() { None } else { Some(content.unwrap_or_default()) },
            Some(self.words.who(step)),
            time,
            Some(result(self.words, step)),
        ];
        let cells = cells.map(|cell| cell.map_or(Cell { text: String::new(), span: 0 }, Cell::from));
        for column in [NUMBER, CONTENT, TIME].into_iter().filter(|column| cells[*column].span == 0) {
            self.reach(column);
        }
        self.lines.push(Line::Step(Row { cells }));
        self.last = Some((id, shares));
    }

    /// The cell above reaches over one row more.
    fn reach(&mut self, column: usize) {
        let above = self.lines.iter_mut().rev().find_map(|line| match line {
            Line::Step(row) if row.cells[column].span > 0 => Some(&mut row.cells[column]),
            _ => None,
        });
        if let Some(cell) = above {
            cell.span += 1;
        }
    }

    /// What stands in the cell for the time; none where it is that of the row above. With it the stage whose time
    /// the step shares.
    fn time(&mut self, step: &Step) -> (Option<String>, Option<BlockId>) {
        let flow = self.words.flow;
        let limited = |id: &BlockId| matches!(flow.block(*id).kind, BlockKind::Stage(Some(_)));
        let stage = flow.around(step.parent).find(limited).filter(|_| is_untimed(step));
        let Some((stage, limit)) = stage.and_then(|stage| match &flow.block(stage).kind {
            BlockKind::Stage(Some(limit)) => Some((stage, limit)),
            _ => None,
        }) else {
            return (Some(own_time(self.words, step)), None);
        };
        let above = self.last.and_then(|(_, shared)| shared) == Some(stage);
        let cell = match (above, self.printed.insert(stage)) {
            (true, _) => None,
            (false, true) => Some(limit.text.clone()),
            (false, false) => Some(format!("(trong {} nói trên)", limit.text)),
        };
        (cell, Some(stage))
    }
}

/// `nội dung`, else the label; none where the step has neither.
pub(crate) fn content(step: &Step) -> Option<String> {
    match texts(&step.texts, Key::Content) {
        [] if step.numbered && step.label == step.named.name => None,
        [] => Some(step.label.clone()),
        contents => Some(contents.join("\n")),
    }
}

/// The time of a step by itself, as written; empty where it shares that of its stage.
pub(crate) fn own_time(words: &Words, step: &Step) -> String {
    if let Some(called) = step.call.as_ref().and_then(|call| call.procedure) {
        let limits = words.model.procedures[called.0].data.limits.iter();
        return limits.map(|limit| words.limit(limit)).collect::<Vec<_>>().join("; ");
    }
    let time = &step.time;
    match (&time.duration, &time.reason) {
        // The reason is the wording of the print; a limit of its own is said below the table.
        (_, Some(reason)) => reason.clone(),
        (Some(duration), None) if time.uncounted => format!("{} (không tính vào thời hạn)", duration.text),
        (Some(duration), None) => duration.text.clone(),
        (None, None) if time.uncounted => "Không tính thời gian".to_string(),
        (None, None) if time.unstated => "Không quy định".to_string(),
        (None, None) => match &step.deadline {
            Some(deadline) => super::notes::deadline(words, deadline),
            None => String::new(),
        },
    }
}

/// `kết quả`; else what the outcomes yield; else the forms.
pub(crate) fn result(words: &Words, step: &Step) -> String {
    let own = texts(&step.texts, Key::Result);
    if !own.is_empty() {
        return own.join("\n");
    }
    let mut results: Vec<&str> = Vec::new();
    for text in step.exits.arrows().iter().flat_map(|arrow| texts(&arrow.texts, Key::Result)) {
        if !results.contains(&text.as_str()) {
            results.push(text);
        }
    }
    if !results.is_empty() {
        return results.join(" hoặc ");
    }
    let forms = forms_of(step);
    forms.into_iter().map(|id| form(words.model, id)).collect::<Vec<_>>().join("\n")
}
