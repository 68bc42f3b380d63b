//! What the files of a project mean: agencies, procedures and their flows, with every name resolved.

mod agencies;
mod attributes;
mod calls;
mod cases;
mod clashes;
pub mod flow;
mod flow_arrows;
mod flow_names;
pub(crate) mod flow_steps;
mod guards;
pub mod issue;
pub mod keys;
mod limits;
mod lines;
pub mod organization;
mod performers;
pub mod procedure;
mod procedures;
mod reader;
pub mod symbols;
pub mod time;

use crate::library;
use crate::project::{ParsedFile, Settings};
use crate::source::{FileId, Place};
use flow::{Actor, Step};
use foldhash::{HashMap, HashMapExt, HashSet};
use issue::{Issue, IssueKind};
use organization::{Calendar, Form, Org, OrgId};
use procedure::{Data, Part, Procedure, SharedProcess};
use std::collections::BTreeSet;
use std::sync::Arc;
use tthc_grammar::names::canonical;
use tthc_grammar::tree::{Name, ProblemKind, Slip, Span};

/// A name with the place where it is declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// As written.
    pub name: String,
    /// Where.
    pub place: Place,
}

impl Named {
    pub(crate) fn new(file: FileId, name: &Name) -> Named {
        Named { name: name.text.clone(), place: Place { file, span: name.span } }
    }
}

/// What all files mean together.
#[derive(Debug, Default)]
pub struct Model {
    /// Agencies, units and roles of all files, the standard library included.
    pub orgs: Vec<Org>,
    /// Forms, the statutory ones included.
    pub forms: Vec<Form>,
    /// Calendars, the national one included.
    pub calendars: Vec<Calendar>,
    /// Procedures, in the order of files.
    pub procedures: Vec<Procedure>,
    /// Processes that stand alone.
    pub processes: Vec<SharedProcess>,
    /// Shared parts.
    pub parts: Vec<Part>,
    /// What is wrong with names and structure.
    pub issues: Vec<Issue>,
    /// What is used by whom.
    pub uses: Uses,
    /// Imports of every file, with what they bring.
    pub imports: Vec<Import>,
    /// Every name that stands for something declared, as often as it was looked up.
    pub references: Vec<Reference>,
    /// Spellings under which a declared name was used: (declared name, used spelling, place of use).
    pub spellings: Vec<(Named, String, Place)>,
}

/// A name that stands for something declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reference {
    /// Where it stands.
    pub place: Place,
    /// Where the name is declared that it stands for.
    pub declared: Place,
}

/// A path after `dùng`.
#[derive(Debug, Clone)]
pub struct Import {
    /// Where it stands.
    pub place: Place,
    /// The statement with `dùng`.
    pub statement: Span,
    /// The path as written.
    pub path: String,
    /// The file that it names.
    pub file: FileId,
    /// The file and all that it imports in turn.
    pub brings: HashSet<FileId>,
    /// The importing file declares something itself.
    pub in_file_with_content: bool,
}

/// What was found to be used.
#[derive(Debug, Default)]
pub struct Uses {
    /// Agencies, units, roles.
    pub orgs: HashSet<usize>,
    /// Forms.
    pub forms: HashSet<usize>,
    /// Where forms are named.
    pub form_places: BTreeSet<(Place, usize)>,
    /// Parts.
    pub parts: HashSet<usize>,
    /// Standalone processes.
    pub processes: HashSet<usize>,
    /// Places where used dossier fields are declared.
    pub fields: HashSet<Place>,
    /// (user, file that declares what is used)
    pub files: HashSet<(FileId, FileId)>,
}

impl Model {
    /// An agency, unit or role.
    pub fn org(&self, id: OrgId) -> &Org {
        &self.orgs[id.0]
    }

    /// The agency that an agency, unit or role belongs to.
    pub fn agency_of(&self, id: OrgId) -> OrgId {
        let mut id = id;
        while let Some(parent) = self.org(id).parent {
            id = parent;
        }
        id
    }

    /// The calendar of the standard library, or what a project declares in its place.
    pub fn national_calendar(&self) -> Option<usize> {
        self.calendars.iter().position(|calendar| calendar.named.name == "quốc_gia")
    }

    /// The calendar by which limits count: the procedure's, else the national one.
    pub fn calendar_of_limits(&self, data: &Data) -> Option<usize> {
        data.calendar.or_else(|| self.national_calendar())
    }

