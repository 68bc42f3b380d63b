//! Declarations.

use super::heads::HeadParts;
use super::{Builder, P, placing};
use crate::text::unix_lines;
use crate::tree::*;
use crate::{Rule, words};

impl Builder<'_> {
    pub(super) fn declaration(&mut self, pair: P<'_>, kind: DeclarationKind) -> Declaration {
        let whole = self.span(&pair);
        let mut declaration = Declaration {
            kind,
            span: whole,
            head_span: whole,
            name: None,
            label: None,
            head: Head::Plain,
            block: None,
            doc: self.doc_before(whole.start as usize),
        };
        let mut parts = HeadParts::default();
        for inner in pair.into_inner() {
            self.declaration_part(inner, &mut declaration, &mut parts);
        }
        declaration.head = parts.head(kind);
        declaration
    }

    fn declaration_part(&mut self, inner: P<'_>, declaration: &mut Declaration, parts: &mut HeadParts) {
        let kind = declaration.kind;
        match inner.as_rule() {
            Rule::name | Rule::step_id => declaration.name = Some(self.name(&inner)),
            Rule::label => declaration.label = Some(self.string(&inner)),
            // One message for a head.
            Rule::bad_head | Rule::missing_name if parts.told => {}
            Rule::bad_head => {
                if kind == DeclarationKind::Step {
                    self.unreadable(Expected::StepHead, &inner);
                } else if !self.words_of_name(&inner, declaration) {
                    self.unreadable(Expected::OpenBrace, &inner);
                }
                parts.step.broken = true;
                parts.told = true;
            }
            Rule::bad_words | Rule::bad_keyword => {
                parts.told = true;
                self.unreadable(Expected::StatementIn(kind), &inner);
            }
            Rule::bad_name => {
                parts.told = true;
                self.unreadable(Expected::Name, &inner);
            }
            Rule::missing_head | Rule::missing_step => {
                let place = self.codes.place(inner.as_span().start());
                self.missing(Expected::StatementIn(kind), Span { start: place.start, end: place.start });
            }
            Rule::missing_name => {
                parts.told = true;
                self.missing(Expected::Name, self.span(&inner));
            }
            Rule::missing_text => self.missing(Expected::Text, self.span(&inner)),
            Rule::missing_open => self.missing(Expected::OpenBrace, self.span(&inner)),
            Rule::block
            | Rule::agency_block
            | Rule::arrow_block
            | Rule::field_block
            | Rule::paper_block
            | Rule::loose_block => {
                let head_end = self.codes.behind(inner.as_span().start()).end;
                declaration.head_span.end = head_end.max(declaration.span.start);
                declaration.block = Some(self.block(inner, placing::expected_in(kind), Some(kind)));
            }
            _ => {
                let before = self.problems.len();
                self.head_part(inner, parts);
                parts.told |= self.problems.len() > before;
            }
        }
    }

    /// `vai trò một cửa "…"`: words behind a name that belong to it. Where no label follows and they begin with a capital,
    /// they are rather the label, and what the name is nobody knows. Answers whether that was it.
    fn words_of_name(&mut self, head: &P<'_>, declaration: &mut Declaration) -> bool {
        let Some(name) = declaration.name.as_ref().filter(|_| declaration.label.is_none()) else { return false };
        let start = head.as_span().start();
        let is_name = |code: &char| words::is_name(*code) || *code == words::INTEGER;
        let length: usize = head.as_str().chars().take_while(is_name).map(char::len_utf8).sum();
        let label = match head.as_str()[length..].chars().next() {
            _ if length == 0 => return false,
            None => None,
            Some(words::STRING) if head.as_str()[length..].len() == 1 => Some(self.codes.place(start + length)),
            Some(_) => return false,
        };
        let span = name.span.to(self.codes.span(start, start + length));
        let slip = if label.is_none() && name.text.starts_with(char::is_uppercase) {
            declaration.name = None;
            ProblemKind::Slip(Slip::LabelAsName, None)
        } else {
            ProblemKind::Slip(Slip::NameInWords, self.as_one_word(span))
        };
        declaration.label = label.map(|label| self.string_at(label));
        self.problem(slip, span);
        true
    }

    /// The words of a name joined; none where a comment stands between them.
    pub(super) fn as_one_word(&self, span: Span) -> Option<String> {
        let words = self.words(span);
        (!words.contains('/')).then(|| words.split_whitespace().collect::<Vec<_>>().join("_"))
    }

    /// The `///` lines directly above a declaration.
    fn doc_before(&self, start: usize) -> Option<String> {
        let mut from = start;
        let mut lines: Vec<&str> = Vec::new();
        let before = self.comments.partition_point(|comment| comment.span.end as usize <= start);
        for comment in self.comments[..before].iter().rev() {
            let gap = &self.text[comment.span.end as usize..from];
            if comment.kind != CommentKind::Doc || !gap.trim().is_empty() || unix_lines(gap).matches('\n').count() > 1 {
                break;
            }
            lines.push(self.words(comment.span).trim_start_matches('/').trim());
            from = comment.span.start as usize;
        }
        lines.reverse();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }
}
