//! Equality of JSON values: exact, or with the precision of a typed value.

use crate::json::{self, Json};
use crate::traits::tree::Tree;

#[cfg(feature = "client")]
pub(crate) fn json_eq(a: Option<&Tree<'_>>, b: Option<&Tree<'_>>) -> bool {
    let [a, b] = [a, b].map(|one| one.map(|one| Json::read(one.raw())));
    json::json_eq(a.as_ref(), b.as_ref())
}

pub(super) fn typed_eq(stored: &Tree<'_>, new: &Tree<'_>) -> bool {
    json::typed_eq(&Json::read(stored.raw()), &Json::read(new.raw()))
}
