//! What can be read means the same when it is laid out, and is laid out once; what cannot be read is left alone.

use super::meaning::difference;
use tthc_grammar::format::format;
use tthc_grammar::parse;
use tthc_grammar::text::Text;

/// Panics where the formatter changes more than the layout.
pub fn holds(bytes: &[u8]) {
    let text = Text::new(bytes);
    let tree = parse(&text);
    let Some(out) = format(&text, &tree) else {
        assert!(!tree.problems.is_empty(), "what can be read is not laid out");
        return;
    };
    assert!(tree.problems.is_empty(), "what cannot be read is laid out");
    if let Some(difference) = difference(&text, &tree, &out) {
        panic!("{difference}\n{out}");
    }
    let new = Text::new(out.as_bytes());
    assert_eq!(format(&new, &parse(&new)).as_deref(), Some(out.as_str()), "it is laid out anew");
}
