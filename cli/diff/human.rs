//! `--format human`: one procedure after the other, what was dropped with `-`, what is new with `+`.

use tthc_compiler::analysis::verdict::Clock;
use tthc_compiler::compare::{Change, Comparison, Difference, Figures, ItemChange, ProcedureChange, Saved, StepChange};
use tthc_compiler::diagnostic::{Language, say};
use tthc_compiler::rules::amount;

/// The whole comparison.
pub fn render(comparison: &Comparison, language: Language) -> String {
    let words = Words { language };
    let mut out: String = comparison.procedures.iter().map(|procedure| words.procedure(procedure)).collect();
    let (changed, same) = (comparison.procedures.len(), comparison.same);
    out.push_str(&words.word(
        &format!("{changed} thủ tục khác nhau, {same} thủ tục giống nhau\n"),
        &format!("procedures that differ: {changed}, alike: {same}\n"),
    ));
    out
}

/// A figure that is not known.
const UNKNOWN: &str = "–";

/// What a text of a step is about, in both languages.
pub fn title_of(what: &str, language: Language) -> &str {
    let (vi, en) = match what {
        "title" => ("tên", "title"),
        "content" => ("nội dung", "content"),
        "performer" => ("người thực hiện", "performer"),
        "time" => ("thời gian", "time"),
        "result" => ("kết quả", "result"),
        "kind" => ("loại", "kind"),
        "ways" => ("hướng xử lý", "ways"),
        other => (other, other),
    };
    if language == Language::Vi { vi } else { en }
}

/// How many places of a definition differ that are not listed.
pub fn more_places(others: usize, language: Language) -> String {
    let (vi, en) =
        (format!("… và {others} chỗ khác của định nghĩa"), format!("… and {others} others of the definition"));
    say(vi, en).in_language(language).to_string()
}

/// What is saved, or what more it takes: title, before, after.
pub fn figures(before: &Figures, after: &Figures, saved: &Saved, language: Language) -> Vec<[String; 4]> {
    let words = Words { language };
    let count = |title: (&str, &str), before: usize, after: usize, saved: i64| {
        [
            words.word(title.0, title.1),
            before.to_string(),
            after.to_string(),
            words.less(saved, saved.abs().to_string()),
        ]
    };
    let minutes = |title: (&str, &str), old: Option<i64>, new: Option<i64>, saved: Option<i64>| {
        let clock = |figures: &Figures| {
            if figures.clock.as_deref() == Some("calendar") { Clock::Calendar } else { Clock::Working }
        };
        let shown = |figures: &Figures, minutes: Option<i64>| {
            minutes.map_or(UNKNOWN.to_string(), |minutes| {
                amount(minutes, clock(figures)).in_language(language).to_string()
            })
        };
        let less = saved.map_or(UNKNOWN.to_string(), |saved| {
            words.less(saved, amount(saved.abs(), clock(after)).in_language(language).to_string())
        });
        [words.word(title.0, title.1), shown(before, old), shown(after, new), less]
    };
    // What stands in the way, by step.
    let on_site = |figures: &Figures| match (figures.on_site, &figures.off_site_steps[..]) {
        (None, _) => UNKNOWN.to_string(),
        (Some(true), _) => words.word("đạt", "yes"),
        (_, []) => words.word("chưa", "no"),
        (_, steps) => format!("{} ({})", words.word("chưa", "no"), steps.join(", ")),
    };
    vec![
        minutes(("thời gian lâu nhất", "longest time"), before.worst_minutes, after.worst_minutes, saved.worst_minutes),
        minutes(("thời hạn", "limit"), before.limit_minutes, after.limit_minutes, saved.limit_minutes),
        count(("số bước", "steps"), before.steps, after.steps, saved.steps),
        count(("số cơ quan", "agencies"), before.agencies, after.agencies, saved.agencies),
        count(("số giấy tờ", "papers"), before.papers, after.papers, saved.papers),
        [words.word("4 tại chỗ", "on site"), on_site(before), on_site(after), String::new()],
    ]
}

