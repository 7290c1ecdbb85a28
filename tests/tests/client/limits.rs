//! Answers that take too long, or are too large.

use std::time::Duration;

use kratos_traits::Error;
use kratos_traits::client::{Limits, SendError};

use crate::server::{Part, ScriptedServer, flow};

/// Short enough to wait for, for a server that never answers.
fn impatient() -> Limits {
    let mut limits = Limits::default();
    limits.timeout = Duration::from_millis(50);
    limits
}

fn no_longer_than(answer_bytes: usize) -> Limits {
    let mut limits = Limits::default();
    limits.answer_bytes = answer_bytes;
    limits
}

on_each_client! {
    fn a_silent_server_times_out(client) {
        let server = ScriptedServer::new([Part::BeginAndFallSilent(String::new())]);
        let error = client.update_within(&server.url, impatient()).unwrap_err();
        assert!(matches!(error, Error::Send { error: SendError::TimedOut { .. }, .. }), "{error:?}");
        assert_eq!(
            error.to_string(),
            "creating the settings flow: no complete response within 50ms"
        );
        assert!(!error.may_have_been_saved());
    }

    /// The time is that of the whole request, not of each piece of it.
    fn a_server_that_falls_silent_within_its_answer_times_out(client) {
        for begun in ["HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"id\":"] {
            let server = ScriptedServer::new([Part::BeginAndFallSilent(begun.to_owned())]);
            let error = client.update_within(&server.url, impatient()).unwrap_err();
            assert!(matches!(error, Error::Send { error: SendError::TimedOut { .. }, .. }), "{begun}: {error:?}");
        }
    }

    fn the_longest_timeout_does_not_overflow(client) {
        let mut limits = Limits::default();
        limits.timeout = Duration::MAX;
        let server = ScriptedServer::new([Part::flow("show_form"), Part::HangUp]);
        let error = client.update_within(&server.url, limits).unwrap_err();
        assert!(matches!(error, Error::Send { error: SendError::NoAnswer(_), .. }), "{error:?}");
    }

    fn an_endless_answer_is_too_large(client) {
        let server = ScriptedServer::new([Part::Babble]);
        let error = client.update(&server.url).unwrap_err();
        assert!(matches!(error, Error::Send { error: SendError::TooLarge { status: 200, .. }, .. }), "{error:?}");
    }

    fn an_answer_may_be_as_large_as_the_limit(client) {
        let size = flow("show_form").len();
        // Both requests, so that the first is read to its end.
        let parts = || [Part::flow("show_form"), Part::HangUp];

        let server = ScriptedServer::new(parts());
        let error = client.update_within(&server.url, no_longer_than(size)).unwrap_err();
        assert!(matches!(error, Error::Send { error: SendError::NoAnswer(_), .. }), "{error:?}");
        assert_eq!(server.asked().len(), 2);

        let server = ScriptedServer::new(parts());
        let error = client.update_within(&server.url, no_longer_than(size - 1)).unwrap_err();
        let Error::Send { error: SendError::TooLarge { limit, .. }, .. } = error else { panic!("{error:?}") };
        assert_eq!(limit, size - 1);
    }
}
