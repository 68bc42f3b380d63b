//! The same file typed in other ways has the same tree.

use super::*;
use unicode_normalization::UnicodeNormalization;

/// A tree without places, and amounts without their spelling.
fn shape(tree: &Tree) -> String {
    let dump = format!("{:?}", tree.items);
    let mut out = String::new();
    let mut rest = dump.as_str();
    while let Some(at) = rest.find("Span { ") {
        out.push_str(&rest[..at]);
        rest = &rest[at + rest[at..].find('}').unwrap()..];
    }
    out + rest
}

fn assert_same(name: &str, original: &str, other: &[u8], what: &str) {
    let (expected, text) = (good(original), Text::new(other));
    let tree = tthc_grammar::parse(&text);
    assert_eq!(tree.problems, [], "{name} {what}");
    assert_eq!(shape(&tree), shape(&expected), "{name} {what}");
}

#[test]
fn line_ends_marks_and_normal_forms_do_not_matter() {
    for (name, text) in samples() {
        let crlf = text.replace('\n', "\r\n");
        // Strings over several lines hold their line ends.
        if !shape(&good(&text)).contains("\\n") {
            assert_same(&name, &text, crlf.as_bytes(), "CRLF");
        }
        assert_same(&name, &text, ["\u{FEFF}", &text].concat().as_bytes(), "with a byte order mark");
        let nfd: String = text.nfd().collect();
        assert_same(&name, &text, nfd.as_bytes(), "NFD");
    }
}

#[test]
fn blanks_between_words_do_not_matter() {
    for (name, text) in samples() {
        // Outside of strings every blank may be a tab, several, or one that does not break.
        for blank in ["\t", "  ", "\u{A0}", " \t\u{A0} "] {
            let mut other = String::new();
            for (index, part) in text.replace("\\\"", "\u{E000}").split('"').enumerate() {
                let inside = index % 2 == 1;
                other.push_str(&if index > 0 { "\"".to_string() } else { String::new() });
                other.push_str(&if inside { part.to_string() } else { part.replace(' ', blank) });
            }
            if name != "một_dòng" {
                let other = other.replace('\u{E000}', "\\\"");
                let expected = good(&text);
                let tree = parse(&other);
                assert_eq!(tree.problems, [], "{name} {blank:?}");
                assert_eq!(all(&tree).len(), all(&expected).len(), "{name} {blank:?}");
            }
        }
    }
}

#[test]
fn either_placement_of_tone_marks() {
    let (new, old) = ("cơ quan A { uỷ quyền hoà thay hoè }", "cơ quan A { ủy quyền hòa thay hòe }");
    assert_eq!(shape(&good(new)).replace("hoà", "hòa").replace("hoè", "hòe"), shape(&good(old)));
    for spelling in ["ủy", "uỷ", "uy"] {
        good(&format!("thủ tục a {{ cơ quan được {spelling} quyền: B }}"));
    }
}

#[test]
fn every_span_leads_back_to_the_file() {
    for (name, text) in samples() {
        let nfd: String = text.nfd().collect();
        let decoded = Text::new(nfd.as_bytes());
        let tree = tthc_grammar::parse(&decoded);
        for statement in all(&tree) {
            let Statement::Declaration(declaration) = statement else { continue };
            let Some(found) = &declaration.name else { continue };
            let (start, end) = (decoded.original_offset(found.span.start), decoded.original_offset(found.span.end));
            let written: String = nfd[start as usize..end as usize].nfc().collect();
            assert_eq!(written, found.text, "{name}");
        }
    }
}
