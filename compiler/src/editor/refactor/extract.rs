//! Extract a shared part: rows of a process become a part of the file, and a line that inserts it.

use super::{Asked, Kind, Refactoring, layout};
use crate::diagnostic::{Edit, say};
use crate::editor::names;
use crate::editor::outline::ItemKind;
use crate::source::Place;
use std::collections::BTreeSet;
use tthc_grammar::keywords::Key;
use tthc_grammar::names::canonical;
use tthc_grammar::tree::{Amount, Argument, Block, Declaration, DeclarationKind, Head, Span, Statement, Value};

/// Blanks before the rows of a part.
const DEPTH: usize = 2;

pub fn offer(asked: &Asked<'_>) -> Option<Refactoring> {
    let rows = Rows::of(asked)?;
    if rows.leans_outward() {
        return None;
    }
    // Where the time of a row would mean another elsewhere, it stays in the part.
    let edits = [true, false].into_iter().map(|with_times| rows.edits(with_times));
    let edits = edits.into_iter().find(|edits| asked.keeps_meaning(edits))?;
    let title = say("Tách các bước thành phần dùng chung", "Extract the steps as a shared part");
    Some(Refactoring { title, kind: Kind::Extract, edits })
}

/// Rows of a table that follow each other.
struct Rows<'p> {
    asked: &'p Asked<'p>,
    /// What stands at the top of the file and holds them.
    owner: &'p Declaration,
    rows: Vec<&'p Declaration>,
    /// From the first to the last.
    span: Span,
}

/// What the rows take from where they stand.
struct Parameter {
    name: String,
    argument: String,
    /// Where it stands in the rows; nowhere where it is called so already.
    places: Vec<Span>,
}

impl<'p> Rows<'p> {
    /// The selected rows: one as a whole, or all that are touched.
    fn of(asked: &'p Asked<'p>) -> Option<Rows<'p>> {
        let words = asked.words(asked.selected);
        let start = asked.selected.start + (words.len() - words.trim_start().len()) as u32;
        let selected = Span { start, end: start + words.trim().len() as u32 };
        let inside = |declaration: &&&Declaration| {
            declaration
                .block
                .as_ref()
                .is_some_and(|block| block.span.start < selected.start && selected.end < block.span.end)
        };
        let around = asked.around();
        let holder = around.iter().rev().find(inside).filter(|holder| has_rows(holder.kind))?;
        let touched = |statement: &&Statement| {
            let span = statement.span();
            span.start < selected.end && selected.start < span.end
        };
        let touched: Vec<&Statement> =
            holder.block.iter().flat_map(|block| &block.statements).filter(touched).collect();
        let rows: Option<Vec<&Declaration>> = touched.into_iter().map(row).collect();
        let rows = rows.filter(|rows| rows.len() > 1 || rows.iter().any(|row| selected.holds(row.span)))?;
        let span = rows.first()?.span.to(rows.last()?.span);
        Some(Rows { asked, owner: around.first()?, rows, span })
    }

    /// The names in the rows, each with where it is declared.
    fn names(&self) -> impl Iterator<Item = (Place, Place)> {
        let found = self.asked.project.names().in_file(self.asked.file).iter();
        found.map(|name| (name.place, name.declared)).filter(|(place, _)| self.span.holds(place.span))
    }

    /// They lead to rows outside, or ask what was decided there: elsewhere nobody would know those.
    fn leans_outward(&self) -> bool {
        self.names().any(|(_, declared)| {
            use DeclarationKind as D;
            let inside = declared.file == self.asked.file && self.span.holds(declared.span);
            let item = names::item(self.asked.project, declared).filter(|_| !inside);
            item.is_some_and(|item| {
                matches!(
                    item.kind,
                    ItemKind::Outcome
                        | ItemKind::Declared(D::Step | D::Stage | D::Parallel | D::Branch | D::Insert | D::Call)
                )
            })
        })
    }

    fn edits(&self, with_times: bool) -> Vec<Edit> {
        let parameters = self.parameters(with_times);
        let name = self.name();
        let list = |each: fn(&Parameter) -> &str| {
            let all: Vec<&str> = parameters.iter().map(each).collect();
            if all.is_empty() { String::new() } else { format!("({})", all.join(", ")) }
        };
        let line = format!("chèn {name}{}", list(|parameter| &parameter.argument));
        let rows = self.text(&parameters);
        let part =
            format!("\n\nphần dùng chung {name}{} {{\n{:DEPTH$}{rows}\n}}", list(|parameter| &parameter.name), "");
        let end = self.owner.span.end;
        vec![self.asked.edit(self.span, line), self.asked.edit(Span { start: end, end }, part)]
    }

    /// The rows with their parameters, as deep as they stand in a part.
    fn text(&self, parameters: &[Parameter]) -> String {
        let file = self.asked.project.file(self.asked.file);
        let places =
            parameters.iter().flat_map(|parameter| parameter.places.iter().map(move |span| (span, &parameter.name)));
        let edits: Vec<Edit> = places.map(|(span, name)| self.asked.edit(*span, name)).collect();
        let after = crate::edited::file(file, edits.iter().collect());
        let grown = after.source.text.parsed().len() as i64 - file.source.text.parsed().len() as i64;
        layout::moved(&after, Span { start: self.span.start, end: (i64::from(self.span.end) + grown) as u32 }, DEPTH)
    }

    /// After its first row, and like no other part.
    fn name(&self) -> String {
        let first = self.rows.first().and_then(|row| row.name.as_ref()).map_or("mới", |name| &name.text);
        let first = first.replace('.', "_");
        let word = if first.starts_with(|c: char| c.is_ascii_digit()) { "phần_bước" } else { "phần" };
        let taken: BTreeSet<String> =
            self.asked.project.model.parts.iter().map(|part| canonical(&part.named.name).into_owned()).collect();
        free(&format!("{word}_{first}"), |name| taken.contains(canonical(name).as_ref()))
    }

    /// Agencies and times, which are the table's own, and what the part around was given itself.
    fn parameters(&self, with_times: bool) -> Vec<Parameter> {
        let mut found: Vec<Parameter> = Vec::new();
        let agencies: BTreeSet<Place> = self
            .asked
            .project
            .model
            .orgs
            .iter()
            .filter(|org| org.parent.is_none())
            .map(|org| org.named.place)
            .collect();
        let own = match &self.owner.head {
            Head::Parameters(names) => names.iter().map(|name| self.asked.place(name.span)).collect(),
            _ => Vec::new(),
        };
        let mut known: Vec<Place> = Vec::new();
        for (place, declared) in self.names() {
            let word = self.asked.words(place.span);
            if let Some(at) = known.iter().position(|known| *known == declared) {
                found[at].places.push(place.span);
            } else if own.contains(&declared) {
                known.push(declared);
                found.push(Parameter { name: word.to_string(), argument: word.to_string(), places: vec![place.span] });
            } else if agencies.contains(&declared) {
                known.push(declared);
                let name = self.unused("cơ_quan", &found);
                found.push(Parameter { name, argument: word.to_string(), places: vec![place.span] });
            }
        }
        let mut times = Vec::new();
        self.rows.iter().for_each(|row| amounts(row, &mut times));
        for amount in times.into_iter().filter(|_| with_times) {
            match found.iter_mut().find(|known| known.argument == amount.text) {
                Some(known) => known.places.push(amount.span),
                None => {
                    let name = self.unused("hạn", &found);
                    found.push(Parameter { name, argument: amount.text.clone(), places: vec![amount.span] });
                }
            }
        }
        found
    }

    /// A name that means nothing yet in the rows.
    fn unused(&self, name: &str, parameters: &[Parameter]) -> String {
        let words = self.asked.words(self.span).split(|c: char| !c.is_alphanumeric() && c != '_');
        let mut taken: BTreeSet<String> = words.map(|word| canonical(word).into_owned()).collect();
        taken.extend(parameters.iter().map(|parameter| canonical(&parameter.name).into_owned()));
        free(name, |name| taken.contains(canonical(name).as_ref()))
    }
}

