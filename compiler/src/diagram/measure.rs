//! How wide a text is, and where it is broken.
//!
//! Advance widths of Helvetica in thousandths of the size (Adobe's published metrics, which Arial and Liberation Sans share),
//! widened so that the widest of the usual substitutes, DejaVu Sans, fits too. A Vietnamese letter is as wide as its base.

use unicode_normalization::UnicodeNormalization;

/// From the space to `~`.
#[rustfmt::skip]
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 222, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
/// DejaVu Sans is up to this much wider, in percent.
const WIDENING: u32 = 118;

/// The width of a text in pixels, rounded up.
pub fn width(text: &str, size: u32) -> i32 {
    let thousandths: u32 = text.nfd().map(letter).sum();
    i32::try_from((thousandths * size * WIDENING).div_ceil(100_000)).unwrap_or(i32::MAX)
}

fn letter(c: char) -> u32 {
    match c {
        ' '..='~' => u32::from(WIDTHS[c as usize - ' ' as usize]),
        'đ' => 556,
        'Đ' => 722,
        '\u{31b}' => 120, // the horn of ơ and ư
        '\u{300}'..='\u{36f}' => 0,
        '–' | '“' | '”' | '‘' | '’' | '·' => 556,
        _ => 1000,
    }
}

/// Breaks a text into lines no wider than `most` pixels; what is cut off after `lines` lines is marked by `…`.
pub fn wrap(text: &str, size: u32, most: i32, lines: usize) -> Vec<String> {
    let mut broken: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace().flat_map(|word| pieces(word, size, most)) {
        let longer = if line.is_empty() { word.clone() } else { format!("{line} {word}") };
        if width(&longer, size) <= most {
            line = longer;
        } else {
            broken.push(std::mem::replace(&mut line, word));
        }
    }
    broken.push(line);
    if broken.len() > lines {
        broken.truncate(lines);
        if let Some(last) = broken.last_mut() {
            break_off(last, size, most);
        }
    }
    broken
}

/// Ends a line with `…`, in the same width.
pub(super) fn break_off(line: &mut String, size: u32, most: i32) {
    while width(&format!("{line}…"), size) > most && line.pop().is_some() {}
    line.push('…');
}

/// A word that is wider than a line is cut between letters.
fn pieces(word: &str, size: u32, most: i32) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for c in word.nfc() {
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
            if width(piece, size) > most && piece.chars().count() > 1 {
                piece.pop();
                pieces.push(c.to_string());
            }
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_take_no_room() {
        assert_eq!(width("Tiep nhan ho so", 12), width("Tiếp nhận hồ so", 12));
        assert!(width("Sở", 12) > width("So", 12));
    }

    #[test]
    fn no_line_is_too_wide_and_no_word_is_lost() {
        let text =
            "Chuyên viên xử lý hồ sơ tổng hợp ý kiến https://một-địa-chỉ-rất-dài-không-có-chỗ-ngắt.gov.vn/ rồi trình";
        let lines = wrap(text, 12, 120, 20);
        assert!(lines.iter().all(|line| width(line, 12) <= 120), "{lines:?}");
        assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        let cut = wrap(text, 12, 120, 2);
        assert!(cut.len() == 2 && cut[1].ends_with('…') && width(&cut[1], 12) <= 120);
    }
}
