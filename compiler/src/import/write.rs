//! Draft → text, laid out by the formatter.

use super::draft::{Agency, Block, Draft, Exits, Item, Procedure, Remark, Step, Time, Way};
use super::words::quoted;
use tthc_grammar::format::format;
use tthc_grammar::text::Text;

/// What begins a comment that somebody has to look at.
pub(super) const OPEN: &str = "CẦN XEM LẠI";

/// The text of a file, and how many remarks are open in it.
pub(super) fn text(draft: &Draft) -> (String, usize) {
    let mut out = Out::default();
    out.remarks(&draft.remarks);
    // A comment right above a declaration would be its own.
    out.text.push('\n');
    draft.agencies.iter().for_each(|agency| out.agency("cơ quan", agency));
    for declared in &draft.declared {
        let head = format!("{} {} {}", declared.keyword, declared.name, quoted(&declared.label));
        match declared.lines.is_empty() {
            true => out.line(&head),
            false => out.block(&head, |out| out.lines(&declared.lines)),
        }
    }
    draft.procedures.iter().for_each(|procedure| out.procedure(procedure));
    let read = Text::new(out.text.as_bytes());
    let laid_out = format(&read, &tthc_grammar::parse(&read));
    (laid_out.unwrap_or(out.text), out.open)
}

#[derive(Default)]
struct Out {
    text: String,
    open: usize,
}

impl Out {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn remarks(&mut self, remarks: &[Remark]) {
        for remark in remarks {
            let (said, text) = match remark {
                Remark::Kept(text) => (String::new(), text),
                Remark::Open(text) => {
                    self.open += 1;
                    (format!("{OPEN}: "), text)
                }
            };
            let text = format!("{said}{text}");
            // Three slashes would be documentation, and only of what stands below.
            text.lines().map(|line| Text::new(line.as_bytes()).parsed().trim().to_string()).for_each(|line| {
                self.line(format!("// {line}").trim_end());
            });
        }
    }

    fn block(&mut self, head: &str, body: impl FnOnce(&mut Out)) {
        self.line(&format!("{head} {{"));
        let start = self.text.len();
        body(self);
        if self.text.len() == start {
            self.text.truncate(start - 3);
            self.text.push_str(" {}\n");
            return;
        }
        self.line("}");
    }

    fn lines(&mut self, lines: &[String]) {
        lines.iter().for_each(|line| self.line(line));
    }

    fn agency(&mut self, keyword: &str, agency: &Agency) {
        let head = head(keyword, &agency.name, &agency.label);
        if agency.lines.is_empty() && agency.roles.is_empty() && agency.units.is_empty() {
            return self.line(&head);
        }
        self.block(&head, |out| {
            out.lines(&agency.lines);
            for (name, label, lines) in &agency.roles {
                let block = if lines.is_empty() { String::new() } else { format!(" {{ {} }}", lines.join("  ")) };
                out.line(&format!("{}{block}", self::head("vai trò", name, label)));
            }
            agency.units.iter().for_each(|unit| out.agency("bộ phận", unit));
            out.lines(&agency.last);
        });
    }

    fn procedure(&mut self, procedure: &Procedure) {
        self.text.push('\n');
        self.remarks(&procedure.remarks);
        self.block(&head("thủ tục", &procedure.name, &procedure.label), |out| {
            out.lines(&procedure.lines);
            if !procedure.papers.is_empty() {
                out.block("thành phần hồ sơ", |out| out.lines(&procedure.papers));
            }
            if !procedure.fields.is_empty() {
                out.block("thông tin hồ sơ", |out| out.lines(&procedure.fields));
            }
            out.text.push('\n');
            out.block("quy trình", |out| {
                out.lines(&procedure.process);
                out.items(&procedure.body);
            });
        });
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Remark(remark) => self.remarks(std::slice::from_ref(remark)),
                Item::Step(step) => self.step(step),
                Item::Block(block) => self.inner_block(block),
            }
        }
    }

    fn inner_block(&mut self, block: &Block) {
        let head = format!("{} {}", head(block.keyword, &block.name, &block.label), block.tail);
        self.block(head.trim_end(), |out| {
            out.lines(&block.lines);
            out.items(&block.items);
        });
    }

    fn step(&mut self, step: &Step) {
        self.remarks(&step.remarks);
        let mut head = head("bước", &step.name, &step.label);
        if let Some(who) = &step.who {
            head.push_str(&format!(" do {who}"));
        }
        head.push_str(&time(&step.time));
        match (&step.exits, &step.lines[..]) {
            (Exits::Next, []) => self.line(&head),
            // What fits is one row, as it is in the table.
            (Exits::Next, [only]) if !only.contains('\n') && only.chars().count() < 48 => {
                self.line(&format!("{head} {{ {only} }}"));
            }
            _ => self.block(&head, |out| {
                out.lines(&step.lines);
                out.exits(&step.exits);
            }),
        }
    }

    fn exits(&mut self, exits: &Exits) {
        match exits {
            Exits::Next => {}
            Exits::Only(statement) => self.line(statement),
            Exits::Outcomes(ways) => self.block("hướng xử lý", |out| out.ways(ways)),
            Exits::Guards(ways) => self.block("rẽ nhánh", |out| out.ways(ways)),
        }
    }

    fn ways(&mut self, ways: &[Way]) {
        for way in ways {
            let block = if way.lines.is_empty() { String::new() } else { format!(" {{ {} }}", way.lines.join("  ")) };
            self.line(&format!("{} -> {}{block}", way.head, way.target));
        }
    }
}

/// Keyword, name, label. A label that is the name itself need not be said.
fn head(keyword: &str, name: &str, label: &str) -> String {
    if label.is_empty() || label == name.replace('_', " ") {
        format!("{keyword} {name}")
    } else {
        format!("{keyword} {name} {}", quoted(label))
    }
}

fn time(time: &Time) -> String {
    match time {
        Time::Shared => String::new(),
        Time::Unknown => " trong không quy định".into(),
        Time::Within(amount) => format!(" trong {amount}"),
        Time::Uncounted(within, reason) => {
            let within = within.as_ref().map_or(String::new(), |amount| format!(" trong {amount}"));
            let reason = reason.as_ref().map_or(String::new(), |reason| format!(" {}", quoted(reason)));
            format!("{within} không tính thời hạn{reason}")
        }
    }
}
