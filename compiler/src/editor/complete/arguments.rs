//! What a shared part is inserted with: what a parameter stands for is told from where the part uses it.

use super::candidates::Scope;
use super::context::Token;
use super::{Candidate, CandidateKind, values};
use crate::model::procedure::Part;
use tthc_grammar::keywords::Key;
use tthc_grammar::names::canonical;
use tthc_grammar::tree::{Argument, Attribute, Declaration, Head, Path, Performers, Statement, Value, Who};

/// Insertions within insertions that are followed.
const DEPTH: usize = 8;

/// What a parameter stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Sort {
    /// An agency.
    Agency,
    /// What belongs to the agency or parameter with this name.
    MemberOf(String),
    /// Whoever can perform a step.
    Performer,
    /// A duration.
    Duration,
}

impl Scope<'_> {
    /// After `chèn`: shared parts; between the parentheses what each parameter stands for; then `đặt tên`.
    pub fn insertion(&self, statement: &[Token]) -> Vec<Candidate> {
        let (open, close) = (sign(statement, '('), sign(statement, ')'));
        match (statement, open, close) {
            ([_], ..) => self.parts(),
            ([_, Token::Word(name), ..], Some(open), None) => self.arguments(name, &statement[open + 1..]),
            ([.., Token::Word(_)], _, Some(close)) if close + 1 < statement.len() => Vec::new(),
            _ => values::phrases(&["đặt tên"], &[]),
        }
    }

    fn parts(&self) -> Vec<Candidate> {
        let parts = self.project.model.parts.iter().filter(|part| self.sees(part.named.place.file));
        let candidate = |part: &Part| {
            let names = part.parameters.iter().map(|parameter| parameter.name.as_str());
            let places = names.clone().enumerate().map(|(at, name)| format!("${{{}:{name}}}", at + 1));
            let name = &part.named.name;
            let insert = format!("{name}({})", places.collect::<Vec<_>>().join(", "));
            let mut candidate = Candidate::new(CandidateKind::Declaration, name.clone()).insert(insert);
            candidate.snippet = true;
            let detail = format!("({})", names.collect::<Vec<_>>().join(", "));
            self.described(candidate.detail(detail), part.named.place)
        };
        parts.map(candidate).collect()
    }

    fn part(&self, name: &str) -> Option<&Part> {
        let mut parts = self.project.model.parts.iter().filter(|part| self.sees(part.named.place.file));
        parts.find(|part| canonical(&part.named.name) == canonical(name))
    }

    /// Values for the parameter at the cursor, each with its name.
    fn arguments(&self, part: &str, written: &[Token]) -> Vec<Candidate> {
        let Some(part) = self.part(part) else { return Vec::new() };
        let given: Vec<&[Token]> = written.split(|token| *token == Token::Sign(',')).collect();
        let (at, begun) = (given.len() - 1, given.last().copied().unwrap_or_default());
        let Some(parameter) = part.parameters.get(at) else { return Vec::new() };
        let name = parameter.name.as_str();
        let mut found = match begun {
            [Token::Word(path)] if path.ends_with('.') => self.members(path),
            _ => match self.sort(part, name, DEPTH) {
                Some(Sort::Duration) => values::durations(begun),
                _ if !begun.is_empty() => Vec::new(),
                Some(Sort::Agency) => self.agencies(&[]),
                Some(Sort::MemberOf(of)) => {
                    let index = part.parameters.iter().position(|other| canonical(&other.name) == canonical(&of));
                    let agency = match index.and_then(|index| given.get(index).copied()) {
                        Some([Token::Word(path)]) => path.clone(),
                        _ => of,
                    };
                    let members = self.members(&agency);
                    if members.is_empty() { self.performers(None, None) } else { members }
                }
                Some(Sort::Performer) | None => self.performers(None, None),
            },
        };
        if begun.is_empty() {
            let known: Vec<String> = found.iter().map(|one| one.label.clone()).collect();
            found.extend(self.own_parameters().filter(|one| !known.contains(&one.label)));
        }
        for one in &mut found {
            let detail = one.detail.take().unwrap_or_default();
            one.detail = Some(if detail.is_empty() { name.to_string() } else { format!("{name}: {detail}") });
        }
        found
    }

    /// What a parameter stands for; none where nothing tells.
    fn sort(&self, part: &Part, name: &str, depth: usize) -> Option<Sort> {
        let file = self.project.any_file(part.named.place.file);
        let declaration = *file.tree.around(part.named.place.span).first()?;
        self.sort_in(declaration, &canonical(name), depth)
    }

    fn sort_in(&self, declaration: &Declaration, name: &str, depth: usize) -> Option<Sort> {
        let head = match &declaration.head {
            Head::Step(head) => {
                let who = head.performers.as_ref().and_then(|performers| in_performers(performers, name, true));
                who.or_else(|| head.time.as_ref().and_then(|time| in_value(time, name, true)))
            }
            Head::Insert { arguments, .. } => self.in_insertion(declaration, arguments, name, depth),
            _ => None,
        };
        let mut statements = declaration.block.iter().flat_map(|block| &block.statements);
        head.or_else(|| {
            statements.find_map(|statement| match statement {
                Statement::Declaration(inner) => self.sort_in(inner, name, depth),
                Statement::Attribute(Attribute { key, values, .. }) => {
                    values.iter().find_map(|value| in_value(value, name, *key == Some(Key::Performer)))
                }
                _ => None,
            })
        })
    }

    /// A parameter that is handed on stands for what the inner part takes it for.
    fn in_insertion(&self, insert: &Declaration, given: &[Argument], name: &str, depth: usize) -> Option<Sort> {
        let is_it = |argument: &Argument| match argument {
            Argument::Path(path) => matches!(&path.segments[..], [only] if canonical(&only.text) == name),
            _ => false,
        };
        let at = given.iter().position(is_it)?;
        let inner = self.part(&insert.name.as_ref()?.text)?;
        match self.sort(inner, &inner.parameters.get(at)?.name, depth.checked_sub(1)?)? {
            // Of which agency is known only inside.
            Sort::MemberOf(of) => {
                let index = inner.parameters.iter().position(|other| canonical(&other.name) == canonical(&of));
                match index.and_then(|index| given.get(index)) {
                    Some(Argument::Path(path)) => Some(Sort::MemberOf(path.segments.first()?.text.clone())),
                    _ => Some(Sort::MemberOf(of)),
                }
            }
            sort => Some(sort),
        }
    }
}

