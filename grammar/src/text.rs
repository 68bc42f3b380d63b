//! The text of a file: decoded, brought into NFC, cleaned of characters nobody can see, with the way back
//! to positions in the file as it stands.

use crate::tree::{Problem, ProblemKind, Span};
use std::borrow::Cow;
use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class, is_nfc};

/// Files larger than this are not read.
pub const MAX_FILE_BYTES: usize = 16 * 1024 * 1024;
/// After this many bad characters the rest is not reported one by one.
pub const MAX_BAD_CHARACTERS: usize = 20;

/// A text and its parsed form.
#[derive(Debug, Clone, Default)]
pub struct Text {
    /// The file as it stands, without a byte order mark; what is no UTF-8 is U+FFFD.
    pub original: String,
    /// What the parser reads; `None` where it is the same as `original`.
    normalized: Option<String>,
    /// (offset in the parsed text, offset in the original) where the two drift apart.
    drifts: Vec<(u32, u32)>,
    /// Characters that may not stand in a source text; spans are in the parsed text.
    pub problems: Vec<Problem>,
}

impl Text {
    /// Decodes a file. Never fails: what is wrong is in `problems`.
    pub fn new(bytes: &[u8]) -> Text {
        if bytes.len() > MAX_FILE_BYTES {
            let kind = ProblemKind::TooLarge(MAX_FILE_BYTES);
            return Text { problems: vec![Problem { kind, span: Span::default() }], ..Text::default() };
        }
        if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
            let problems = vec![Problem { kind: ProblemKind::Utf16, span: Span::default() }];
            return Text { problems, ..Text::default() };
        }
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let (original, valid) = match simdutf8::basic::from_utf8(bytes) {
            Ok(text) => (text.to_string(), true),
            Err(_) => (String::from_utf8_lossy(bytes).into_owned(), false),
        };
        let mut text = Text { original, ..Text::default() };
        let plain = || {
            is_plain(&text.original)
                || (!text.original.chars().any(|c| is_forbidden(c) || is_other_blank(c)) && is_nfc(&text.original))
        };
        if !valid || !plain() {
            text.normalize(valid);
        }
        text
    }

    /// The text that is parsed; all spans are offsets into it.
    pub fn parsed(&self) -> &str {
        self.normalized.as_deref().unwrap_or(&self.original)
    }

    /// The offset in the original text that belongs to an offset in the parsed text.
    pub fn original_offset(&self, parsed: u32) -> u32 {
        let after = self.drifts.partition_point(|(at, _)| *at <= parsed);
        let Some((at, original)) = after.checked_sub(1).map(|index| self.drifts[index]) else { return parsed };
        let mut offset = original + (parsed - at);
        if let Some((_, next)) = self.drifts.get(after) {
            offset = offset.min(*next);
        }
        let mut offset = (offset as usize).min(self.original.len());
        while !self.original.is_char_boundary(offset) {
            offset -= 1;
        }
        offset as u32
    }

    /// The offset in the parsed text that belongs to an offset in the original text: the way back of
    /// [`Text::original_offset`]. Inside a cluster that is written otherwise it is the end of that cluster.
    pub fn parsed_offset(&self, original: u32) -> u32 {
        let after = self.drifts.partition_point(|(_, at)| *at <= original);
        let Some((parsed, at)) = after.checked_sub(1).map(|index| self.drifts[index]) else { return original };
        let mut offset = parsed + (original - at);
        if let Some((next, _)) = self.drifts.get(after) {
            offset = offset.min(*next);
        }
        let text = self.parsed();
        let mut offset = (offset as usize).min(text.len());
        while !text.is_char_boundary(offset) {
            offset += 1;
        }
        offset as u32
    }

    /// Builds the parsed text cluster by cluster (a character and the marks on it).
    fn normalize(&mut self, valid: bool) {
        let mut out = String::with_capacity(self.original.len());
        let mut chars = self.original.char_indices().peekable();
        let mut before = ' ';
        while let Some((start, c)) = chars.next() {
            let mut end = start + c.len_utf8();
            while let Some(&(at, mark)) = chars.peek().filter(|(_, mark)| canonical_combining_class(*mark) != 0) {
                end = at + mark.len_utf8();
                chars.next();
            }
            let joins =
                c == '\u{200D}' && is_pictograph(before) && chars.peek().is_some_and(|(_, next)| is_pictograph(*next));
            before = c;
            let wrong = if c == '\u{FFFD}' && !valid {
                Some(ProblemKind::NotUtf8)
            } else if is_forbidden(c) && !joins {
                Some(ProblemKind::Character(c))
            } else {
                None
            };
            let at = out.len();
            if let Some(kind) = wrong {
                if self.problems.len() < MAX_BAD_CHARACTERS {
                    self.problems.push(Problem { kind, span: Span::new(at, at) });
                }
            } else if is_other_blank(c) {
                out.push(' ');
                out.extend(self.original[start + c.len_utf8()..end].nfc());
            } else {
                out.extend(self.original[start..end].nfc());
            }
            // Marks in another order take as many bytes, and yet end elsewhere.
            if out[at..] != self.original[start..end] {
                self.drifts.push((at as u32, start as u32));
                self.drifts.push((out.len() as u32, end as u32));
            }
        }
        // Several entries at one place: the last one leads on.
        self.drifts.dedup_by(|next, kept| {
            next.0 == kept.0 && {
                kept.1 = next.1;
                true
            }
        });
        self.normalized = Some(out);
    }
}

