//! Procedures, their cases, papers and dossier fields.

use super::Named;
use super::flow::{Flow, Guard};
use super::organization::{OrgId, Period};
use super::time::{Duration, Reckoning};
use crate::source::Place;
use tthc_grammar::tree::Decimal;

/// A procedure, by its place in [`super::Model::procedures`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProcedureId(pub usize);

/// An administrative procedure.
#[derive(Debug)]
pub struct Procedure {
    /// Its name.
    pub named: Named,
    /// What it is called.
    pub label: String,
    /// `///` comments above it.
    pub doc: Option<String>,
    /// The whole declaration.
    pub declaration: Place,
    /// What is said of it, defaults and the shared process it uses included.
    pub data: Data,
    /// `mã`, with its place.
    pub code: Option<(String, Place)>,
    /// `thành phần hồ sơ`
    pub papers: Vec<Paper>,
    /// `thông tin hồ sơ`
    pub fields: Vec<Field>,
    /// One unnamed case, or those of `trường hợp`.
    pub cases: Vec<Case>,
    /// `quy trình: X`
    pub shared_process: Option<usize>,
    /// Procedures that it calls.
    pub calls: Vec<ProcedureId>,
    /// Files and declarations outside its own declaration on which it rests.
    pub rests_on: Vec<Place>,
}

/// A process that stands alone.
#[derive(Debug)]
pub struct SharedProcess {
    /// Its name.
    pub named: Named,
    /// What it is called.
    pub label: String,
    /// The whole declaration.
    pub declaration: Place,
    /// It has steps or cases.
    pub has_flow: bool,
}

/// A shared part.
#[derive(Debug)]
pub struct Part {
    /// Its name.
    pub named: Named,
    /// The whole declaration.
    pub declaration: Place,
    /// Its parameters.
    pub parameters: Vec<Named>,
}

/// What is said of a procedure or a case.
#[derive(Debug, Clone, Default)]
pub struct Data {
    /// Texts by key, in the order of the keys.
    pub texts: Vec<(tthc_grammar::keywords::Key, Vec<String>)>,
    /// Phrases by key.
    pub phrases: Vec<(tthc_grammar::keywords::Key, &'static str)>,
    /// `cơ quan thực hiện`
    pub executing: Vec<OrgId>,
    /// `cơ quan phối hợp`
    pub coordinating: Vec<OrgId>,
    /// `thẩm quyền`
    pub competent: Vec<OrgId>,
    /// `cơ quan được ủy quyền`
    pub delegated: Vec<OrgId>,
    /// `tiếp nhận tại`
    pub received_at: Vec<OrgId>,
    /// `phí`, đồng
    pub fee: Option<u64>,
    /// `lệ phí`, đồng
    pub charge: Option<u64>,
    /// `biểu mẫu`
    pub forms: Vec<usize>,
    /// `hiệu lực`
    pub in_force: Period,
    /// `cách tính`
    pub reckoning: Reckoning,
    /// `lịch`
    pub calendar: Option<usize>,
    /// `tiếp nhận sau 15 giờ: tính từ ngày làm việc tiếp theo`
    pub after_three: bool,
    /// `thời hạn`
    pub limits: Vec<Limit>,
    /// `thời hạn theo quy định`
    pub statutory: Vec<Limit>,
    /// `phần của X`
    pub shares: Vec<(OrgId, Limit)>,
}

impl Data {
    /// The texts of a key.
    pub fn text(&self, key: tthc_grammar::keywords::Key) -> &[String] {
        self.texts.iter().find(|(of, _)| *of == key).map_or(&[], |(_, texts)| texts)
    }

    /// The phrase of a key.
    pub fn phrase(&self, key: tthc_grammar::keywords::Key) -> Option<&'static str> {
        self.phrases.iter().find(|(of, _)| *of == key).map(|(_, phrase)| *phrase)
    }
}

/// A time limit, for all dossiers or those of a guard.
#[derive(Debug, Clone)]
pub struct Limit {
    /// How long; none: `không quy định`.
    pub duration: Option<Duration>,
    /// For which.
    pub guard: Option<Guard>,
    /// Where it stands.
    pub place: Place,
}

/// A case of a procedure: its own graph, limit and printed table.
#[derive(Debug)]
pub struct Case {
    /// None where the procedure has only one.
    pub named: Option<Named>,
    /// What it is called.
    pub label: Option<String>,
    /// For which dossiers.
    pub guard: Option<Guard>,
    /// The procedure's data with what the case says itself.
    pub data: Data,
    /// The steps, those of `sau khi trả kết quả` included.
    pub flow: Flow,
    /// Where it stands.
    pub place: Place,
}

/// A paper of the dossier.
#[derive(Debug, Clone)]
pub struct Paper {
    /// What it is called.
    pub title: String,
    /// `bản chính`
    pub originals: Option<u64>,
    /// `bản sao`
    pub copies: Option<u64>,
    /// `mẫu`
    pub template: Option<String>,
    /// `điện tử: có`
    pub electronic: bool,
    /// `ghi chú`
    pub notes: Vec<String>,
}

/// What a dossier is known by.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name.
    pub named: Named,
    /// What it is called.
    pub label: String,
    /// What it holds.
    pub kind: FieldKind,
}

/// What a field holds.
#[derive(Debug, Clone)]
pub enum FieldKind {
    /// có/không
    Flag,
    /// A number, with its unit.
    Number(Option<String>),
    /// One of several values: name, label.
    Values(Vec<(Named, String)>),
    /// Could not be read.
    Unknown,
}

/// A value that a field is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldValue {
    /// có/không
    Flag(bool),
    /// A number.
    Number(Decimal),
    /// A value, by its place in the field's list.
    Value(usize),
}
