//! Broken answers and answers of other servers are errors.

use std::error::Error as StdError;
use std::net::TcpListener;

use kratos_traits::client::SendError;
use kratos_traits::{Error, Outcome};

use crate::driver::TOKEN;
use crate::server::{Part, ScriptedServer};

on_each_client! {
    fn an_answer_that_breaks_off_names_status_and_content_type(client) {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{\"id\":";
        let server = ScriptedServer::new([Part::Say(head.to_owned())]);
        let error = client.update(&server.url).unwrap_err();
        assert!(matches!(error, Error::Send { error: SendError::CutOff { status: 200, .. }, .. }), "{error:?}");
        assert_eq!(
            error.to_string(),
            "creating the settings flow: the response with status 200 and content type application/json ended too early"
        );
        assert!(!error.may_have_been_saved());
        assert!(error.source().is_some());
    }

    fn a_chunked_answer_that_breaks_off_does_so_too(client) {
        let head = "HTTP/1.1 502 Bad Gateway\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"err\r\n";
        let server = ScriptedServer::new([Part::Say(head.to_owned())]);
        let error = client.update(&server.url).unwrap_err().to_string();
        assert_eq!(
            error,
            "creating the settings flow: the response with status 502 and content type (none) ended too early"
        );
    }

    fn a_submit_whose_answer_breaks_off_may_have_been_saved(client) {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"id\":";
        let server = ScriptedServer::new([Part::flow("show_form"), Part::Say(head.to_owned())]);
        let error = client.update(&server.url).unwrap_err();
        assert!(matches!(error, Error::Send { error: SendError::CutOff { .. }, .. }), "{error:?}");
        assert!(error.may_have_been_saved());
    }

    fn a_redirect_is_not_followed(client) {
        let server = ScriptedServer::new([
            Part::answer(
                "307 Temporary Redirect",
                "Location: /elsewhere\r\nContent-Type: text/html\r\n",
                "<a/>",
            ),
            Part::flow("show_form"),
        ]);
        let error = client.update(&server.url).unwrap_err().to_string();
        assert!(error.contains("status 307 and content type text/html"), "{error}");
        assert_eq!(server.lines(), ["GET /self-service/settings/api"]);
    }

    fn a_submit_that_is_redirected_is_not_sent_on(client) {
        for status in ["303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"] {
            let redirect = Part::answer(status, "Location: /elsewhere\r\n", "");
            let server = ScriptedServer::new([Part::flow("show_form"), redirect, Part::flow("success")]);
            let error = client.update(&server.url).unwrap_err();
            assert!(matches!(error, Error::Answer { .. }), "{error:?}");
            assert_eq!(server.lines().len(), 2, "{status}");
        }
    }

    fn an_empty_body_is_an_error(client) {
        let server = ScriptedServer::new([Part::Say("HTTP/1.1 204 No Content\r\n\r\n".to_owned())]);
        let error = client.update(&server.url).unwrap_err();
        assert!(matches!(error, Error::Answer { status: 204, .. }), "{error:?}");
    }

    fn a_server_of_another_protocol_is_an_error(client) {
        let part = Part::Say("220 mail.example.org ESMTP\r\n\r\n".to_owned());
        let server = ScriptedServer::new([part.clone(), part]);
        let error = client.update(&server.url).unwrap_err();
        assert!(matches!(error, Error::Send { error: SendError::NoAnswer(_), .. }), "{error:?}");
    }

    fn an_absent_server_is_an_error(client) {
        let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let error = client.update(&format!("http://{gone}")).unwrap_err();
        assert!(matches!(error, Error::Send { error: SendError::NoAnswer(_), .. }), "{error:?}");
        assert!(!error.may_have_been_saved());
    }

    /// A status that an HTTP client may treat as an error is an outcome.
    fn error_statuses_are_outcomes(client) {
        for status in [401, 403, 404, 409, 410, 422, 429, 500, 502, 503] {
            let body = format!(r#"{{"error":{{"code":{status}}}}}"#);
            let server = ScriptedServer::new([Part::json(&format!("{status} Whatever"), &body)]);
            let outcome = client.update(&server.url).unwrap();
            let fits = match &outcome {
                Outcome::SessionInactive(_) => status == 401,
                Outcome::FlowExpired(_) => status == 410,
                Outcome::BrowserRedirectRequired(_) => status == 422,
                Outcome::Busy(refusal, _) => [429, 503].contains(&status) && status == refusal.status(),
                Outcome::Refused(refusal) => status == refusal.status(),
                _ => false,
            };
            assert!(fits, "{status}: {outcome:?}");
        }
    }

    /// The URL holds the id of the flow, and the request the token and the traits.
    fn errors_show_nothing_of_the_request(client) {
        for last in [Part::HangUp, Part::Say("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n".to_owned())] {
            let server = ScriptedServer::new([Part::flow("show_form"), last]);
            let error = client.update(&server.url).unwrap_err();
            let mut shown = format!("{error} {error:?}");
            let mut source = error.source();
            while let Some(error) = source {
                shown += &format!(" {error} {error:?}");
                source = error.source();
            }
            for secret in ["self-service", "6e2f0c7e", TOKEN, "Countess", "ada@example.org"] {
                assert!(!shown.contains(secret), "{secret} in {shown}");
            }
        }
    }

    fn an_update_is_two_requests(client) {
        let server = ScriptedServer::new([Part::flow("show_form"), Part::flow("success")]);
        let outcome = client.update(&server.url).unwrap();
        assert!(matches!(outcome, Outcome::Saved(_)), "{outcome:?}");
        assert_eq!(
            server.lines(),
            ["GET /self-service/settings/api", "POST /self-service/settings?flow=6e2f0c7e"]
        );
    }
}
