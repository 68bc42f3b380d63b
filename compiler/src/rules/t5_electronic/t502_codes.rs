//! T502: codes of procedures and agencies that are malformed, or of another province.

use crate::diagnostic::{Diagnostic, Message, Severity, say};
use crate::law::codes;
use crate::model::Model;
use crate::model::organization::{Org, OrgKind};
use crate::model::procedure::Procedure;
use crate::project::Project;
use crate::rules::Rule;
use crate::source::Place;

pub(in crate::rules) const RULE: Rule =
    Rule { code: "T502", name: "codes", severity: Severity::Error, page: include_str!("t502_codes.md"), check };

fn check(project: &Project, out: &mut Vec<Diagnostic>) {
    let model = &project.model;
    for procedure in &model.procedures {
        let Some((code, place)) = &procedure.code else { continue };
        let found = if codes::is_procedure(code) {
            other_province(model, procedure, code, *place)
        } else {
            Some(malformed(
                *place,
                code,
                codes::mended_procedure(code),
                &say("Mã thủ tục", "The code of the procedure"),
            ))
        };
        out.extend(found.map(|found| Diagnostic { procedure: Some(procedure.named.name.clone()), ..found }));
    }
    for org in model.orgs.iter().filter(|org| org.kind == OrgKind::Agency) {
        let (Some(code), Some(place)) = (&org.code, org.code_place) else { continue };
        if !codes::is_agency(code) {
            let found =
                malformed(place, code, codes::mended_agency(code), &say("Mã cơ quan", "The code of the agency"));
            // Known from what others write of Decision 20/2020/QĐ-TTg.
            out.push(Diagnostic { severity: Severity::Warning, ..found });
        }
    }
}

/// Dirt of printing is mended; what is no code at all has to be looked up.
fn malformed(place: Place, code: &str, mended: Option<String>, what: &Message) -> Diagnostic {
    let message = say(format!("{} “{code}” không đúng dạng", what.vi), format!("{} “{code}” is malformed", what.en));
    let found = Diagnostic::new(&RULE, place, message);
    match mended {
        Some(mended) => {
            let title = say(format!("Viết “{mended}”"), format!("Write “{mended}”"));
            let found = Diagnostic { severity: Severity::Warning, ..found };
            found.fix(title, true, place, format!("\"{mended}\""))
        }
        None => found.help(say(
            "Mã thủ tục viết như “1.009645” hoặc “1.009645.H05”; mã cơ quan như “H05.08” hoặc “000.00.08.H05”",
            "A procedure's code is like “1.009645” or “1.009645.H05”, an agency's like “H05.08” or “000.00.08.H05”",
        )),
    }
}

/// The province at the end of the code is not the one that the agency's code begins with.
fn other_province(model: &Model, procedure: &Procedure, code: &str, place: Place) -> Option<Diagnostic> {
    let province = |code: &str| code.starts_with('H');
    let suffix = codes::suffix(code).filter(|suffix| province(suffix))?;
    let executing = procedure.data.executing.iter().map(|id| model.org(model.agency_of(*id)));
    let own = |org: &Org| org.code.as_deref().and_then(codes::first_level).map(str::to_string);
    let (org, own) = executing.filter_map(|org| Some((org, own(org)?))).find(|(_, own)| province(own))?;
    if own == suffix {
        return None;
    }
    let message = say(
        format!("Mã thủ tục mang mã {suffix}, còn cơ quan thực hiện thuộc {own}"),
        format!("The code of the procedure is of {suffix}, its agency of {own}"),
    );
    let found = Diagnostic { severity: Severity::Warning, ..Diagnostic::new(&RULE, place, message) };
    let mended = format!("{}{own}", &code[..code.len() - suffix.len()]);
    let title = say(format!("Viết “{mended}”"), format!("Write “{mended}”"));
    Some(found.label(org.code_place?, say("mã của cơ quan ở đây", "the agency's code is here")).fix(
        title,
        false,
        place,
        format!("\"{mended}\""),
    ))
}
