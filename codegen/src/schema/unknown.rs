//! What Kratos ignores because it does not know it: said when it looks like a slip.

use super::extension::Region;
use super::json::Member;
use super::keywords::Keyword;
use super::report::Problems;
use super::tree::Found;
use crate::diagnostics::{Warning, nearest};

/// Words that people write for a keyword and that are no slips of the pen, and those of newer drafts that look like slips.
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

/// The formats that Kratos checks; any other is nothing to it.
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

/// Kratos checks the format, and refuses what is no string.
pub(crate) fn is_enforced(format: &str) -> bool {
    FORMATS.contains(&format)
}
