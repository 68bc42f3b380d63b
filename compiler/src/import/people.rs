//! Who does it: printed words as agencies and roles.
//!
//! An agency is taken from the words where they name one; everybody else becomes a role of one agency that somebody has to
//! part. A guess is marked as one.

use super::draft::{Agency, Remark};
use super::words::{Names, bare, one_line, quoted, slug};
use std::collections::HashMap;

/// The agency of those whose words name none.
const OTHERS: &str = "Đơn vị chuyên môn";
/// Words that speak of a one-stop unit, without diacritics and blanks: short names are printed with and without.
const ONE_STOP: [&str; 11] = [
    "motcua",
    "hanhchinhcong",
    "tn&tkq",
    "tn-tkq",
    "tnvatkq",
    "tntkq",
    "tiepnhanvatra",
    "tiepnhan-tra",
    "pvhcc",
    "tthcc",
    "bpmc",
];
/// How the names of such units begin, likewise.
const ONE_STOP_UNITS: [&str; 7] = ["bophan", "bptn", "bpmotcua", "bpmc", "ttpvhcc", "tthcc", "pvhcc"];

/// Everybody who has occurred.
#[derive(Debug, Default)]
pub(super) struct People {
    agencies: Vec<Agency>,
    /// By their labels without diacritics.
    places: HashMap<String, usize>,
    names: Names,
    roles: HashMap<usize, Names>,
    /// By their words without diacritics: what is written, and the label.
    known: HashMap<String, (String, String)>,
    guessed: bool,
}

impl People {
    /// How these words are written behind `do`; none where there are none.
    pub fn performer(&mut self, words: &str) -> Option<String> {
        let lines: Vec<&str> = words.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let listed = lines.len() > 1 && lines.iter().all(|line| line.starts_with(['-', '+', '•', '–']));
        if listed {
            let all: Vec<String> = lines.iter().filter_map(|line| self.one(line)).collect();
            return (!all.is_empty()).then(|| all.join(" và "));
        }
        self.one(words)
    }

    fn one(&mut self, words: &str) -> Option<String> {
        let words = one_line(words);
        let words = words.trim_matches(|c: char| c.is_whitespace() || ".;,-+•–".contains(c));
        let key = bare(words);
        if !key.chars().any(char::is_alphanumeric) {
            return None;
        }
        let is_applicant = ["to chuc", "ca nhan", "nguoi nop", "cong dan", "nguoi dan"];
        if is_applicant.iter().any(|word| key.starts_with(word)) && key.split_whitespace().count() <= 6 {
            return Some(format!("người nộp {}", quoted(words)));
        }
        if key == "he thong" {
            return Some("hệ thống".into());
        }
        if !self.known.contains_key(&key) {
            let path = self.declare(words);
            self.known.insert(key.clone(), (path, words.to_string()));
        }
        let (path, label) = &self.known[&key];
        // Printed otherwise than where it first stood.
        Some(if label == words { path.clone() } else { format!("{path} {}", quoted(words)) })
    }

    fn declare(&mut self, words: &str) -> String {
        let one_stop = is_one_stop(words);
        let at = agency_in(words, one_stop);
        let (label, role) = match at {
            Some(0) => (words, None),
            Some(at) => (cut(&words[at..]), Some(words)),
            None if one_stop => (words, None),
            None => (OTHERS, Some(words)),
        };
        self.guessed |= at.is_none() && !one_stop;
        let agency = self.agency(label, one_stop);
        let Some(role) = role else { return self.agencies[agency].name.clone() };
        let short = at
            .and_then(|at| slug(without_joints(&words[..at])))
            .or_else(|| slug(role))
            .unwrap_or_else(|| "vai_trò".into());
        let name = self.roles.entry(agency).or_default().fresh(&short);
        let agency = &mut self.agencies[agency];
        agency.roles.push((name.clone(), role.to_string(), Vec::new()));
        format!("{}.{name}", agency.name)
    }

    /// The place of an agency with this label.
    fn agency(&mut self, label: &str, one_stop: bool) -> usize {
        let place = *self.places.entry(bare(label)).or_insert(self.agencies.len());
        if place < self.agencies.len() {
            return place;
        }
        let name = self.names.of(label, "cơ_quan");
        let lines = if one_stop { vec!["một cửa: có".to_string()] } else { Vec::new() };
        self.agencies.push(Agency { name, label: label.to_string(), lines, ..Agency::default() });
        place
    }

    /// The agency that carries the process out, and the one-stop units.
    pub fn attributes(&self) -> Vec<String> {
        let one_stop = |agency: &&Agency| !agency.lines.is_empty();
        let mut lines = Vec::new();
        let executing = self.agencies.iter().find(|agency| !one_stop(agency)).or(self.agencies.first());
        lines.extend(executing.map(|agency| format!("cơ quan thực hiện: {}", agency.name)));
        let receiving: Vec<&str> = self.agencies.iter().filter(one_stop).map(|agency| agency.name.as_str()).collect();
        lines.extend((!receiving.is_empty()).then(|| format!("tiếp nhận tại: {}", receiving.join(" hoặc "))));
        lines
    }

