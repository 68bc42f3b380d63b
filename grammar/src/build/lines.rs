//! The lines of `thông tin hồ sơ` and `thành phần hồ sơ`.

use super::{Builder, P};
use crate::Rule;
use crate::tree::*;

impl Builder<'_> {
    pub(super) fn field(&mut self, pair: P<'_>) -> Field {
        let span = self.span(&pair);
        let mut field = Field { name: Name { text: String::new(), span }, label: None, kind: None, span };
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::name => field.name = self.name(&inner),
                Rule::more_name => {
                    let span = field.name.span.to(self.span(&inner));
                    let joined = self.as_one_word(span);
                    self.problem(ProblemKind::Slip(Slip::NameInWords, joined), span);
                }
                Rule::key_name => field.name = self.field_like_a_key(&inner),
                Rule::label => field.label = Some(self.string(&inner)),
                Rule::yes_no_type => field.kind = Some(FieldKind::Flag),
                Rule::number_type => {
                    field.kind = Some(FieldKind::Number(inner.into_inner().next().map(|string| self.string(&string))));
                }
                Rule::value_type => {
                    field.kind = Some(FieldKind::Values(
                        inner.into_inner().filter_map(|value| self.field_value(value)).collect(),
                    ));
                }
                Rule::missing_colon => self.missing(Expected::Colon, self.span(&inner)),
                _ => {
                    self.unreadable(Expected::FieldType, &inner);
                }
            }
        }
        field
    }

    /// `mã:` is one token; without its colon it is a name.
    fn field_like_a_key(&mut self, pair: &P<'_>) -> Name {
        let span = self.without_colon(self.span(pair));
        let text = self.words(span);
        if text.contains([' ', '\t', '\u{A0}']) {
            self.problem(ProblemKind::Unreadable(Expected::Field), span);
        }
        Name { text: text.to_string(), span }
    }

    fn field_value(&mut self, pair: P<'_>) -> Option<(Name, Option<Text>)> {
        let mut inner = pair.into_inner();
        let name = inner.next().map(|name| self.name(&name))?;
        let label = inner.next().map(|label| self.string(&label));
        Some((name, label))
    }

    pub(super) fn paper(&mut self, pair: P<'_>) -> Paper {
        let span = self.span(&pair);
        let mut paper = Paper { title: Text { value: String::new(), span }, block: None, span };
        for inner in pair.into_inner() {
            match inner.as_rule() {
                Rule::string => paper.title = self.string(&inner),
                _ => paper.block = Some(self.block(inner, Expected::Attribute, None)),
            }
        }
        paper
    }
}
