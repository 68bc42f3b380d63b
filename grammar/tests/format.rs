//! The formatter: what it prints (snapshots beside the files), and what holds for every file there is.

#![allow(clippy::unwrap_used)]

#[path = "format/meaning.rs"]
mod meaning;

use meaning::{difference, meaning};
use std::path::{Path, PathBuf};
use tthc_grammar::format::format;
use tthc_grammar::parse;
use tthc_grammar::text::Text;
use tthc_grammar::tree::Tree;
use unicode_normalization::UnicodeNormalization;

fn read(bytes: &[u8]) -> (Text, Tree) {
    let text = Text::new(bytes);
    let tree = parse(&text);
    (text, tree)
}

fn formatted(bytes: &[u8]) -> Option<String> {
    let (text, tree) = read(bytes);
    format(&text, &tree)
}

#[test]
fn layout() {
    insta::with_settings!({ snapshot_path => "format", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::glob!("format/*.tthc", |path| {
            let out = formatted(&std::fs::read(path).unwrap()).expect("the file has no problems");
            insta::assert_snapshot!("formatted", out);
        });
    });
}

/// Every file without problems: those made for the formatter, the examples, the printed tables.
fn corpus() -> Vec<(PathBuf, Vec<u8>)> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["tests/format", "../examples", "../tests/cases/printed"] {
        collect(&here.join(folder), &mut files);
    }
    files.retain(|(_, bytes)| read(bytes).1.problems.is_empty());
    assert!(files.len() > 8);
    files
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|end| end == "tthc") {
            let bytes = std::fs::read(&path).unwrap();
            files.push((path, bytes));
        }
    }
}

#[test]
fn formatting_twice_changes_nothing_more() {
    for (path, bytes) in corpus() {
        let once = formatted(&bytes).unwrap();
        assert_eq!(formatted(once.as_bytes()).as_ref(), Some(&once), "{}", path.display());
        assert!(once.ends_with('\n') && !once.ends_with("\n\n") && !once.contains('\r'), "{}", path.display());
    }
}

#[test]
fn comments_and_meaning_stay() {
    for (path, bytes) in corpus() {
        assert_same(&bytes, &path);
    }
}

/// Formats and compares what is left with what was there.
fn assert_same(bytes: &[u8], path: &Path) -> String {
    let (text, tree) = read(bytes);
    let out = format(&text, &tree).unwrap();
    if let Some(difference) = difference(&text, &tree, &out) {
        panic!("{}: {difference}\n{}", path.display(), text.parsed());
    }
    out
}

#[test]
fn meaning_tells_trees_apart() {
    let dump = |text: &str| meaning(&read(text.as_bytes()).1);
    assert_eq!(dump("thủ tục a { thời hạn: 5ngày }"), dump("thu tuc a {\n thoi han: 5  ngay }"));
    assert_ne!(dump("thủ tục a { thời hạn: 5 ngày }"), dump("thủ tục a { thời hạn: 05 ngày }"));
    assert_ne!(dump("thủ tục a { thời hạn: 5 ngày }"), dump("thủ tục b { thời hạn: 5 ngày }"));
}

#[test]
fn line_ends_and_normal_forms_make_no_difference() {
    for (path, bytes) in corpus() {
        let text = Text::new(&bytes).parsed().replace("\r\n", "\n");
        let expected = formatted(&bytes);
        assert_eq!(formatted(text.replace('\n', "\r\n").as_bytes()), expected, "{}", path.display());
        assert_eq!(formatted(text.nfd().collect::<String>().as_bytes()), expected, "{}", path.display());
        assert_eq!(formatted(text.nfc().collect::<String>().as_bytes()), expected, "{}", path.display());
    }
}

/// Line ends, comments and tight spacing at random places; where the file can still be read, nothing is lost.
#[test]
fn line_ends_and_comments_may_stand_anywhere() {
    let mut random = Random(0xbeef);
    let mut readable = 0;
    for (path, bytes) in corpus().into_iter().filter(|(_, bytes)| bytes.len() < 4000) {
        let (text, tree) = read(&bytes);
        for _ in 0..10 {
            let disturbed = disturbed(text.parsed(), &tree, &mut random);
            if formatted(disturbed.as_bytes()).is_some() {
                let once = assert_same(disturbed.as_bytes(), &path);
                assert_eq!(formatted(once.as_bytes()).as_ref(), Some(&once), "{}:\n{disturbed}", path.display());
                readable += 1;
            }
        }
    }
    assert!(readable > 50, "{readable}");
}

/// The text with up to three places changed at which blanks or signs stand.
fn disturbed(text: &str, tree: &Tree, random: &mut Random) -> String {
    const THINGS: [&str; 8] = ["\n", "\n\n\n", " /* x */ ", "/*x*/", "// x\n", "/// x \n", "/* x \n  x */", "  "];
    let mut places = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let length = fixed_length(text, tree, at).max(text[at..].chars().next().map_or(1, char::len_utf8));
        let next = text[at + length..].chars().next();
        if text[at..at + length].ends_with([' ', '{', '}', '(', ')', ',', ':', '"', '='])
            || matches!(next, Some('"' | ')' | ':' | ','))
        {
            places.push(at + length);
        }
        at += length;
    }
    let mut out = text.to_string();
    let mut chosen: Vec<usize> = (0..3).map(|_| places[random.below(places.len())]).collect();
    chosen.sort();
    for place in chosen.into_iter().rev() {
        out.insert_str(place, THINGS[random.below(THINGS.len())]);
    }
    out
}

#[test]
fn blanks_within_lines_make_no_difference() {
    let mut random = Random(0x5eed);
    for (path, bytes) in corpus() {
        let (text, tree) = read(&bytes);
        let expected = format(&text, &tree);
        for _ in 0..3 {
            let spaced = respaced(text.parsed(), &tree, &mut random);
            assert_eq!(formatted(spaced.as_bytes()), expected, "{}:\n{spaced}", path.display());
        }
    }
}

/// The text with other runs of blanks, outside strings and comments; runs at line ends are changed freely.
fn respaced(text: &str, tree: &Tree, random: &mut Random) -> String {
    const RUNS: [&str; 6] = [" ", "  ", "\t", "\u{A0}", " \t ", "      "];
    let mut out = String::new();
    let mut at = 0;
    while at < text.len() {
        let fixed = fixed_length(text, tree, at);
        let blanks = text[at..].find(|c| !matches!(c, ' ' | '\t' | '\u{A0}')).unwrap_or(text.len() - at);
        if fixed > 0 {
            out.push_str(&text[at..at + fixed]);
            at += fixed;
        } else if blanks > 0 {
            out.push_str(RUNS[random.below(RUNS.len())]);
            at += blanks;
        } else {
            let length = text[at..].chars().next().map_or(1, char::len_utf8);
            out.push_str(&text[at..at + length]);
            at += length;
        }
    }
    out
}

/// The length of the string or comment that begins here.
fn fixed_length(text: &str, tree: &Tree, at: usize) -> usize {
    if let Some(comment) = tree.comments.iter().find(|comment| comment.span.start as usize == at) {
        return comment.span.range().len();
    }
    if !text[at..].starts_with('"') {
        return 0;
    }
    let bytes = &text.as_bytes()[at..];
    let mut length = 1;
    while bytes[length] != b'"' {
        length += if bytes[length] == b'\\' { 2 } else { 1 };
    }
    length + 1
}

/// A small generator of numbers (xorshift): the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}
