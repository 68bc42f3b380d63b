//! Names that machines take: ASCII letters, digits and `_`, none given twice.

use std::collections::{HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;

/// `thẩm_định` → `tham_dinh`; what is no letter or digit becomes `_`.
pub(super) fn ascii(name: &str) -> String {
    let plain = name.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).map(|c| match c {
        'đ' => 'd',
        'Đ' => 'D',
        c if c.is_ascii_alphanumeric() => c,
        _ => '_',
    });
    let text: String = plain.collect();
    let parts: Vec<&str> = text.split('_').filter(|part| !part.is_empty()).collect();
    parts.join("_")
}

/// Gives every name one of its own.
#[derive(Debug, Default)]
pub(super) struct Names {
    given: HashMap<String, String>,
    taken: HashSet<String>,
}

impl Names {
    /// The name for this key, made from a wish when it is first asked for.
    pub fn of(&mut self, key: &str, wish: &str) -> String {
        if let Some(known) = self.given.get(key) {
            return known.clone();
        }
        let name = self.fresh(wish);
        self.given.insert(key.to_string(), name.clone());
        name
    }

    /// A name that nothing has yet.
    pub fn fresh(&mut self, wish: &str) -> String {
        let wish = ascii(wish);
        let numbered = (2..).map(|number| format!("{wish}_{number}"));
        let mut wishes = std::iter::once(wish.clone()).chain(numbered);
        let name = wishes.find(|name| !self.taken.contains(name)).unwrap_or(wish);
        self.taken.insert(name.clone());
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_and_unique() {
        assert_eq!(ascii("Đủ điều kiện: II.3"), "Du_dieu_kien_II_3");
        let mut names = Names::default();
        assert_eq!(names.of("đủ", "đủ"), "du");
        assert_eq!(names.of("dù", "dù"), "du_2");
        assert_eq!(names.of("đủ", "đủ"), "du");
    }
}