/// Whether a text holds only what Vietnamese is written with, each in one character: then nothing need be looked
/// at more closely, and that is nearly every file.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().all(|(at, byte)| IS_PLAIN[usize::from(*byte)] || begins_plain(&bytes[at..]))
}

/// Bytes of which no more need be known: blanks, what ASCII can print, U+00C0 to U+02FF, and what does not begin a
/// character.
const IS_PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        plain[byte] = matches!(byte as u8, b' '..=b'~' | b'\n' | b'\t' | b'\r' | 0x80..=0xBF | 0xC3..=0xCB);
        byte += 1;
    }
    plain
};

/// Whether the character that begins here is plain all the same.
fn begins_plain(bytes: &[u8]) -> bool {
    match bytes {
        // U+1E80 to U+1EFF.
        [0xE1, 0xBA | 0xBB, ..] => true,
        // U+00A0 to U+00BF, without the soft hyphen.
        [0xC2, second, ..] => *second >= 0xA0 && *second != 0xAD,
        // Quotes, dashes and the like; arrows and signs of comparison.
        [0xE2, 0x80, third, ..] => matches!(third, 0x90..=0xA7 | 0xB0..=0xBE),
        [0xE2, 0x86 | 0x89, ..] => true,
        _ => false,
    }
}

/// Characters that nobody sees or that turn the reading direction.
fn is_forbidden(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        c if c.is_control() => true,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' => true,
        '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}' => true,
        _ => false,
    }
}

/// Blanks of other widths, as Word puts them in: they are read as a blank. U+00A0 stays what it is.
fn is_other_blank(c: char) -> bool {
    c.is_whitespace() && !c.is_control() && !is_forbidden(c) && !matches!(c, ' ' | '\u{A0}')
}

fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}')
}

/// With every line end as `\n`: texts mean the same whichever way a file ends its lines.
pub(crate) fn unix_lines(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_lead_back_to_the_file_as_it_stands() {
        let nfc = "bước a ≠ b";
        let nfd: String = nfc.nfd().collect();
        let text = Text::new(nfd.as_bytes());
        assert_eq!(text.parsed(), nfc);
        for (at, c) in nfc.char_indices().filter(|(_, c)| c.is_ascii()) {
            let original = text.original_offset(at as u32) as usize;
            assert!(nfd[original..].starts_with(c) || canonical_combining_class(c) != 0, "{c} at {at}");
        }
        assert_eq!(text.original_offset(nfc.len() as u32) as usize, nfd.len());
        for (at, _) in nfc.char_indices() {
            assert_eq!(text.parsed_offset(text.original_offset(at as u32)), at as u32, "{at}");
        }
        assert_eq!(text.parsed_offset(nfd.len() as u32) as usize, nfc.len());
    }

    /// They take as many bytes in the parsed text as in the file, but not each of them.
    #[test]
    fn marks_in_another_order_are_not_cut() {
        let text = Text::new("f\u{302}\u{20E5}=".as_bytes());
        assert_eq!(text.parsed(), "f\u{20E5}\u{302}=");
        for (at, _) in text.parsed().char_indices() {
            assert!(text.original.is_char_boundary(text.original_offset(at as u32) as usize), "{at}");
        }
    }

    #[test]
    fn what_is_plain_is_composed_and_visible() {
        for c in ('\0'..='\u{FFFF}').filter(|c| is_plain(&c.to_string())) {
            assert!(is_nfc(&c.to_string()) && !is_forbidden(c) && canonical_combining_class(c) == 0, "{c:?}");
            assert!(is_nfc(&format!("a{c}")) && is_nfc(&format!("ơ{c}")), "{c:?}");
        }
        assert!(is_plain("Ủy ban – “Sở” → ≠ ≤ m² đồng\u{A0}…") && !is_plain("u\u{309}") && !is_plain("\u{2028}"));
    }

    #[test]
    fn marks_and_invisible_characters() {
        let text = Text::new("\u{FEFF}a\u{200B}b \"👩\u{200D}💻\" c\u{0}".as_bytes());
        assert_eq!(text.parsed(), "ab \"👩\u{200D}💻\" c");
        assert_eq!(text.problems.len(), 2);
        assert_eq!(text.original_offset(1), 4, "b stands behind the zero-width space");
        assert_eq!(Text::new(b"\xFFa").problems[0].kind, ProblemKind::NotUtf8);
    }

    #[test]
    fn blanks_of_any_width_are_blanks() {
        let text = Text::new("a\u{2003}b\u{3000}\u{202F}c\u{A0}d".as_bytes());
        assert_eq!(text.parsed(), "a b  c\u{A0}d");
        assert!(text.problems.is_empty());
        assert_eq!(text.original_offset(2), 4, "b stands behind three bytes of blank");
    }
}
