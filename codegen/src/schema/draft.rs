//! The drafts of JSON Schema that Kratos reads.

use super::json::Node;
use super::keywords::Keyword;
use super::report::Problems;

/// A draft, as the `$schema` of a file names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Draft {
    Four,
    Six,
    Seven,
}

/// The `$schema` to write.
pub(super) const NEWEST: &str = "http://json-schema.org/draft-07/schema#";

/// Kratos compares these as text. Without `$schema` it reads draft-07.
const URLS: [(&str, Draft); 4] = [
    (NEWEST, Draft::Seven),
    ("http://json-schema.org/draft-06/schema#", Draft::Six),
    ("http://json-schema.org/draft-04/schema#", Draft::Four),
    ("http://json-schema.org/schema#", Draft::Seven),
];

impl Draft {
    /// The draft of the file with this root.
    pub(super) fn of(root: &Node<'_>) -> Self {
        let url = root.member(Keyword::SchemaUrl.name()).and_then(Node::text);
        url.and_then(Self::of_url).unwrap_or(Self::Seven)
    }

    fn of_url(url: &str) -> Option<Self> {
        let known = URLS.iter().find(|(known, _)| *known == url);
        known.map(|(_, draft)| *draft)
    }

    /// The keyword that gives a schema its URL.
    pub(super) fn id(self) -> &'static str {
        if self == Self::Four {
            "id"
        } else {
            Keyword::Id.name()
        }
    }
}

/// Reports a `$schema` that Kratos does not know.
pub(super) fn check(root: &Node<'_>, problems: &mut Problems) {
    if let Some(node) = root.member(Keyword::SchemaUrl.name())
        && let Some(url) = node.text()
        && Draft::of_url(url).is_none()
    {
        problems.report(
            node.spot,
            format!(
                "Kratos does not know the `$schema` {url:?} and fails at the first identity; write {NEWEST:?}"
            ),
        );
    }
}