    /// The calendar that a step has apart from the procedure's: its own, that of what it calls, of its first performer.
    pub fn calendar_of_step(&self, step: &Step) -> Option<usize> {
        let called = || self.procedures[step.call.as_ref()?.procedure?.0].data.calendar;
        let performer = || {
            let performers = step.performers.as_ref()?.each();
            let first = performers.iter().find_map(|performer| match performer.actor {
                Actor::Org(id) => Some(id),
                _ => None,
            })?;
            self.org(first).calendar.or_else(|| self.org(self.agency_of(first)).calendar)
        };
        step.calendar.or_else(called).or_else(performer)
    }

    /// `Sở.phòng.vai_trò`
    pub fn org_path(&self, id: OrgId) -> String {
        let mut segments = vec![self.org(id).named.name.as_str()];
        let mut parent = self.org(id).parent;
        while let Some(above) = parent {
            segments.push(&self.org(above).named.name);
            parent = self.org(above).parent;
        }
        segments.reverse();
        segments.join(".")
    }
}

/// Gives the files their meaning.
pub fn build(files: &[Arc<ParsedFile>], settings: &Settings) -> Model {
    let defaults = ParsedFile::new("tthc.toml", format!("mặc định {{ {} }}", settings.defaults).as_bytes());
    let mut all: Vec<(FileId, &ParsedFile)> = (0..).map(FileId).zip(files.iter().map(Arc::as_ref)).collect();
    for (id, file) in library::files() {
        all.push((id, file));
    }
    let mut issues = Vec::new();
    for (id, file) in &all[..files.len()] {
        attributes::check_file(*id, file, &mut issues);
    }
    let symbols = symbols::Symbols::collect(&all, &mut issues);
    let mut builder = Builder {
        files: all.into_iter().collect(),
        symbols,
        model: Model::default(),
        project_defaults: &defaults,
        top_ids: HashMap::new(),
        in_words: names_in_words(files),
    };
    builder.model.issues = issues;
    builder.build_organization();
    builder.build_procedures();
    builder.finish()
}

/// The state while meaning is given; borrows the trees.
pub(crate) struct Builder<'t> {
    files: HashMap<FileId, &'t ParsedFile>,
    symbols: symbols::Symbols<'t>,
    model: Model,
    project_defaults: &'t ParsedFile,
    /// (kind, file, offset of the declaration) → its place in the model's list.
    top_ids: HashMap<(symbols::Space, FileId, u32), usize>,
    /// Names that are declared as several words, by file; as they would be compared.
    in_words: HashSet<(FileId, String)>,
}

fn names_in_words(files: &[Arc<ParsedFile>]) -> HashSet<(FileId, String)> {
    let problems = |(id, file): (FileId, &Arc<ParsedFile>)| {
        let joined = file.tree.problems.iter().filter_map(|problem| match &problem.kind {
            ProblemKind::Slip(Slip::NameInWords, Some(joined)) => Some(canonical(joined).into_owned()),
            _ => None,
        });
        joined.map(|name| (id, name)).collect::<Vec<_>>()
    };
    (0..).map(FileId).zip(files).flat_map(problems).collect()
}

impl Builder<'_> {
    /// A name that is missing only because an import or another name is missing is not said again.
    fn issue(&mut self, mut issue: Issue) {
        if let IssueKind::Unknown { what, within: None, .. } = issue.kind
            && self.symbols.may_lack(issue.place.file, what)
        {
            issue.kind = IssueKind::Consequence;
        }
        if matches!(&issue.kind, IssueKind::Unknown { name, .. } if self.is_declared_in_words(issue.place.file, name)) {
            issue.kind = IssueKind::Consequence;
        }
        self.model.issues.push(issue);
    }

    /// Whether a declaration of the same file has this name, but as several words. Of another file's it has to be said
    /// here too: who asks for this file alone does not see what is said there.
    fn is_declared_in_words(&self, file: FileId, name: &str) -> bool {
        !self.in_words.is_empty() && self.in_words.contains(&(file, canonical(name).into_owned()))
    }

    fn finish(mut self) -> Model {
        let Model { references, issues, .. } = &mut self.model;
        clashes::report(&self.symbols.all, &self.symbols.imports, references, issues);
        self.model.imports = std::mem::take(&mut self.symbols.imports);
        self.model
    }
}
