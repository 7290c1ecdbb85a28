//! Keywords and formats that Kratos does not know and therefore ignores: a warning if one looks like a mistake.

use super::extension::Region;
use super::json::Member;
use super::keywords::Keyword;
use super::source::Problems;
use super::tree::Found;
use crate::diagnostics::{Warning, nearest};

/// Words that people write for a keyword although they are not similar to it, and words that look like misspelt keywords and are not,
/// such as keywords of newer drafts.
const OTHER_WORDS: [(&str, Option<&str>); 10] = [
    ("regex", Some("pattern")),
    ("regexp", Some("pattern")),
    ("ory.sh", Some("ory.sh/kratos")),
    ("kratos", Some("ory.sh/kratos")),
    ("$defs", None),
    ("$anchor", None),
    ("id", None),
    ("example", None),
    ("writeOnly", None),
    ("minContains", None),
];

/// The formats that Kratos knows; it ignores any other.
const FORMATS: [&str; 19] = [
    "date-time",
    "date",
    "time",
    "email",
    "tel",
    "hostname",
    "ipv4",
    "ip-address",
    "ipv6",
    "uri",
    "iri",
    "uri-reference",
    "uriref",
    "iri-reference",
    "uri-template",
    "regex",
    "json-pointer",
    "relative-json-pointer",
    "no-validate",
];

pub(crate) fn keyword(member: &Member<'_>, region: Region, problems: &mut Problems) {
    if !region.has_roles() {
        return;
    }
    let written = &*member.key;
    let meant = match OTHER_WORDS.iter().find(|(word, _)| *word == written) {
        Some((_, meant)) => *meant,
        None => nearest(written, Keyword::NAMES),
    };
    if let Some(meant) = meant {
        problems.warn(
            member.spot,
            Warning::MisspeltKeyword,
            format!("Kratos does not know the keyword {written:?} and ignores it; did you mean `{meant}`?"),
        );
    }
}

pub(crate) fn format(found: Found<&str>, region: Region, problems: &mut Problems) {
    let written = found.value;
    if !region.has_roles() || is_enforced(written) {
        return;
    }
    let meant = match written {
        "phone" | "phone-number" | "e164" => Some("tel"),
        "mail" => Some("email"),
        "url" => Some("uri"),
        "datetime" => Some("date-time"),
        _ => nearest(written, &FORMATS),
    };
    let hint = meant.map_or_else(
        || String::from("; remove it, or write a `pattern`"),
        |meant| format!("; did you mean `{meant}`?"),
    );
    problems.warn(
        found.spot,
        Warning::UnknownFormat,
        format!("Kratos does not know the format {written:?} and does not check it{hint}"),
    );
}

/// Whether Kratos knows the format. If so, it refuses every value that is not a string.
pub(crate) fn is_enforced(format: &str) -> bool {
    FORMATS.contains(&format)
}
