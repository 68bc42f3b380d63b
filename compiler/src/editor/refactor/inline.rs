//! Inline: what a shared part says, in the place of the line that inserts it.

use super::{Asked, Kind, Refactoring, layout, referring};
use crate::diagnostic::{Edit, say};
use crate::edited;
use crate::source::{FileId, Place};
use tthc_grammar::tree::{Argument, Block, Declaration, DeclarationKind, Head, Name, Span, Statement};

pub fn offer(asked: &Asked<'_>) -> Option<Refactoring> {
    let insertion = Insertion::of(asked)?;
    // Steps that had a name before theirs may do without; where they would meet others of that name, they cannot.
    let edits = [false, true].into_iter().filter_map(|joined| insertion.edits(joined));
    let edits = edits.into_iter().find(|edits| asked.keeps_meaning(edits))?;
    let name = &insertion.name.text;
    Some(Refactoring {
        title: say(format!("Chép nội dung của “{name}” vào đây"), format!("Write out “{name}” here")),
        kind: Kind::Inline,
        edits,
    })
}

/// A line with `chèn` and what it inserts.
struct Insertion<'p> {
    asked: &'p Asked<'p>,
    line: &'p Declaration,
    name: &'p Name,
    arguments: &'p [Argument],
    alias: Option<&'p Name>,
    file: FileId,
    parameters: &'p [Name],
    block: &'p Block,
}

impl<'p> Insertion<'p> {
    fn of(asked: &'p Asked<'p>) -> Option<Insertion<'p>> {
        let line = asked.around().into_iter().rfind(|declaration| declaration.kind == DeclarationKind::Insert)?;
        let Head::Insert { arguments, alias } = &line.head else { return None };
        let name = line.name.as_ref()?;
        let declared = asked.project.names().declared_by(asked.place(name.span)).next()?;
        let items = &asked.project.any_file(declared.file).tree.items;
        let part = items.iter().find_map(|statement| match statement {
            Statement::Declaration(part) if part.name.as_ref().is_some_and(|name| name.span == declared.span) => {
                Some(part)
            }
            _ => None,
        })?;
        let parameters = match &part.head {
            Head::Parameters(parameters) => parameters.as_slice(),
            _ => &[],
        };
        let block = part.block.as_ref()?;
        let file = declared.file;
        Some(Insertion { asked, line, name, arguments, alias: alias.as_ref(), file, parameters, block })
    }

    /// What stands in the part besides what it says of itself.
    fn rows(&self) -> impl Iterator<Item = &'p Declaration> {
        self.block.statements.iter().filter_map(|statement| match statement {
            Statement::Declaration(declaration) => Some(declaration),
            _ => None,
        })
    }

    /// The changes; `joined`: the name of the insertion becomes the first half of those of its rows.
    fn edits(&self, joined: bool) -> Option<Vec<Edit>> {
        if joined && self.alias.is_none() {
            return None;
        }
        let mut edits = self.outside(joined)?;
        edits.push(self.asked.edit(self.line.span, self.text(joined)?));
        Some(edits)
    }

    /// The name of a row where the part is written out.
    fn renamed(&self, row: &Declaration, joined: bool) -> Option<String> {
        let name = &row.name.as_ref()?.text;
        let fixed = row.kind == DeclarationKind::Call || name.starts_with(|c: char| c.is_ascii_digit());
        Some(match self.alias.filter(|_| joined && !fixed) {
            Some(alias) => format!("{}_{name}", alias.text),
            None => name.clone(),
        })
    }

    /// What the part says, with the arguments in the place of its parameters.
    fn text(&self, joined: bool) -> Option<String> {
        let file = self.asked.project.any_file(self.file);
        let first = self.rows().next()?.span.start;
        let before = self.block.statements.iter().map(Statement::span).rfind(|span| span.start < first);
        let inside = Span {
            start: before.map_or(self.block.span.start + 1, |before| before.end),
            end: self.block.span.end.saturating_sub(1),
        };
        let words = file.source.words(inside);
        let start = inside.start + (words.len() - words.trim_start().len()) as u32;
        let span = Span { start, end: start + words.trim().len() as u32 };
        let edits: Vec<Edit> = self.inside(joined).into_iter().filter(|edit| span.holds(edit.place.span)).collect();
        let after = edited::file(file, edits.iter().collect());
        let grown = after.source.text.parsed().len() as i64 - file.source.text.parsed().len() as i64;
        let span = Span { start, end: (i64::from(span.end) + grown) as u32 };
        Some(layout::moved(&after, span, layout::depth(self.asked.text(), self.line.span.start)))
    }

    /// The changes to the text of the part.
    fn inside(&self, joined: bool) -> Vec<Edit> {
        let uses = |span: Span| {
            let found = self.asked.project.names().uses(Place { file: self.file, span });
            found.filter(|place| place.file == self.file && self.block.span.holds(place.span))
        };
        let mut edits = Vec::new();
        for (parameter, argument) in self.parameters.iter().zip(self.arguments) {
            let text = self.asked.words(argument.span());
            edits.extend(uses(parameter.span).map(|place| Edit { place, text: text.to_string() }));
        }
        for row in self.rows() {
            let (Some(name), Some(new)) = (&row.name, self.renamed(row, joined)) else { continue };
            if name.text != new {
                let places = uses(name.span).chain([Place { file: self.file, span: name.span }]);
                edits.extend(places.map(|place| Edit { place, text: new.clone() }));
            }
        }
        let said = self.block.statements.iter().filter(|statement| !matches!(statement, Statement::Declaration(_)));
        let said: Vec<Span> = said.map(Statement::span).collect();
        // What goes as a whole is not changed besides.
        edits.retain(|edit| !said.iter().any(|span| span.holds(edit.place.span)));
        let unsaid = |span| Edit { place: Place { file: self.file, span }, text: String::new() };
        edits.extend(said.into_iter().map(unsaid));
        edits
    }

    /// The changes to what refers to the inserted rows by the name of the insertion.
    fn outside(&self, joined: bool) -> Option<Vec<Edit>> {
        let Some(alias) = self.alias else { return Some(Vec::new()) };
        let first = self.renamed(self.rows().next()?, joined)?;
        let project = self.asked.project;
        let edit = |place: Place| {
            let text = project.source(place.file).text.parsed();
            let Some(rest) = text[place.span.end as usize..].strip_prefix('.') else {
                return Edit { place, text: referring(text, place.span, &first) };
            };
            let stays = rest.starts_with(|c: char| c.is_ascii_digit()) || !joined;
            let with_point = Span { start: place.span.start, end: place.span.end + 1 };
            let text = if stays { String::new() } else { format!("{}_", alias.text) };
            Edit { place: Place { file: place.file, span: with_point }, text }
        };
        Some(project.names().uses(self.asked.place(alias.span)).map(edit).collect())
    }
}
