//! What is told to `tracing` (feature `tracing`): ids and names, never a value, token or cookie.
//!
//! A [`Call`](crate::client::Call) is one span, `kratos`; the exchange inside records on it what it
//! learns. Whoever drives an exchange without our clients opens a span with the same fields, or none.

use super::{Exchange, Step};

#[cfg(feature = "tracing")]
pub(crate) use self::with_tracing::*;
#[cfg(not(feature = "tracing"))]
pub(crate) use self::without_tracing::*;

/// How an exchange ended, if this is its end; `name` is the word for it.
pub(crate) fn ended<X: Exchange>(step: &Step<X>, name: impl FnOnce(&X::Output) -> &'static str) {
    if let Step::Done(output) = step {
        outcome(name(output));
    }
}

#[cfg(feature = "tracing")]
mod with_tracing {
    use http::StatusCode;
    use tracing::field::{Empty, display};
    use tracing::{Span, debug, info, info_span, warn};

    use crate::http::{Error, Phase};
    use crate::json::path::TraitPath;

    /// The span of a call.
    pub(crate) fn span() -> Span {
        info_span!("kratos", flow = Empty, traits = Empty, outcome = Empty)
    }

    /// The flow that the requests are about.
    pub(crate) fn flow(id: &str) {
        Span::current().record("flow", id);
    }

    /// The traits that are to be changed, by name.
    pub(crate) fn traits<'a>(paths: impl Iterator<Item = &'a TraitPath>) {
        let names: Vec<String> = paths.map(ToString::to_string).collect();
        Span::current().record("traits", display(names.join(" ")));
    }

    /// An answer has come.
    pub(crate) fn answered(phase: Phase, status: StatusCode) {
        debug!(status = status.as_u16(), "{phase}: answered");
    }

    /// A request came to nothing, and is sent again.
    pub(crate) fn repeated(phase: Phase) {
        debug!("{phase}: no answer, sent again");
    }

    /// How it ended.
    pub(crate) fn outcome(word: &'static str) {
        Span::current().record("outcome", word);
        info!(outcome = word, "ended");
    }

    /// It has no outcome.
    pub(crate) fn failed(error: &Error) {
        let may_have_been_saved = error.may_have_been_saved();
        Span::current().record("outcome", "error");
        warn!(may_have_been_saved, "{error}");
    }
}

#[cfg(not(feature = "tracing"))]
mod without_tracing {
    use http::StatusCode;

    use crate::http::{Error, Phase};
    use crate::json::path::TraitPath;

    pub(crate) fn flow(_: &str) {}
    pub(crate) fn traits<'a>(_: impl Iterator<Item = &'a TraitPath>) {}
    pub(crate) fn answered(_: Phase, _: StatusCode) {}
    pub(crate) fn repeated(_: Phase) {}
    pub(crate) fn outcome(_: &'static str) {}
    pub(crate) fn failed(_: &Error) {}
}
