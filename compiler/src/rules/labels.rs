//! Agencies, units and roles by what they are called: people write the label of a table where a name belongs.

use crate::model::organization::OrgId;
use crate::project::Project;
use crate::source::FileId;
use foldhash::{HashMap, HashMapExt};
use std::cell::OnceCell;
use tthc_grammar::names::fold;

/// The names behind labels; made when first asked for.
pub(super) struct Labels<'p> {
    project: &'p Project,
    by_label: OnceCell<HashMap<String, Vec<OrgId>>>,
}

impl<'p> Labels<'p> {
    pub(super) fn of(project: &'p Project) -> Labels<'p> {
        Labels { project, by_label: OnceCell::new() }
    }

    /// The path of the one agency, unit or role in sight of a file that is called so, in quotes or without.
    pub(super) fn path(&self, from: FileId, label: &str) -> Option<String> {
        let known = self.by_label.get_or_init(|| by_label(self.project)).get(&plain(label))?;
        let mut in_sight = known.iter().filter(|id| self.sees(from, **id));
        let only = in_sight.next()?;
        in_sight.next().is_none().then(|| self.project.model.org_path(*only))
    }

    /// Whether an agency of this name is in sight of a file.
    pub(super) fn has_agency(&self, from: FileId, name: &str) -> bool {
        let orgs = self.project.model.orgs.iter().enumerate();
        let mut named = orgs.filter(|(_, org)| org.parent.is_none() && org.named.name == name);
        named.any(|(id, _)| self.sees(from, OrgId(id)))
    }

    fn sees(&self, from: FileId, id: OrgId) -> bool {
        let file = self.project.model.org(id).named.place.file;
        let mut imports = self.project.model.imports.iter().filter(|import| import.place.file == from);
        file == from || imports.any(|import| import.brings.contains(&file))
    }
}

fn by_label(project: &Project) -> HashMap<String, Vec<OrgId>> {
    let mut known: HashMap<String, Vec<OrgId>> = HashMap::new();
    for id in (0..project.model.orgs.len()).map(OrgId) {
        known.entry(plain(&project.model.org(id).label)).or_default().push(id);
    }
    known
}

/// A label as it is compared with what somebody writes.
fn plain(text: &str) -> String {
    fold(text.trim_matches(['"', '“', '”'])).to_lowercase()
}
