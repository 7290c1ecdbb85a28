//! Which of clippy's lints an item would trip over, because of what the schema says and not of how it is written here.

use super::docs::has_code_like_words;
use super::plan::{Body, Item};
use super::types::Ty;
use super::words;

/// The lints to allow on `item`; a little too many is no harm.
pub(crate) fn allowed(item: &Item<'_>) -> Vec<String> {
    let mut lints = Vec::new();
    let (fields, additional): (&[_], _) = match &item.body {
        Body::Struct { fields, additional } => (fields, additional.as_ref().map(|(_, ty)| ty)),
        Body::Enum(_) => (&[], None),
    };
    let types = || fields.iter().map(|field| &field.ty).chain(additional);
    if has_code_like_words(&item.docs)
        || fields.iter().any(|field| has_code_like_words(&field.docs))
    {
        lints.push("clippy::doc_markdown".into());
    }
    if fields
        .iter()
        .filter(|field| field.ty == Ty::Boolean)
        .count()
        > 3
    {
        lints.push("clippy::struct_excessive_bools".into());
    }
    if types().any(Ty::has_map_of_named) {
        lints.push("clippy::zero_sized_map_values".into());
    }
    if types().any(Ty::has_option_of_option) {
        lints.push("clippy::option_option".into());
    }
    // Clippy's limit is 250; what the settings name may count for more than it shows.
    if types().any(|ty| ty.complexity() > 200) {
        lints.push("clippy::type_complexity".into());
    }
    let own = words::snake(&item.name);
    if alike(fields.iter().map(|field| field.name.clone()), &own) {
        lints.push("clippy::struct_field_names".into());
    }
    if let Body::Enum(variants) = &item.body
        && alike(variants.iter().map(|(name, _)| words::snake(name)), &own)
    {
        lints.push("clippy::enum_variant_names".into());
    }
    if let Body::Enum(variants) = &item.body {
        let is_acronym = |name: &str| name.len() > 2 && name.chars().all(char::is_uppercase);
        if variants.iter().any(|(name, _)| is_acronym(name)) {
            lints.push("clippy::upper_case_acronyms".into());
        }
    }
    lints
}

/// Do all names begin or end alike, or one of them as the type does?
fn alike(names: impl Iterator<Item = String>, own: &str) -> bool {
    let mut firsts = Vec::new();
    let mut lasts = Vec::new();
    for name in names {
        if name.starts_with(own) || name.ends_with(own) {
            return true;
        }
        let mut words = name.trim_matches('_').split('_').map(String::from);
        firsts.extend(words.next());
        lasts.extend(words.next_back().or_else(|| firsts.last().cloned()));
    }
    let same =
        |words: &[String]| words.len() > 2 && words.windows(2).all(|pair| pair[0] == pair[1]);
    same(&firsts) || same(&lasts)
}
