//! A request that changes nothing is sent once more when it comes to nothing; a submit never.

use std::time::Duration;

use kratos_traits::client::{Limits, Phase, SendError};
use kratos_traits::{Error, Outcome};

use crate::server::{Part, ScriptedServer};

on_each_client! {
    fn the_flow_is_requested_again_after_a_reset(client) {
        for lost in [Part::Reset, Part::HangUp] {
            let server = ScriptedServer::new([lost.clone(), Part::flow("show_form"), Part::flow("success")]);
            let outcome = client.update(&server.url);
            assert!(matches!(outcome, Ok(Outcome::Saved(_))), "{lost:?}: {outcome:?}");
            assert_eq!(server.asked().len(), 3);
        }
    }

    fn a_request_is_not_sent_a_third_time(client) {
        let server = ScriptedServer::new([Part::Reset, Part::Reset, Part::unauthorized()]);
        let error = client.update(&server.url).unwrap_err();
        assert!(matches!(error, Error::Send { phase: Phase::Create, error: SendError::NoAnswer(_), .. }), "{error:?}");
        assert_eq!(server.asked().len(), 2);
    }

    fn nothing_is_repeated_without_retries(client) {
        let server = ScriptedServer::new([Part::Reset, Part::unauthorized()]);
        let error = client.update_once(&server.url).unwrap_err();
        assert!(matches!(error, Error::Send { phase: Phase::Create, error: SendError::NoAnswer(_), .. }), "{error:?}");
        assert_eq!(server.asked().len(), 1);
    }

    /// It may have been saved.
    fn a_submit_is_never_repeated(client) {
        for lost in [Part::Reset, Part::HangUp] {
            let server = ScriptedServer::new([Part::flow("show_form"), lost.clone(), Part::flow("success")]);
            let error = client.update(&server.url).unwrap_err();
            assert!(matches!(error, Error::Send { phase: Phase::Submit, error: SendError::NoAnswer(_), .. }), "{lost:?}: {error:?}");
            assert!(error.may_have_been_saved());
            assert_eq!(server.asked().len(), 2);
        }
    }

    /// It would only make a slow server slower, and the caller wait twice as long.
    fn a_timeout_is_not_repeated(client) {
        let mut limits = Limits::default();
        limits.timeout = Duration::from_millis(50);
        let server = ScriptedServer::new([Part::BeginAndFallSilent(String::new()), Part::unauthorized()]);
        let error = client.update_within(&server.url, limits).unwrap_err();
        assert!(matches!(error, Error::Send { error: SendError::TimedOut { .. }, .. }), "{error:?}");
        assert_eq!(server.asked().len(), 1);
    }

    fn an_answer_that_broke_off_is_not_repeated(client) {
        let begun = "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"id\":";
        let server = ScriptedServer::new([Part::Say(begun.to_owned()), Part::unauthorized()]);
        let error = client.update(&server.url).unwrap_err();
        assert!(matches!(error, Error::Send { error: SendError::CutOff { .. }, .. }), "{error:?}");
        assert_eq!(server.asked().len(), 1);
    }
}
