//! Any bytes are read, and everything in the tree has its place in the text.

use tthc_grammar::format;
use tthc_grammar::text::Text;
use tthc_grammar::tree::{Span, Statement};

/// Panics where something is out of place.
pub fn holds(bytes: &[u8]) {
    let text = Text::new(bytes);
    let tree = tthc_grammar::parse(&text);
    let whole = Span::new(0, text.parsed().len());
    tree.problems.iter().for_each(|problem| inside(&text, problem.span, whole));
    tree.comments.iter().for_each(|comment| inside(&text, comment.span, whole));
    let unread = statements(&text, &tree.items, whole);
    assert!(unread == 0 || !tree.problems.is_empty(), "{unread} statements were not read, and nothing is said");
    let pieces = format::pieces(&text, &tree);
    pieces.iter().for_each(|(span, _)| inside(&text, *span, whole));
    assert!(pieces.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start), "pieces overlap: {pieces:?}");
    the_way_back(&text);
}

/// A place lies in another one, and cuts no letter.
fn inside(text: &Text, span: Span, around: Span) {
    assert!(text.parsed().get(span.range()).is_some(), "{span:?} does not lie in the text");
    assert!(around.start <= span.start && span.end <= around.end, "{span:?} does not lie in {around:?}");
}

/// How many of the statements, and of those in them, could not be read.
fn statements(text: &Text, statements: &[Statement], around: Span) -> usize {
    let mut unread = 0;
    for statement in statements {
        inside(text, statement.span(), around);
        match statement {
            Statement::Error(_) => unread += 1,
            Statement::Declaration(declaration) => {
                inside(text, declaration.head_span, declaration.span);
                declaration.name.iter().for_each(|name| inside(text, name.span, declaration.span));
                if let Some(block) = &declaration.block {
                    unread += self::statements(text, &block.statements, declaration.span);
                }
            }
            _ => {}
        }
    }
    assert!(statements.windows(2).all(|pair| pair[0].span().start <= pair[1].span().start), "out of order");
    unread
}

/// What comes later in the parsed text comes later in the file as it stands, and the way leads there and back.
fn the_way_back(text: &Text) {
    let mut before = 0;
    for (at, _) in text.parsed().char_indices() {
        let original = text.original_offset(at as u32);
        assert!(before <= original && text.original.is_char_boundary(original as usize), "{at} leads to {original}");
        before = original;
        let back = text.parsed_offset(original);
        assert!(text.parsed().is_char_boundary(back as usize), "{original} leads back to {back}");
    }
}
