//! How names and keywords are compared: NFC, either placement of tone marks, and (keywords only)
//! with or without diacritics.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// Tone marks: grave, acute, tilde, hook above, dot below.
fn is_tone(c: char) -> bool {
    matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
}

/// A keyword without diacritics, blanks made single: `Thủ  tục` and `thu tuc` become one text.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split([' ', '\t', '\u{A0}']).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        if word.is_ascii() {
            out.push_str(word);
            continue;
        }
        out.extend(word.nfd().filter(|c| !is_diacritic(*c)).map(|c| match c {
            'đ' => 'd',
            'Đ' => 'D',
            c => c,
        }));
    }
    out
}

fn is_diacritic(c: char) -> bool {
    is_tone(c) || matches!(c, '\u{302}' | '\u{306}' | '\u{31B}')
}

/// The form under which a name is compared: `hòa` and `hoà` are one name, case matters.
pub fn canonical(name: &str) -> Cow<'_, str> {
    if name.is_ascii() {
        return Cow::Borrowed(name);
    }
    match moved_tone(name, false) {
        Some(moved) => Cow::Owned(moved),
        None => Cow::Borrowed(name),
    }
}

/// Whether two names are one.
pub fn same_name(a: &str, b: &str) -> bool {
    a == b || !(a.is_ascii() && b.is_ascii()) && canonical(a) == canonical(b)
}

/// The other placement of the tone mark in open syllables with oa, oe, uy; none where the text has none.
///
/// With `old_style` the mark goes to the first vowel (`hòa`), otherwise to the second (`hoà`).
pub fn moved_tone(word: &str, old_style: bool) -> Option<String> {
    if !may_have_tone_to_move(word, old_style) {
        return None;
    }
    let mut chars: Vec<char> = word.nfd().collect();
    let mut moved = false;
    for start in 0..chars.len() {
        moved |= move_tone_at(&mut chars, start, old_style);
    }
    moved.then(|| chars.into_iter().nfc().collect())
}

/// Tells most words apart without taking them to pieces; nearly every name is looked up this way.
fn may_have_tone_to_move(word: &str, old_style: bool) -> bool {
    if !old_style && !has_toned_pair(word.as_bytes()) {
        return false;
    }
    let (mut before, mut found) = ('\0', false);
    for c in word.chars() {
        found |= is_tone(c) || if old_style { is_toned_second(c) } else { is_second(c) && is_toned_first(before) };
        before = c;
    }
    found
}

/// Whether a second vowel stands behind two bytes that may end a first vowel with its tone, or a mark stands by itself
/// (U+0300 to U+037F).
fn has_toned_pair(word: &[u8]) -> bool {
    let mut before = (0, 0);
    word.iter().any(|byte| {
        let second = before.1 >= 0x80 && matches!(byte, b'a' | b'e' | b'y' | b'A' | b'E' | b'Y');
        let found = second && ends_toned_first(before) || matches!(byte, 0xCC | 0xCD);
        before = (before.1, *byte);
        found
    })
}

/// The last two bytes of the letters in [`is_toned_first`]: òóõùú, ũ, ọỏụủ and the same in capitals.
fn ends_toned_first(bytes: (u8, u8)) -> bool {
    matches!(
        bytes,
        (0xC3, 0x92 | 0x93 | 0x95 | 0x99 | 0x9A | 0xB2 | 0xB3 | 0xB5 | 0xB9 | 0xBA)
            | (0xC5, 0xA8 | 0xA9)
            | (0xBB, 0x8C..=0x8F | 0xA4..=0xA7)
    )
}

/// The second vowel of oa, oe, uy.
fn is_second(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'y' | 'A' | 'E' | 'Y')
}

fn is_toned_first(c: char) -> bool {
    "òóõỏọùúũủụÒÓÕỎỌÙÚŨỦỤ".contains(c)
}

fn is_toned_second(c: char) -> bool {
    "àáãảạèéẽẻẹỳýỹỷỵÀÁÃẢẠÈÉẼẺẸỲÝỸỶỴ".contains(c)
}

/// Moves the tone mark of the vowel pair that begins at `start`, if there is one at a syllable's end.
fn move_tone_at(chars: &mut [char], start: usize, old_style: bool) -> bool {
    let first = chars[start].to_ascii_lowercase();
    if !matches!(first, 'o' | 'u') || (start > 0 && chars[start - 1].eq_ignore_ascii_case(&'q')) {
        return false;
    }
    let (from, to, vowel) =
        if old_style { (start + 2, start + 1, start + 1) } else { (start + 1, start + 2, start + 2) };
    let (Some(&tone), Some(&second)) = (chars.get(from), chars.get(vowel)) else { return false };
    let pair = matches!((first, second.to_ascii_lowercase()), ('o', 'a' | 'e') | ('u', 'y'));
    let ends = chars.get(start + 3).is_none_or(|c| !c.is_alphabetic() && !is_diacritic(*c));
    if !is_tone(tone) || !pair || !ends {
        return false;
    }
    chars.swap(from, to);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tone_placement_makes_one_name() {
        for (old, new) in [("hòa", "hoà"), ("thủy_lợi", "thuỷ_lợi"), ("KHỎE", "KHOẺ"), ("ủy_ban", "uỷ_ban")]
        {
            assert_eq!(canonical(old), canonical(new), "{old} {new}");
            assert_eq!(moved_tone(new, true).as_deref(), Some(old));
        }
        assert_ne!(canonical("quý"), canonical("qúy_"));
        assert_ne!(canonical("toán"), canonical("tóan"));
        assert_ne!(canonical("Hoà"), canonical("hoà"));
    }

    #[test]
    fn every_mark_moves_in_both_directions_and_forms() {
        for (first, second) in ["oa", "oe", "uy", "OA", "OE", "UY", "Oa", "Uy"].map(|pair| pair.split_at(1)) {
            for tone in ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'] {
                let (old, new) = (format!("h{first}{tone}{second}_1"), format!("h{first}{second}{tone}_1"));
                let (old_nfc, new_nfc): (String, String) = (old.nfc().collect(), new.nfc().collect());
                for (old, new) in [(&old, &new), (&old_nfc, &new_nfc)] {
                    assert_eq!(moved_tone(old, false).as_ref(), Some(&new_nfc), "{old}");
                    assert_eq!(moved_tone(new, true).as_ref(), Some(&old_nfc), "{new}");
                    assert_eq!((moved_tone(new, false), moved_tone(old, true)), (None, None), "{old} {new}");
                }
            }
        }
    }

    #[test]
    fn keywords_fold_without_diacritics() {
        assert_eq!(fold("Ủy  quyền\u{A0}đã"), "Uy quyen da");
        assert_eq!(fold("uỷ quyền"), fold("ủy quyền"));
    }
}
