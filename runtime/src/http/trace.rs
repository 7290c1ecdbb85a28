//! Spans and events of `tracing` (feature `tracing`): ids and names, never values, tokens or cookies.
//!
//! Each call has one span, `kratos`, with the fields `flow`, `traits` and `outcome`.

#[cfg(feature = "tracing")]
pub(crate) use self::with_tracing::*;
#[cfg(not(feature = "tracing"))]
pub(crate) use self::without_tracing::*;

#[cfg(feature = "tracing")]
mod with_tracing {
    use std::sync::Once;

    use http::StatusCode;
    use tracing::field::{Empty, display};
    use tracing::{Span, debug, info, info_span, warn};

    use crate::http::{Error, Phase};
    use crate::json::path::TraitPath;

    /// The span of a call.
    pub(crate) fn span() -> Span {
        info_span!("kratos", flow = Empty, traits = Empty, outcome = Empty)
    }

    /// Records the flow of the call.
    pub(crate) fn flow(id: &str) {
        Span::current().record("flow", id);
    }

    /// Records the names of the traits to change.
    pub(crate) fn traits<'a>(paths: impl Iterator<Item = &'a TraitPath>) {
        let names: Vec<String> = paths.map(ToString::to_string).collect();
        Span::current().record("traits", display(names.join(" ")));
    }

    /// A response has arrived.
    pub(crate) fn answered(phase: Phase, status: StatusCode) {
        debug!(status = status.as_u16(), "{phase}: response");
    }

    /// A request sends a token without TLS to another machine. Warns once in a process.
    pub(crate) fn token_without_tls() {
        static WARNING: Once = Once::new();
        WARNING.call_once(|| {
            warn!(
                "a token is sent without TLS to another machine, so the network can read it: begin the base URL of Kratos \
                 with https://"
            );
        });
    }

    /// A request without a response is sent again.
    pub(crate) fn repeated(phase: Phase) {
        debug!("{phase}: no response, sent again");
    }

    /// The call has an outcome.
    pub(crate) fn outcome(word: &'static str) {
        Span::current().record("outcome", word);
        info!(outcome = word, "done");
    }

    /// The call has no outcome.
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
    pub(crate) fn token_without_tls() {}
    pub(crate) fn repeated(_: Phase) {}
    pub(crate) fn outcome(_: &'static str) {}
    pub(crate) fn failed(_: &Error) {}
}