/// The name, or the first of `name_2`, `name_3`, … that is not taken.
fn free(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let names = (2..).map(|number| format!("{name}_{number}"));
    std::iter::once(name.to_string()).chain(names).find(|name| !taken(name)).unwrap_or_default()
}

fn has_rows(kind: DeclarationKind) -> bool {
    use DeclarationKind as D;
    matches!(kind, D::Process | D::SharedProcess | D::Case | D::Stage | D::Branch | D::Part | D::After)
}

fn row(statement: &Statement) -> Option<&Declaration> {
    use DeclarationKind as D;
    match statement {
        Statement::Declaration(row) if matches!(row.kind, D::Step | D::Stage | D::Parallel | D::Insert | D::Call) => {
            Some(row)
        }
        _ => None,
    }
}

/// The times that rows are given, where a parameter may stand for them.
fn amounts<'t>(row: &'t Declaration, out: &mut Vec<&'t Amount>) {
    match &row.head {
        Head::Step(head) => out.extend(match &head.time {
            Some(Value::Amount(amount)) => Some(amount),
            _ => None,
        }),
        Head::Insert { arguments, .. } => out.extend(arguments.iter().filter_map(|argument| match argument {
            Argument::Amount(amount) => Some(amount),
            _ => None,
        })),
        _ => {}
    }
    for statement in row.block.iter().flat_map(|block: &Block| &block.statements) {
        match statement {
            Statement::Declaration(inner) => amounts(inner, out),
            Statement::Attribute(attribute)
                if matches!(attribute.key, Some(Key::Time | Key::Limit | Key::AtLatest)) =>
            {
                out.extend(attribute.values.iter().filter_map(|value| match value {
                    Value::Amount(amount) => Some(amount),
                    _ => None,
                }));
            }
            _ => {}
        }
    }
}
