//! What a version says about one thing, item by item, and where another version says something else.

use super::Difference;

/// What is said about one thing.
#[derive(Debug, Clone)]
pub(super) struct Said {
    /// What it is about.
    pub what: String,
    /// One text, or the items of a list.
    pub items: Vec<Item>,
}

/// A text as it is shown and as it is compared.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// In the words of its own version.
    pub shown: String,
    /// In words that both versions have in common: what another step is called is no part of it.
    pub compared: String,
}

impl Said {
    /// Texts that are compared as they are.
    pub fn of(what: impl Into<String>, texts: impl IntoIterator<Item = String>) -> Said {
        let items = texts.into_iter().map(|text| Item { compared: text.clone(), shown: text });
        Said { what: what.into(), items: items.collect() }
    }

    fn says_the_same(&self, other: &Said) -> bool {
        let compared = |of: &Said| of.items.iter().map(|item| item.compared.clone()).collect::<Vec<_>>();
        compared(self) == compared(other)
    }

    fn whole(&self) -> String {
        self.items.iter().map(|item| item.shown.as_str()).collect::<Vec<_>>().join("; ")
    }

    /// The items that the other does not have.
    fn without(&self, other: &Said) -> Vec<String> {
        let is_own = |item: &&Item| !other.items.iter().any(|known| known.compared == item.compared);
        self.items.iter().filter(is_own).map(|item| item.shown.clone()).collect()
    }
}

/// Where two versions differ, in the order of the old one.
pub(super) fn differences(before: Vec<Said>, mut after: Vec<Said>) -> Vec<Difference> {
    let mut found = Vec::new();
    for old in before {
        let new = after.iter().position(|other| other.what == old.what).map(|place| after.remove(place));
        if new.as_ref().is_some_and(|new| old.says_the_same(new)) {
            continue;
        }
        found.push(Difference {
            before: Some(old.whole()),
            after: new.as_ref().map(Said::whole),
            only: new.map(|new| (old.without(&new), new.without(&old))),
            what: old.what,
        });
    }
    found.extend(after.into_iter().map(|new| Difference {
        before: None,
        after: Some(new.whole()),
        only: None,
        what: new.what,
    }));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_list_only_what_differs_is_shown_but_of_another_order_the_whole() {
        let shown = |before: &[&str], after: &[&str]| {
            let said = |texts: &[&str]| vec![Said::of("ways", texts.iter().map(|text| text.to_string()))];
            let found = differences(said(before), said(after));
            found.iter().map(Difference::shown).collect::<Vec<_>>()
        };
        let text = |text: &str| Some(text.to_string());
        assert_eq!(shown(&["a", "b", "c"], &["c", "a", "b"]), [(text("a; b; c"), text("c; a; b"))]);
        assert_eq!(shown(&["a", "b", "c"], &["a", "x", "c"]), [(text("b"), text("x"))]);
        assert_eq!(shown(&["a", "b"], &["a", "b", "d"]), [(None, text("d"))]);
        assert_eq!(shown(&["a"], &["a"]), []);
    }
}
