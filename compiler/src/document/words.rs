//! The words of a document for what a text says in its own grammar: conditions, targets, performers, forms.

use crate::analysis::classes::vietnamese;
use crate::diagram::performer_label;
use crate::model::Model;
use crate::model::flow::{Arrow, BlockId, BlockKind, Flow, Guard, Node, Performers, Step, StepId, Target};
use crate::model::procedure::{Field, FieldKind, FieldValue, Limit, Procedure};
use foldhash::{HashMap, HashMapExt};
use tthc_grammar::keywords::Key;
use tthc_grammar::tree::Operator;

/// What is needed to speak of a flow.
pub struct Words<'p> {
    /// Agencies and forms.
    pub model: &'p Model,
    /// The steps.
    pub flow: &'p Flow,
    fields: &'p [Field],
    /// The number of each step as printed; that of a step with a name is its place in the table.
    numbers: Vec<String>,
}

impl<'p> Words<'p> {
    /// The words for a flow of a procedure.
    pub fn of(model: &'p Model, procedure: &'p Procedure, flow: &'p Flow) -> Words<'p> {
        let number = |(index, step): (usize, &Step)| match step.numbered {
            true => step.named.name.clone(),
            false => (index + 1).to_string(),
        };
        let numbers = flow.steps.iter().enumerate().map(number).collect();
        Words { model, flow, fields: &procedure.fields, numbers }
    }

    /// The same with steps called by what they are, for numbers shift when a row is put in; where several are called
    /// the same, the number tells them apart.
    pub fn by_label(model: &'p Model, procedure: &'p Procedure, flow: &'p Flow) -> Words<'p> {
        let words = Words::of(model, procedure, flow);
        let mut bearers: HashMap<&str, usize> = HashMap::new();
        flow.steps.iter().for_each(|step| *bearers.entry(&step.label).or_default() += 1);
        let called = |(step, number): (&Step, &String)| match bearers[step.label.as_str()] {
            1 => format!("“{}”", step.label),
            _ => format!("“{}” ({number})", step.label),
        };
        let numbers = flow.steps.iter().zip(&words.numbers).map(called).collect();
        Words { numbers, ..words }
    }

    /// The same with steps called by these words.
    pub fn calling(numbers: Vec<String>, model: &'p Model, procedure: &'p Procedure, flow: &'p Flow) -> Words<'p> {
        Words { numbers, ..Words::of(model, procedure, flow) }
    }

    /// The number of a step, as it is printed.
    pub fn number(&self, step: StepId) -> &str {
        &self.numbers[step.0]
    }

    /// `bước 3`; where the number stands several times, with its stage.
    pub fn step(&self, step: StepId) -> String {
        let number = self.number(step);
        let stage = self.flow.around(self.flow.step(step).parent).find_map(|block| self.block_title(block));
        match stage.filter(|_| self.numbers.iter().filter(|other| *other == number).count() > 1) {
            Some(stage) => format!("bước {number} ({stage})"),
            None => format!("bước {number}"),
        }
    }

    /// What a stage, parallel block or branch is called; nothing for an insertion.
    pub fn block_title(&self, id: BlockId) -> Option<String> {
        let block = self.flow.block(id);
        let name = block.named.as_ref().map(|named| named.name.as_str()).unwrap_or_default();
        let label = block.label.clone().unwrap_or_else(|| spoken(name));
        Some(match &block.kind {
            BlockKind::Inserted(_) => return None,
            BlockKind::Stage(_) if is_roman(name) && block.label.is_some() => format!("{name}. {label}"),
            BlockKind::Stage(_) => label,
            BlockKind::Parallel(_) => format!("Thực hiện song song: {label}"),
            BlockKind::Branch => format!("Nhánh: {label}"),
        })
    }

    /// A condition.
    pub fn guard(&self, guard: &Guard) -> String {
        let inner = |guard: &Guard| match guard {
            Guard::And(_) | Guard::Or(_) => format!("({})", self.guard(guard)),
            _ => self.guard(guard),
        };
        let all = |parts: &[Guard], word: &str| parts.iter().map(inner).collect::<Vec<_>>().join(word);
        match guard {
            Guard::Or(parts) => all(parts, " hoặc "),
            Guard::And(parts) => all(parts, " và "),
            Guard::Not(of) => format!("không {}", inner(of)),
            Guard::Field(field, operator, value) => self.comparison(*field, *operator, value),
            Guard::Outcome(step, outcome) => {
                format!("{} có kết quả “{}”", self.step(*step), self.outcome(*step, outcome))
            }
            Guard::Event(event) => format!("có {event}"),
            Guard::Unknown(words) if words.is_empty() => "chưa rõ".to_string(),
            Guard::Unknown(words) => words.clone(),
        }
    }

    fn comparison(&self, field: usize, operator: Operator, value: &FieldValue) -> String {
        let Some(field) = self.fields.get(field) else { return "chưa rõ".to_string() };
        let name = format!("“{}”", field.label);
        match (value, &field.kind) {
            (FieldValue::Flag(yes), _) if *yes == (operator == Operator::Equal) => name,
            (FieldValue::Flag(_), _) => format!("không {name}"),
            (FieldValue::Value(value), FieldKind::Values(values)) => {
                let is = if operator == Operator::NotEqual { "không phải là" } else { "là" };
                format!("{name} {is} “{}”", values.get(*value).map(|(_, label)| label.as_str()).unwrap_or_default())
            }
            (FieldValue::Value(_), _) => name,
            (FieldValue::Number(number), _) => {
                format!("{name} {} {}{}", sign(operator), vietnamese(number), unit(field))
            }
        }
    }

    /// What an outcome of a step is called.
    fn outcome(&self, step: StepId, name: &str) -> String {
        let arrows = self.flow.step(step).exits.arrows().iter();
        let label = arrows.filter(|arrow| arrow.outcome.as_deref() == Some(name)).find_map(|arrow| arrow.label.clone());
        label.unwrap_or_else(|| spoken(name))
    }

    /// Where an arrow leads.
    pub fn target(&self, target: &Target) -> String {
        match target {
            Target::Next => "làm bước tiếp theo".to_string(),
            Target::To(node) => format!("chuyển {}", self.node(*node)),
            Target::Back(node) => format!("quay lại {}", self.node(*node)),
            Target::End { state, stop_all: false } => format!("kết thúc, {}", state.phrase()),
            Target::End { state, stop_all: true } => format!("dừng mọi nhánh, kết thúc, {}", state.phrase()),
            Target::Wait { reason, limit, then } => {
                let what = reason.as_deref().unwrap_or("bổ sung hồ sơ");
                let most = limit.as_ref().map(|limit| format!(" tối đa {}", limit.text)).unwrap_or_default();
                format!("chờ {what}{most}, rồi {}", self.target(then))
            }
            Target::Unknown => "chưa rõ".to_string(),
        }
    }

    fn node(&self, node: Node) -> String {
        match node {
            Node::Step(step) => self.step(step),
            Node::Block(block) => match (self.block_title(block), self.flow.first_step(node)) {
                (Some(title), _) => format!("“{title}”"),
                (None, Some(first)) => self.step(first),
                (None, None) => "chưa rõ".to_string(),
            },
        }
    }

    /// Who does a step, as printed.
    pub fn who(&self, step: &Step) -> String {
        if let Some(called) = step.call.as_ref().and_then(|call| call.procedure) {
            let executing = &self.model.procedures[called.0].data.executing;
            return executing.iter().map(|id| self.model.org(*id).label.as_str()).collect::<Vec<_>>().join(", ");
        }
        step.performers.as_ref().map(|performers| self.performers(performers)).unwrap_or_default()
    }

    fn performers(&self, performers: &Performers) -> String {
        let (list, word) = match performers {
            Performers::One(one) => return performer_label(self.model, one),
            Performers::All(list) => (list, "và"),
            Performers::Any(list) => (list, "hoặc"),
        };
        let mut names: Vec<String> = Vec::new();
        for one in list {
            let name = self.performers(one);
            // Whose wording is empty is in the wording of another.
            let visible = one.each().iter().filter(|one| !performer_label(self.model, one).is_empty()).count();
            match (visible, one) {
                (0, _) => {}
                (1, _) | (_, Performers::One(_)) => names.push(name),
                _ => names.push(format!("({name})")),
            }
        }
        match names.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} {word} {last}", rest.join(", ")),
            _ => names.concat(),
        }
    }

    /// A time limit with the dossiers that it is for.
    pub fn limit(&self, limit: &Limit) -> String {
        let amount = limit.duration.as_ref().map_or("không quy định", |duration| duration.text.as_str());
        match &limit.guard {
            Some(guard) => format!("{amount} khi {}", self.guard(guard)),
            None => amount.to_string(),
        }
    }
}

/// The forms that a step and its outcomes use, in the order of the text.
pub fn forms_of(step: &Step) -> Vec<usize> {
    let arrows = step.exits.arrows().iter().flat_map(|arrow| &arrow.forms);
    let mut forms = Vec::new();
    for form in step.forms.iter().chain(arrows) {
        if !forms.contains(form) {
            forms.push(*form);
        }
    }
    forms
}

/// What a form is called; the statutory ones have numbers.
pub fn form(model: &Model, form: usize) -> String {
    let form = &model.forms[form];
    match form.named.name.strip_prefix("mẫu_").filter(|_| form.statutory) {
        Some(number) => format!("Mẫu số {number}: {}", form.label),
        None => form.label.clone(),
    }
}

/// What an arrow of a step is called: its outcome, its condition.
pub fn arrow_name(words: &Words, arrow: &Arrow) -> Option<String> {
    let outcome = arrow.outcome.as_ref().map(|name| arrow.label.clone().unwrap_or_else(|| spoken(name)));
    let named = outcome.or_else(|| arrow.called_end.map(|state| format!("kết thúc bằng {}", state.phrase())));
    let guard = arrow.guard.as_ref().map(|guard| format!("khi {}", words.guard(guard)));
    match (named, guard) {
        (Some(named), Some(guard)) => Some(format!("{named}, {guard}")),
        (named, guard) => named.or(guard).or_else(|| arrow.otherwise.then(|| "còn lại".to_string())),
    }
}

/// The texts of a key.
pub fn texts(of: &[(Key, Vec<String>)], key: Key) -> &[String] {
    of.iter().find(|(other, _)| *other == key).map_or(&[], |(_, texts)| texts)
}

/// A name as it is read aloud.
pub fn spoken(name: &str) -> String {
    name.replace('_', " ")
}

/// The first letter large, as at the beginning of a cell.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn is_roman(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C'))
}

fn sign(operator: Operator) -> &'static str {
    match operator {
        Operator::Equal => "=",
        Operator::NotEqual => "≠",
        Operator::Less => "<",
        Operator::AtMost => "≤",
        Operator::Greater => ">",
        Operator::AtLeast => "≥",
    }
}

fn unit(field: &Field) -> String {
    match &field.kind {
        FieldKind::Number(Some(unit)) => format!(" {unit}"),
        _ => String::new(),
    }
}
