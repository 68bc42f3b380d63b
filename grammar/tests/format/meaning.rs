//! What the formatter must not change.

use tthc_grammar::names::fold;
use tthc_grammar::parse;
use tthc_grammar::text::Text;
use tthc_grammar::tree::{CommentKind, Tree};

/// How what was laid out differs from what was there; none where nothing was lost.
pub fn difference(text: &Text, tree: &Tree, out: &str) -> Option<String> {
    let new = Text::new(out.as_bytes());
    let new_tree = parse(&new);
    if !new_tree.problems.is_empty() {
        return Some(format!("it cannot be read any more: {:?}", new_tree.problems));
    }
    let (before, after) = (comments(text, tree), comments(&new, &new_tree));
    if before != after {
        return Some(format!("comments have changed: {before:?}, {after:?}"));
    }
    let (before, after) = (meaning(tree), meaning(&new_tree));
    let differs = before.lines().zip(after.lines()).position(|(before, after)| before != after);
    let show =
        |dump: &str| dump.lines().skip(differs.unwrap_or(0).saturating_sub(5)).take(10).collect::<Vec<_>>().join("\n");
    (before != after).then(|| format!("it means something else:\n{}\n{}", show(&before), show(&after)))
}

/// Comments without blanks at the ends of their lines.
fn comments(text: &Text, tree: &Tree) -> Vec<(CommentKind, Vec<String>)> {
    let lines = |span: std::ops::Range<usize>| {
        let unix = text.parsed()[span].replace("\r\n", "\n").replace('\r', "\n");
        unix.lines().map(|line| line.trim_end().to_string()).collect()
    };
    tree.comments.iter().map(|comment| (comment.kind, lines(comment.span.range()))).collect()
}

/// The tree without places, and amounts without their spelling.
pub fn meaning(tree: &Tree) -> String {
    let dump = format!("{:#?}", tree.items);
    let mut out = String::new();
    let mut amount_ends: Option<usize> = None;
    for line in dump.lines() {
        let indent = line.len() - line.trim_start().len();
        let word = line.trim();
        if word.starts_with("start: ") || word.starts_with("end: ") {
            continue;
        }
        if word.ends_with("Amount {") {
            amount_ends = Some(indent);
        } else if amount_ends == Some(indent) {
            amount_ends = None;
        }
        if amount_ends == Some(indent.saturating_sub(4)) && word.starts_with("text: ") {
            // Blanks as they are written in a dump.
            let blanks = ["\\n", "\\r", "\\t", "\\u{a0}", " "];
            out.push_str(&blanks.iter().fold(fold(word), |word, blank| word.replace(blank, "")));
        } else {
            out.push_str(line);
        }
        out.push('\n');
    }
    out
}