struct Words {
    language: Language,
}

impl Words {
    fn word(&self, vi: &str, en: &str) -> String {
        say(vi, en).in_language(self.language).to_string()
    }

    fn less(&self, saved: i64, amount: String) -> String {
        match saved {
            0 => String::new(),
            saved if saved > 0 => self.word(&format!("giảm {amount}"), &format!("{amount} less")),
            _ => self.word(&format!("tăng {amount}"), &format!("{amount} more")),
        }
    }

    fn procedure(&self, procedure: &ProcedureChange) -> String {
        let code = procedure.code.as_ref().map(|code| format!(" ({code})")).unwrap_or_default();
        let mut out = format!("{} “{}”{code}\n", procedure.id, plain(&procedure.label));
        match procedure.change {
            Change::Added => out.push_str(&self.word("  chỉ có trong bản mới\n", "  only in the new version\n")),
            Change::Removed => out.push_str(&self.word("  chỉ có trong bản cũ\n", "  only in the old version\n")),
            Change::Changed => {}
        }
        for fact in &procedure.facts {
            out.push_str(&self.difference(fact, "  "));
        }
        self.items(&mut out, &procedure.papers, &self.word("giấy tờ", "paper"));
        self.items(&mut out, &procedure.agencies, &self.word("cơ quan", "agency"));
        for step in &procedure.steps {
            out.push_str(&self.step(step));
        }
        for difference in &procedure.definition {
            out.push_str(&self.difference(difference, &self.word("  định nghĩa ", "  definition ")));
        }
        if procedure.definition_more > 0 {
            out.push_str(&format!("  {}\n", more_places(procedure.definition_more, self.language)));
        }
        if let (Some(before), Some(after), Some(saved)) = (&procedure.before, &procedure.after, &procedure.saved) {
            for [title, before, after, less] in figures(before, after, saved, self.language) {
                let less = if matches!(less.as_str(), "" | UNKNOWN) { String::new() } else { format!(" ({less})") };
                out.push_str(&format!(
                    "  = {title}: {}{less}\n",
                    if before == after { before } else { format!("{before} → {after}") }
                ));
            }
        }
        out.push('\n');
        out
    }

    fn items(&self, out: &mut String, items: &[ItemChange], what: &str) {
        for item in items {
            let sign = if item.change == Change::Removed { '-' } else { '+' };
            out.push_str(&format!("  {sign} {what}: {}\n", plain(&item.title)));
        }
    }

    fn step(&self, step: &StepChange) -> String {
        let title = plain(&step.title);
        let number = |number: &Option<String>| number.clone().unwrap_or_default();
        match step.change {
            Change::Removed => format!("  - {}: {title}\n", number(&step.before)),
            Change::Added => {
                let time = step.differences.iter().find(|difference| difference.what == "time");
                let time = time.and_then(|time| time.after.as_ref()).map(|time| format!(" ({})", plain(time)));
                format!("  + {}: {title}{}\n", number(&step.after), time.unwrap_or_default())
            }
            Change::Changed => {
                let moved = if step.moved { self.word(" (chuyển chỗ)", " (moved)") } else { String::new() };
                let (before, after) = (number(&step.before), number(&step.after));
                let numbers = if before == after { after } else { format!("{before} → {after}") };
                let mut out = format!("  ~ {numbers}: {title}{moved}\n");
                step.differences.iter().for_each(|it| out.push_str(&self.difference(it, "      ")));
                out
            }
        }
    }

    fn difference(&self, difference: &Difference, indent: &str) -> String {
        let shown = |text: Option<String>| text.map_or(UNKNOWN.to_string(), |text| plain(&text));
        let title = title_of(&difference.what, self.language);
        let (before, after) = difference.shown();
        format!("{indent}{title}: {} → {}\n", shown(before), shown(after))
    }
}

/// On one line, without what would steer the terminal.
fn plain(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
