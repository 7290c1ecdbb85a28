//! Where something stands in the file.

use std::collections::BTreeMap;
use std::path::Path;

use toml::Spanned;

use crate::problem::Problem;
use crate::schema::{Source, hint};
use crate::settings::origin::{Door, Origin, Said};

/// The text of the file, to say where something stands in it.
pub(super) struct Places<'t> {
    pub(super) source: Source<'t>,
    pub(super) shown: &'t str,
    pub(super) folder: &'t Path,
}

impl Places<'_> {
    fn origin(&self, offset: usize) -> Origin {
        let rest = self.source.text.get(offset..).unwrap_or_default();
        // What is missing at the end of the file is said of its beginning.
        let rest = if rest.is_empty() {
            self.source.text
        } else {
            rest
        };
        let place = self.source.place(self.source.spot_of(rest));
        let excerpt = self.source.line(place.line);
        Origin::file(self.shown, (place.line, place.column), excerpt)
    }

    pub(super) fn said(&self, text: Spanned<String>) -> Said {
        Said {
            origin: self.origin(text.span().start),
            text: text.into_inner(),
        }
    }

    pub(super) fn all(&self, texts: Vec<Spanned<String>>) -> Vec<Said> {
        texts.into_iter().map(|text| self.said(text)).collect()
    }

    pub(super) fn by_name(
        &self,
        texts: BTreeMap<String, Spanned<String>>,
    ) -> BTreeMap<String, Said> {
        let said = |(name, text)| (name, self.said(text));
        texts.into_iter().map(said).collect()
    }

    /// What TOML or serde refuses. serde's list of the known keys becomes a suggestion.
    pub(super) fn refusal(&self, error: &toml::de::Error) -> Problem {
        let origin = self.origin(error.span().map_or(0, |span| span.start));
        let words: Vec<&str> = error.message().split('`').collect();
        let message = match words.as_slice() {
            ["unknown field ", key, rest @ ..] => {
                let known: Vec<&str> = rest.iter().skip(1).step_by(2).copied().collect();
                format!("there is no setting `{key}`{}", hint(key, &known))
            }
            _ => error.message().replace('\n', " "),
        };
        origin.problem(Door::default(), message)
    }
}
