//! What a file declares, one thing inside the other.

use tthc_grammar::tree::{
    Arrow, Block, Declaration, DeclarationKind, Field, FieldKind, Head, Name, Outcome, Span, Statement, Tree,
};

/// What an item of the outline is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ItemKind {
    /// What a keyword declares.
    Declared(DeclarationKind),
    /// A parameter of a shared part.
    Parameter,
    /// A line of `thông tin hồ sơ`.
    Field,
    /// A value of a field.
    Value,
    /// A line of `hướng xử lý`.
    Outcome,
}

/// Something that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// Its name as written.
    pub name: String,
    /// What it is called.
    pub label: Option<String>,
    /// `///` comments above it.
    pub doc: Option<String>,
    /// The name.
    pub name_span: Span,
    /// All of it.
    pub span: Span,
    /// What stands in it.
    pub children: Vec<Item>,
}

impl Item {
    fn new(kind: ItemKind, name: &Name, span: Span) -> Item {
        Item { kind, name: name.text.clone(), label: None, doc: None, name_span: name.span, span, children: Vec::new() }
    }

    /// This item and all below it, in the order of the text.
    pub fn each<'i>(&'i self, out: &mut Vec<&'i Item>) {
        out.push(self);
        for child in &self.children {
            child.each(out);
        }
    }
}

/// The outline of a file. Blocks without a name (`quy trình {`) are left out; what stands in them is not.
pub fn outline(tree: &Tree) -> Vec<Item> {
    let mut items = Vec::new();
    statements(&tree.items, &mut items);
    items
}

/// Every item of a file, in the order of the text.
pub fn flat(items: &[Item]) -> Vec<&Item> {
    let mut all = Vec::new();
    for item in items {
        item.each(&mut all);
    }
    all
}

fn statements(list: &[Statement], out: &mut Vec<Item>) {
    for statement in list {
        match statement {
            Statement::Declaration(declaration) => self::declaration(declaration, out),
            Statement::Field(field) => out.push(self::field(field)),
            Statement::Arrow(arrow) => out.extend(self::arrow(arrow)),
            _ => {}
        }
    }
}

fn block(block: Option<&Block>, out: &mut Vec<Item>) {
    statements(block.map_or(&[], |block| &block.statements), out);
}

fn declaration(declaration: &Declaration, out: &mut Vec<Item>) {
    let name = match &declaration.head {
        Head::Insert { alias: Some(alias), .. } => Some(alias),
        _ => declaration.name.as_ref(),
    };
    let Some(name) = name else { return block(declaration.block.as_ref(), out) };
    let mut item = Item::new(ItemKind::Declared(declaration.kind), name, declaration.span);
    item.label = declaration.label.as_ref().map(|label| label.value.clone());
    item.doc = declaration.doc.clone();
    if let Head::Parameters(parameters) = &declaration.head {
        item.children.extend(parameters.iter().map(|name| Item::new(ItemKind::Parameter, name, name.span)));
    }
    block(declaration.block.as_ref(), &mut item.children);
    out.push(item);
}

fn field(field: &Field) -> Item {
    let mut item = Item::new(ItemKind::Field, &field.name, field.span);
    item.label = field.label.as_ref().map(|label| label.value.clone());
    if let Some(FieldKind::Values(values)) = &field.kind {
        item.children.extend(values.iter().map(|(name, label)| {
            let span = label.as_ref().map_or(name.span, |label| name.span.to(label.span));
            let mut value = Item::new(ItemKind::Value, name, span);
            value.label = label.as_ref().map(|label| label.value.clone());
            value
        }));
    }
    item
}

fn arrow(arrow: &Arrow) -> Option<Item> {
    let Outcome::Named(name) = &arrow.outcome else { return None };
    let mut item = Item::new(ItemKind::Outcome, name, arrow.span);
    item.label = arrow.label.as_ref().map(|label| label.value.clone());
    Some(item)
}
