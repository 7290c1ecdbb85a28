//! The visibility of the generated items.

use super::syntax::is_path;

/// The visibility of the generated items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Visibility {
    /// `pub`.
    #[default]
    Public,
    /// Anything narrower, as it is written before an item: `pub(crate)`, `pub(super)`, `pub(in crate::a)`, or nothing.
    Restricted(String),
}

impl Visibility {
    /// Parses `pub`, `pub(crate)`, `pub(super)`, `pub(in crate::PATH)`, or `private`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "pub" => Self::Public,
            "private" => Self::Restricted(String::new()),
            "pub(crate)" | "pub(super)" => Self::Restricted(text.into()),
            _ => {
                let path = text.strip_prefix("pub(in ")?.strip_suffix(')')?;
                let of_crate = path == "crate" || path.starts_with("crate::");
                (of_crate && is_path(path)).then(|| Self::Restricted(text.into()))?
            }
        })
    }

    /// `pub ` as it is written before `struct`.
    pub(crate) fn before(&self) -> String {
        match self {
            Self::Public => "pub ".into(),
            Self::Restricted(text) if text.is_empty() => String::new(),
            Self::Restricted(text) => format!("{text} "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Visibility;

    #[test]
    fn visibilities() {
        for (text, before) in [
            ("pub", "pub "),
            ("private", ""),
            ("pub(crate)", "pub(crate) "),
            ("pub(in crate::a::b)", "pub(in crate::a::b) "),
        ] {
            assert_eq!(Visibility::parse(text).unwrap().before(), before);
        }
        for text in [
            "",
            "public",
            "pub(self) fn",
            "pub(in ::a)",
            "pub(in crate) struct A;(",
        ] {
            assert_eq!(Visibility::parse(text), None, "{text}");
        }
    }
}
