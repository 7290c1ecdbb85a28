//! The identity schema of the server, for types that do not know the id of their schema.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use http::{Method, Request};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::http::BaseUrl;
use crate::http::auth::anonymous;
use crate::identity::Identity;
use crate::json::path::TraitPath;
use crate::kratos::roles::types_at;
use crate::traits::facts::Schema;

/// The schemas that were fetched in this process, by URL.
static FETCHED: Mutex<BTreeMap<String, &'static Schema>> = Mutex::new(BTreeMap::new());

/// The URL of the schema of an identity, at the public API.
pub(super) fn url<T>(public: &BaseUrl, identity: &Identity<T>) -> String {
    // Kratos v1.3.1 does not find an id with special characters; the base64url form of `schema_url` is always found (K-config).
    let last = identity.schema_url.as_deref();
    let last = last.and_then(|url| url.rsplit('/').next());
    let is_plain = |text: &&str| {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        !text.is_empty() && text.bytes().all(fits)
    };
    public.endpoint(&match last.filter(is_plain) {
        Some(segment) => format!("/schemas/{segment}"),
        None => format!(
            "/schemas/{}",
            utf8_percent_encode(&identity.schema_id, NON_ALPHANUMERIC)
        ),
    })
}

/// The schema at this URL, if it was fetched before.
pub(super) fn fetched(url: &str) -> Option<&'static Schema> {
    let schemas = FETCHED.lock().unwrap_or_else(PoisonError::into_inner);
    schemas.get(url).copied()
}

/// Keeps a schema until the process ends.
pub(super) fn keep(url: &str, text: &str) -> &'static Schema {
    let mut schemas = FETCHED.lock().unwrap_or_else(PoisonError::into_inner);
    schemas.entry(url.to_owned()).or_insert_with(|| {
        let [source, text] = [url, text].map(|text| &*text.to_owned().leak());
        Box::leak(Box::new(Schema::new(source, text, &[], 0)))
    })
}

/// The request for the schema at a URL.
pub(super) fn request(public: &BaseUrl, url: &str) -> Result<Request<Vec<u8>>, http::Error> {
    let path = url.strip_prefix(&public.endpoint("")).unwrap_or_default();
    anonymous(public, Method::GET, path).body(Vec::new())
}

/// The places among these that `ours` declares, and that `theirs` does not declare with the same type.
pub(super) fn differing<'p>(
    ours: &Schema,
    theirs: &Schema,
    places: impl Iterator<Item = &'p TraitPath>,
) -> Vec<TraitPath> {
    let types = |schema: &Schema, path: &TraitPath| {
        let rules = schema.rules();
        rules.and_then(|rules| types_at(rules, path.segments()))
    };
    let differs = |path: &&TraitPath| match (types(ours, path), types(theirs, path)) {
        (None, _) => false,
        (Some(_), None) => true,
        // A schema without `type` allows any.
        (Some(ours), Some(theirs)) => {
            !ours.is_empty() && !theirs.is_empty() && !ours.is_subset(&theirs)
        }
    };
    places.filter(differs).cloned().collect()
}