    /// Everybody, and what is to be said of them. `place`: where in the source their words stand.
    pub fn finish(self, place: &str) -> (Vec<Agency>, Option<Remark>) {
        let said =
            format!("cơ quan, vai trò lấy theo chữ ở {place}; đặt lại cho đúng cơ quan, thêm cấp và thẩm quyền ký");
        let open = self.guessed.then_some(Remark::Open(said));
        (self.agencies, open)
    }
}

/// Whether words speak of a one-stop unit.
pub(super) fn is_one_stop(words: &str) -> bool {
    let words = without_blanks(words);
    ONE_STOP.iter().any(|word| words.contains(word))
}

fn without_blanks(words: &str) -> String {
    bare(words).replace(' ', "")
}

/// Letters in which an agency is known by how it begins.
const LONGEST_PHRASE: usize = 40;

/// Where words begin to name an agency.
fn agency_in(words: &str, one_stop: bool) -> Option<usize> {
    const ALWAYS: [&str; 9] = [
        "van phong ubnd",
        "van phong uy ban",
        "van phong hdnd",
        "ubnd",
        "uy ban nhan dan",
        "chi cuc ",
        "cong an ",
        "ban quan ly",
        "trung tam",
    ];
    let starts = words.char_indices().filter(|(at, c)| {
        c.is_alphabetic() && words[..*at].chars().next_back().is_none_or(|before| !before.is_alphanumeric())
    });
    let begins = |at: usize| {
        // None of the phrases is so long.
        let rest = bare(&words[at..].chars().take(LONGEST_PHRASE).collect::<String>());
        // “Sở” alone says not which; a small letter behind it begins what is done.
        let department = || {
            let mut next = words[at..].split(' ');
            let first = next.next().map(str::to_lowercase);
            let capital = next.next().and_then(|next| next.chars().next()).is_some_and(char::is_uppercase);
            // “hồ sơ” has no mark on it, nor has a table that is written without marks.
            first.as_deref() == Some("sở") && capital
        };
        let unit = || {
            let rest = without_blanks(&rest);
            one_stop && ONE_STOP_UNITS.iter().any(|word| rest.starts_with(word))
        };
        ALWAYS.iter().any(|word| rest.starts_with(word)) || unit() || department()
    };
    starts.map(|(at, _)| at).find(|at| begins(*at))
}

/// “Công chức tại …”: what joins a role to its agency is no part of its name.
fn without_joints(words: &str) -> &str {
    let words = words.trim();
    let joints = ["tại", "của", "thuộc", "-", "–"];
    joints.iter().find_map(|joint| words.strip_suffix(joint)).unwrap_or(words)
}

/// An agency's name ends where something is added.
fn cut(words: &str) -> &str {
    words.find(['(', ';', ',']).map_or(words, |end| &words[..end]).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_stop_units_have_many_names() {
        for words in ["TT PVHCC", "TTPVHCC tỉnh", "TT HCC", "BP TN&TKQ", "BP TN & TKQ", "bộ phận một cửa", "BPMC"]
        {
            let mut people = People::default();
            assert!(
                people.performer(&format!("Công chức {words}")).is_some_and(|who| who.ends_with(".công_chức")),
                "{words}"
            );
            let (agencies, _) = people.finish("cột người thực hiện");
            assert_eq!((agencies[0].label.as_str(), &agencies[0].lines[..]), (words, &["một cửa: có".to_string()][..]));
        }
        assert!(!is_one_stop("Phòng Văn hóa"));
    }

    #[test]
    fn words_become_agencies_and_roles() {
        let mut people = People::default();
        for (words, written) in [
            (
                "Công chức tại Trung tâm Phục vụ hành chính công cấp xã",
                "trung_tâm_phục_vụ_hành_chính_công_cấp_xã.công_chức",
            ),
            ("Lãnh đạo Sở Khoa học và Công nghệ", "sở_khoa_học_và_công_nghệ.lãnh_đạo"),
            ("Sở Khoa học và Công nghệ", "sở_khoa_học_và_công_nghệ"),
            ("Lãnh đạo UBND tỉnh", "ubnd_tỉnh.lãnh_đạo"),
            ("Lãnh đạo Sở ký duyệt", "đơn_vị_chuyên_môn.lãnh_đạo_sở_ký_duyệt"),
            ("Tổ chức, cá nhân", "người nộp \"Tổ chức, cá nhân\""),
        ] {
            assert_eq!(people.performer(words).as_deref(), Some(written));
        }
        let again = people.performer("lãnh đạo ubnd tỉnh");
        assert_eq!(again.as_deref(), Some("ubnd_tỉnh.lãnh_đạo \"lãnh đạo ubnd tỉnh\""));
        assert_eq!(people.performer(" - "), None);
        let (agencies, open) = people.finish("cột người thực hiện");
        assert_eq!(agencies.len(), 4);
        assert!(open.is_some() && agencies[0].lines == ["một cửa: có"]);
    }
}