fn sign(statement: &[Token], sign: char) -> Option<usize> {
    statement.iter().position(|token| *token == Token::Sign(sign))
}

fn in_value(value: &Value, name: &str, performs: bool) -> Option<Sort> {
    match value {
        Value::Parameter(parameter) if canonical(&parameter.text) == name => Some(Sort::Duration),
        Value::Performers(performers) => in_performers(performers, name, performs),
        _ => None,
    }
}

fn in_performers(performers: &Performers, name: &str, performs: bool) -> Option<Sort> {
    performers.each().into_iter().find_map(|performer| {
        let who = match &performer.who {
            Who::Path(path) => in_path(path, name, if performs { Sort::Performer } else { Sort::Agency }),
            _ => None,
        };
        who.or_else(|| performer.at.as_ref().and_then(|at| in_path(at, name, Sort::Agency)))
    })
}

/// In `sở.người_ký` the first is an agency, and the second belongs to it.
fn in_path(path: &Path, name: &str, alone: Sort) -> Option<Sort> {
    let at = path.segments.iter().position(|segment| canonical(&segment.text) == name)?;
    Some(match (at, path.segments.len()) {
        (0, 1) => alone,
        (0, _) => Sort::Agency,
        (at, _) => {
            let before: Vec<&str> = path.segments[..at].iter().map(|segment| segment.text.as_str()).collect();
            Sort::MemberOf(before.join("."))
        }
    })
}
