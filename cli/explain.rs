//! `tthc explain`

use crate::console::{Console, Failure, Look, Outcome, Status, failure};
use crate::names::nearest;
use crate::render::human::severity_word;
use clap::Args;
use tthc_compiler::diagnostic::{Language, say};
use tthc_compiler::rules::{self, Rule};

/// The arguments of `tthc explain`.
#[derive(Args)]
pub struct Explain {
    /// Mã hoặc tên quy tắc, ví dụ T101; không ghi: danh sách các quy tắc
    #[arg(value_name = "MÃ")]
    code: Option<String>,
}

impl Explain {
    /// Prints the page of a rule, or the list of rules.
    pub fn run(self, console: &Console) -> Outcome {
        let look = console.output_look();
        let text = match &self.code {
            Some(code) => page(rules::find(code).ok_or_else(|| unknown(code))?, console.language, look),
            None => list(console.language, look),
        };
        console.print(&text)?;
        Ok(Status::Clean)
    }
}

fn list(language: Language, look: Look) -> String {
    let name_width = rules::ALL.iter().map(|rule| rule.name.len()).max().unwrap_or_default();
    let line = |rule: &&Rule| {
        let word = severity_word(rule.severity);
        // Padded by characters: format! counts them, and these letters are one column each.
        let (code, word) = (look.paint("1", rule.code), word.in_language(language));
        format!("{code}  {:name_width$}  {word:8}  {}\n", rule.name, rule.title(language))
    };
    rules::ALL.iter().map(line).collect()
}

fn page(rule: &Rule, language: Language, look: Look) -> String {
    let (word, title) = (severity_word(rule.severity), rule.title(language));
    let head = format!("{} {} ({}): {title}", rule.code, rule.name, word.in_language(language));
    let mut text = format!("{}\n\n{}\n", look.paint("1", &head), emphasised(rule.explanation(language), look));
    let (found, mended) = (say("Ví dụ sai", "Found in"), say("Sửa thành", "Mended"));
    let mut mended_examples = rule.examples("mended").into_iter();
    for example in rule.examples("found") {
        add_example(&mut text, found.in_language(language), example, look);
        if let Some(example) = mended_examples.next() {
            add_example(&mut text, mended.in_language(language), example, look);
        }
    }
    text
}

fn add_example(text: &mut String, heading: &str, example: &str, look: Look) {
    text.push_str(&format!("\n{}\n\n", look.paint("36", &format!("{heading}:"))));
    for line in example.lines() {
        text.push_str(format!("    {line}").trim_end());
        text.push('\n');
    }
}

/// Markdown's `**strong**` as a terminal shows it.
fn emphasised(markdown: &str, look: Look) -> String {
    let parts = markdown.split("**").enumerate();
    parts.map(|(index, part)| if index % 2 == 1 { look.paint("1", part) } else { part.to_string() }).collect()
}

/// Says which rules have a code or a name that is like this one.
fn unknown(code: &str) -> Failure {
    let names = rules::ALL.iter().flat_map(|rule| [(rule.code, rule.code), (rule.name, rule.code)]);
    let near = nearest(code, names);
    let (mut vi, mut en) = (format!("không có quy tắc '{code}'"), format!("there is no rule '{code}'"));
    if near.is_empty() {
        vi.push_str("; xem danh sách: tthc explain");
        en.push_str("; for the list: tthc explain");
    } else {
        vi.push_str(&format!("; có phải là {}?", near.join(", ")));
        en.push_str(&format!("; did you mean {}?", near.join(", ")));
    }
    failure(vi, en)
}
