//! A package for OpenCPS 2: a ZIP of XML files, as its import takes them.
//!
//! One package for each procedure, and one for the dictionaries of all. A transition is an action, a person chooses among
//! those of a step; there are no gateways and no branches. Its clock knows working days and hours alone. Its timers do not
//! run, so that a way of the clock becomes an action that somebody takes, and T504 says so. The roles that occur come along
//! as positions; who holds them is for the software to say.

mod dictionaries;
mod package;
mod process;
mod roles;
mod service;

use super::json::definition::Definition;
use super::names::ascii;
use super::{Capabilities, Output, Target, json, ready};
use crate::diagnostic::Diagnostic;
use crate::model::procedure::Procedure;
use crate::project::Project;
use crate::target::said::{HEAD, Said};
use crate::target::xml::Xml;
use dictionaries::Dictionaries;
use roles::Roles;
use tthc_grammar::keywords::Key;
use tthc_grammar::tree::DeclarationKind as D;

/// What the columns of its database take, in letters.
pub(crate) const NAME: usize = 255;
pub(crate) const TEXT: usize = 1000;

/// What it has no field for.
const LEFT_OUT: &[Said] = &[
    (
        D::Procedure,
        &[
            Key::Symbol,
            Key::CoordinatingAgencies,
            Key::CompetentAuthority,
            Key::DelegatedAgency,
            Key::ReceivedAt,
            Key::Level,
            Key::Retention,
            Key::InForce,
            Key::FourOnSite,
            Key::FiveOnSite,
        ],
    ),
    (D::Case, HEAD),
    (D::Stage, &[Key::Result, Key::Note]),
    (D::Form, &[Key::Code, Key::Under, Key::Template, Key::InForce, Key::Note]),
    (
        D::Agency,
        &[Key::Level, Key::Kind, Key::OneStop, Key::MaySign, Key::Calendar, Key::AfterThree, Key::InForce, Key::Note],
    ),
    (D::Unit, &[]),
    (D::Role, &[Key::Code, Key::MaySign, Key::Note]),
    (D::Posting, &[]),
    (D::Delegation, &[]),
    (D::Assignment, &[]),
    (D::Calendar, &[Key::Basis, Key::DataYears, Key::Note]),
    (D::Fields, &[]),
];

/// The target.
pub(super) const TARGET: Target = Target {
    name: "opencps",
    about: ("Gói ZIP để nhập vào OpenCPS 2", "A ZIP package for the import of OpenCPS 2"),
    capabilities: Capabilities {
        parallel: false,
        early_join: false,
        wide_early_join: false,
        stop_all: false,
        guards: false,
        memory: false,
        guarded_limits: false,
        calls: false,
        after: false,
        automatic: false,
        timeouts: false,
        mixed_times: false,
        calendar_times: false,
        own_calendars: false,
        split_days: false,
        notices: false,
        payments: false,
        electronic_notes: false,
        left_out: LEFT_OUT,
        unlimited: false,
        without_domain: false,
        longest_note: NAME,
        longest_name: NAME,
        longest_title: NAME,
        longest_text: TEXT,
        ..Capabilities::ALL
    },
    build,
    schema: None,
};

fn build(project: &Project, findings: &[Diagnostic]) -> Vec<Output> {
    let codes = roles::codes(&project.model);
    let mut dictionaries = Dictionaries::default();
    let written = |(name, procedure): (String, &Procedure)| {
        let definition = json::definition(project, procedure);
        // Folders and codes are plain letters: the name of the package is that of the folder in it.
        let root = ascii(&name);
        let mut files = service::files(&definition, &project.model, procedure);
        files.extend(process::files(&definition, &Roles { definition: &definition, codes: &codes })?);
        dictionaries.add(&definition);
        Some(Output { path: format!("{root}.zip"), bytes: package::zip(&root, &files)? })
    };
    let mut outputs: Vec<Output> = ready::procedures(project, findings).into_iter().filter_map(written).collect();
    outputs.extend(dictionaries.package());
    outputs
}

/// The code of the service: that of the procedure, else its name.
fn service_code(definition: &Definition) -> String {
    definition.procedure.code.clone().unwrap_or_else(|| ascii(&definition.procedure.id))
}

/// The code of the process of a case.
fn process_code(definition: &Definition, case: Option<&str>) -> String {
    let own = format!("QT_{}", ascii(&service_code(definition)));
    case.map_or(own.clone(), |case| format!("{own}_{}", ascii(case)))
}

/// The code of the template of a dossier.
fn template_code(definition: &Definition) -> String {
    format!("HS_{}", ascii(&service_code(definition)))
}

/// An element of text; an empty one where nothing is said.
fn element(name: &'static str, text: impl Into<String>) -> Xml {
    let text = text.into();
    if text.is_empty() { Xml::new(name) } else { Xml::new(name).text(text) }
}
