//! A small process of the tests' own, and how it is written as a text.

use std::fmt::Write;

/// A process with the dossier fields that its guards may read: f0, f1 (có/không), e0 (v0 | v1 | v2), n0 (a number).
#[derive(Debug, Clone, Default)]
pub struct Program {
    /// The rows, in order.
    pub items: Vec<Item>,
    /// Every step by its number, which is its place in the table.
    pub steps: Vec<Step>,
    /// Arrows are numbered from 0 up to here.
    pub arrows: usize,
    /// Minutes of stages, by their number; none: no limit, and its steps have their own time.
    pub stages: Vec<Option<i64>>,
    /// How many parallel blocks there are.
    pub forks: usize,
    /// Lines `thời hạn: … [khi f0]`.
    pub limits: Vec<(i64, Option<bool>)>,
}

/// A row or a block of rows.
#[derive(Debug, Clone)]
pub enum Item {
    Step(usize),
    Fork { fork: usize, required: Option<usize>, branches: Vec<Vec<Item>> },
    Stage { stage: usize, items: Vec<Item> },
}

/// Where an arrow may point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    Step(usize),
    Fork(usize),
}

#[derive(Debug, Clone, Default)]
pub struct Step {
    /// None: the time is shared with its stage.
    pub minutes: Option<i64>,
    pub uncounted: bool,
    pub exit: Exit,
}

#[derive(Debug, Clone, Default)]
pub enum Exit {
    #[default]
    Next,
    End,
    To(Arrow),
    Outcomes(Vec<Line>),
    Choice(Vec<Line>),
}

impl Exit {
    pub fn arrows(&self) -> Vec<&Arrow> {
        match self {
            Exit::Next | Exit::End => Vec::new(),
            Exit::To(arrow) => vec![arrow],
            Exit::Outcomes(lines) | Exit::Choice(lines) => lines.iter().map(|line| &line.arrow).collect(),
        }
    }
    pub fn arrows_mut(&mut self) -> Vec<&mut Arrow> {
        match self {
            Exit::Next | Exit::End => Vec::new(),
            Exit::To(arrow) => vec![arrow],
            Exit::Outcomes(lines) | Exit::Choice(lines) => lines.iter_mut().map(|line| &mut line.arrow).collect(),
        }
    }
}

/// `outcome khi guard -> arrow`, `khi guard -> arrow`, `còn lại -> arrow` (no guard in a choice).
#[derive(Debug, Clone)]
pub struct Line {
    pub outcome: u8,
    pub guard: Option<Guard>,
    pub arrow: Arrow,
}

#[derive(Debug, Clone)]
pub struct Arrow {
    pub id: usize,
    pub wait: Wait,
    pub target: Target,
    pub most: Option<u8>,
    pub exhausted: Option<Target>,
    pub round: Round,
    pub restarts: bool,
}

