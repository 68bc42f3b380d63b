//! T7: style. All warnings, all fixable.

pub(super) mod t701_mixed_spelling;
pub(super) mod t702_blanks_in_label;
pub(super) mod t703_label_punctuation;
pub(super) mod t704_label_case;
pub(super) mod t705_file_name;

use crate::project::Project;
use crate::source::{FileId, Place};
use tthc_grammar::tree::{Declaration, Statement, Text};

/// Calls `visit` with every block of declarations of every file.
fn each_scope<'p>(project: &'p Project, visit: &mut impl FnMut(FileId, &[&'p Declaration])) {
    fn walk<'p>(file: FileId, statements: &'p [Statement], visit: &mut impl FnMut(FileId, &[&'p Declaration])) {
        let declaration = |statement: &'p Statement| match statement {
            Statement::Declaration(declaration) => Some(declaration),
            _ => None,
        };
        let declarations: Vec<&Declaration> = statements.iter().filter_map(declaration).collect();
        visit(file, &declarations);
        for block in declarations.into_iter().filter_map(|declaration| declaration.block.as_ref()) {
            walk(file, &block.statements, visit);
        }
    }
    for (file, parsed) in (0..).map(FileId).zip(&project.files) {
        walk(file, &parsed.tree.items, visit);
    }
}

/// Calls `visit` with every label of a declaration and its place.
fn each_label<'p>(project: &'p Project, visit: &mut impl FnMut(Place, &'p Text)) {
    each_scope(project, &mut |file, declarations| {
        for label in declarations.iter().filter_map(|declaration| declaration.label.as_ref()) {
            visit(Place { file, span: label.span }, label);
        }
    });
}

/// Whether something on the same line could not be read.
fn is_on_broken_line(project: &Project, place: Place) -> bool {
    let source = project.source(place.file);
    let line = source.position(place.span.start).line;
    let problems = &project.files[place.file.0 as usize].tree.problems;
    problems.iter().any(|problem| source.position(problem.span.start).line == line)
}
