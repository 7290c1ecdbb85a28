//! A request that changes nothing is sent once more when it comes to nothing; a submit never.

use std::time::Duration;

use kratos_traits::client::{Limits, Repeats};
use kratos_traits::exchange::Phase;
use kratos_traits::{Error, Outcome};

use crate::scripted::{Part, Scripted};

fn never() -> Limits {
    let mut limits = Limits::default();
    limits.repeats = Repeats::Never;
    limits
}

on_each_client! {
    fn after_a_reset_the_flow_is_asked_for_once_more(client) {
        for lost in [Part::Reset, Part::HangUp] {
            let server = Scripted::new([lost.clone(), Part::flow("show_form"), Part::flow("success")]);
            let outcome = client.update(&server.url);
            assert!(matches!(outcome, Ok(Outcome::Saved(_))), "{lost:?}: {outcome:?}");
            assert_eq!(server.asked().len(), 3);
        }
    }

    fn but_not_a_third_time(client) {
        let server = Scripted::new([Part::Reset, Part::Reset, Part::unauthorized()]);
        let error = client.update(&server.url).unwrap_err();
        assert!(matches!(error, Error::Transport { phase: Phase::Create, .. }), "{error:?}");
        assert_eq!(server.asked().len(), 2);
    }

    fn and_not_at_all_when_the_application_says_so(client) {
        let server = Scripted::new([Part::Reset, Part::unauthorized()]);
        let error = client.update_within(&server.url, never()).unwrap_err();
        assert!(matches!(error, Error::Transport { phase: Phase::Create, .. }), "{error:?}");
        assert_eq!(server.asked().len(), 1);
    }

    /// It may have been saved.
    fn a_submit_is_never_repeated(client) {
        for lost in [Part::Reset, Part::HangUp] {
            let server = Scripted::new([Part::flow("show_form"), lost.clone(), Part::flow("success")]);
            let error = client.update(&server.url).unwrap_err();
            assert!(matches!(error, Error::Transport { phase: Phase::Submit, .. }), "{lost:?}: {error:?}");
            assert!(error.may_have_been_saved());
            assert_eq!(server.asked().len(), 2);
        }
    }

    /// It would only make a slow server slower, and the caller wait twice as long.
    fn nor_is_anything_that_took_too_long(client) {
        let mut limits = Limits::default();
        limits.timeout = Duration::from_millis(50);
        let server = Scripted::new([Part::BeginAndFallSilent(String::new()), Part::unauthorized()]);
        let error = client.update_within(&server.url, limits).unwrap_err();
        assert!(matches!(error, Error::TimedOut { .. }), "{error:?}");
        assert_eq!(server.asked().len(), 1);
    }

    fn nor_is_anything_whose_answer_began(client) {
        let begun = "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"id\":";
        let server = Scripted::new([Part::Say(begun.to_owned()), Part::unauthorized()]);
        let error = client.update(&server.url).unwrap_err();
        assert!(matches!(error, Error::CutOff { .. }), "{error:?}");
        assert_eq!(server.asked().len(), 1);
    }
}