impl Arrow {
    /// One without any terms.
    pub fn plain(id: usize, target: Target) -> Arrow {
        Arrow { id, wait: Wait::No, target, most: None, exhausted: None, round: Round::Full, restarts: false }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Next,
    To(Place),
    Back(Place),
    End { stop: bool },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    No,
    /// `chờ bổ sung tối đa …`: may run out, and then the procedure stops.
    Supplement,
    /// `chờ "…"`
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Round {
    Full,
    SetTime,
    Each(i64),
    All(i64),
}

#[derive(Debug, Clone)]
pub enum Guard {
    Flag(usize),
    Value(u8),
    /// `n0 op constant`; the constant is doubled, so that there is room between two of them.
    Number(&'static str, i32),
    Outcome(usize, u8),
    Not(Box<Guard>),
    And(Box<Guard>, Box<Guard>),
    Or(Box<Guard>, Box<Guard>),
}

/// A dossier: every field has a value; numbers are doubled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dossier {
    pub flags: [bool; 2],
    pub value: u8,
    pub number: i32,
}

impl Program {
    /// The program as a `.tthc` text.
    pub fn text(&self) -> String {
        let mut out = String::from(
            "cơ quan A \"Sở A\" { vai trò v \"Chuyên viên\" }\nthủ tục t \"Thủ tục\" {\n  cơ quan thực hiện: A\n",
        );
        for (minutes, guard) in &self.limits {
            let guard = guard.map_or("", |flag| if flag { " khi f0" } else { " khi không f0" });
            let _ = writeln!(out, "  thời hạn: {minutes} phút{guard}");
        }
        out.push_str("  thông tin hồ sơ { f0: có/không\n f1: có/không\n e0: v0 | v1 | v2\n n0: số }\n  quy trình {\n");
        self.write_items(&self.items, 4, &mut out);
        out.push_str("  }\n}\n");
        out
    }

    fn write_items(&self, items: &[Item], indent: usize, out: &mut String) {
        let pad = " ".repeat(indent);
        for item in items {
            let _ = match item {
                Item::Step(step) => self.write_step(*step, indent, out),
                Item::Stage { stage, items } => {
                    let limit = self.stages[*stage]
                        .map(|minutes| format!(" thời hạn: {}", duration(minutes)))
                        .unwrap_or_default();
                    let _ = writeln!(out, "{pad}giai đoạn g{stage} \"g{stage}\" {{{limit}");
                    self.write_items(items, indent + 2, out);
                    writeln!(out, "{pad}}}")
                }
                Item::Fork { fork, required, branches } => {
                    let join = required.map_or("tất cả".to_string(), |count| format!("ít nhất {count} nhánh"));
                    let _ = writeln!(out, "{pad}song song p{fork} \"p{fork}\" chờ {join} {{");
                    for (number, branch) in branches.iter().enumerate() {
                        let _ = writeln!(out, "{pad}  nhánh b{fork}_{number} {{");
                        self.write_items(branch, indent + 4, out);
                        let _ = writeln!(out, "{pad}  }}");
                    }
                    writeln!(out, "{pad}}}")
                }
            };
        }
    }

    fn write_step(&self, number: usize, indent: usize, out: &mut String) -> std::fmt::Result {
        let (pad, step) = (" ".repeat(indent), &self.steps[number]);
        let time = step.minutes.map(|minutes| format!(" trong {}", duration(minutes))).unwrap_or_default();
        let free = if step.uncounted { " không tính thời hạn \"lý do\"" } else { "" };
        let exit = match &step.exit {
            Exit::Next => String::new(),
            Exit::End => "kết thúc: trả kết quả".into(),
            Exit::To(arrow) => format!("chuyển: {}", self.arrow(arrow)),
            Exit::Outcomes(lines) => format!("hướng xử lý {{\n{}{pad}  }}", self.lines(lines, true, indent + 4)),
            Exit::Choice(lines) => format!("rẽ nhánh {{\n{}{pad}  }}", self.lines(lines, false, indent + 4)),
        };
        writeln!(out, "{pad}bước s{number} \"s{number}\" do v{time}{free} {{\n{pad}  {exit}\n{pad}}}")
    }

    fn lines(&self, lines: &[Line], named: bool, indent: usize) -> String {
        let mut out = String::new();
        for line in lines {
            let guard = line.guard.as_ref().map(|guard| format!("khi {} ", self.guard(guard)));
            let head = match (named, guard) {
                (true, guard) => format!("o{} {}", line.outcome, guard.unwrap_or_default()),
                (false, Some(guard)) => guard,
                (false, None) => "còn lại ".into(),
            };
            let _ = writeln!(out, "{}{head}-> {}", " ".repeat(indent), self.arrow(&line.arrow));
        }
        out
    }

    fn arrow(&self, arrow: &Arrow) -> String {
        let mut out = match arrow.wait {
            Wait::No => String::new(),
            Wait::Supplement => "chờ bổ sung tối đa 10 ngày rồi ".into(),
            Wait::Other => "chờ \"việc khác\" tối đa 3 ngày rồi ".into(),
        };
        out.push_str(&target(arrow.target));
        if let Some(most) = arrow.most {
            let _ = write!(out, " tối đa {most} lần");
        }
        let _ = match arrow.round {
            Round::Full => Ok(()),
            Round::SetTime => write!(out, ", trong thời gian đã định"),
            Round::Each(minutes) => write!(out, ", trong {}", duration(minutes)),
            Round::All(minutes) => write!(out, ", trong {} tất cả", duration(minutes)),
        };
        if arrow.restarts {
            out.push_str(", tính lại thời hạn");
        }
        if let Some(exhausted) = arrow.exhausted {
            let _ = write!(out, ", hết lượt -> {}", target(exhausted));
        }
        out
    }

    fn guard(&self, guard: &Guard) -> String {
        match guard {
            Guard::Flag(flag) => format!("f{flag}"),
            Guard::Value(value) => format!("e0 = v{value}"),
            Guard::Number(operator, doubled) => format!("n0 {operator} {}", doubled / 2),
            Guard::Outcome(step, outcome) => format!("s{step} = o{outcome}"),
            Guard::Not(inner) => format!("không ({})", self.guard(inner)),
            Guard::And(a, b) => format!("({} và {})", self.guard(a), self.guard(b)),
            Guard::Or(a, b) => format!("({} hoặc {})", self.guard(a), self.guard(b)),
        }
    }
}

fn place(place: Place) -> String {
    match place {
        Place::Step(step) => format!("s{step}"),
        Place::Fork(fork) => format!("p{fork}"),
    }
}

fn target(target: Target) -> String {
    match target {
        Target::Next => "tiếp".into(),
        Target::To(to) => place(to),
        Target::Back(to) => format!("quay lại {}", place(to)),
        Target::End { stop: false } => "kết thúc từ chối giải quyết".into(),
        Target::End { stop: true } => "dừng mọi nhánh, kết thúc từ chối giải quyết".into(),
    }
}

fn duration(minutes: i64) -> String {
    match minutes {
        minutes if minutes > 0 && minutes % 480 == 0 => format!("{} ngày làm việc", minutes / 480),
        minutes if minutes > 0 && minutes % 60 == 0 => format!("{} giờ làm việc", minutes / 60),
        minutes => format!("{minutes} phút"),
    }
}
