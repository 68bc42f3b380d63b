//! The dictionaries that services point into: domains, agencies. The import empties a dictionary before it fills it, so
//! that they must be those of a whole site: they are a package of their own, which no procedure brings along.

use super::service::{agency, domain};
use super::{NAME, element, package};
use crate::target::json::definition::Definition;
use crate::target::xml::Xml;
use crate::target::{Output, shortened};
use std::collections::BTreeMap;

/// No procedure is called so: names have no hyphens.
const ROOT: &str = "danh-muc";

/// Codes and names.
type Items = BTreeMap<String, String>;

/// What the services of all packages point to.
#[derive(Default)]
pub(super) struct Dictionaries {
    domains: Items,
    agencies: Items,
}

impl Dictionaries {
    /// Takes up what the service of a procedure points to.
    pub(super) fn add(&mut self, definition: &Definition) {
        for (items, (code, name)) in [(&mut self.domains, domain(definition)), (&mut self.agencies, agency(definition))]
        {
            if !code.is_empty() {
                items.entry(code).or_insert(name);
            }
        }
    }

    /// The package; none where no service points to anything.
    pub(super) fn package(&self) -> Option<Output> {
        let all = [
            ("SERVICE_DOMAIN", "Lĩnh vực", &self.domains),
            ("SERVICE_ADMINISTRATION", "Cơ quan quản lý", &self.agencies),
            ("GOVERNMENT_AGENCY", "Cơ quan thực hiện", &self.agencies),
        ];
        let used = all.into_iter().filter(|(_, _, items)| !items.is_empty());
        let files: Vec<(String, Vec<u8>)> = used
            .map(|(code, name, items)| (format!("dicts/{code}.xml"), dictionary(code, name, items).document()))
            .collect();
        if files.is_empty() {
            return None;
        }
        Some(Output { path: format!("{ROOT}.zip"), bytes: package::zip(ROOT, &files)? })
    }
}

fn dictionary(code: &str, name: &str, items: &Items) -> Xml {
    let items = items.iter().enumerate().map(|(index, (code, name))| {
        Xml::new("DictItem")
            .child(element("itemCode", code.as_str()))
            .child(element("itemName", shortened(name, NAME)))
            .child(Xml::new("itemNameEN"))
            .child(Xml::new("itemDescription"))
            .child(Xml::new("parent"))
            .child(element("level", "0"))
            .child(element("sibling", (index + 1).to_string()))
            .child(Xml::new("metadata"))
    });
    Xml::new("DictCollection")
        .child(element("collectionCode", code))
        .child(element("collectionName", name))
        .child(Xml::new("collectionNameEN"))
        .child(Xml::new("description"))
        .child(element("status", "1"))
        .child(Xml::new("items").children(items.collect::<Vec<_>>()))
        .child(Xml::new("groups"))
}
