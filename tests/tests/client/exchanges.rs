//! Every call ends with an error after a broken answer.

use std::error::Error as StdError;
use std::time::{Duration, SystemTime};

use kratos_traits::client::{Limits, SendError};
use kratos_traits::forecast::ServerFacts;
use kratos_traits::{AdminToken, Error, SessionToken};
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::updaters::Rename;

use crate::driver::{Driver, TOKEN};
use crate::server::{Part, ScriptedServer};

const ADMIN_TOKEN: &str = "admin-secret";
const PASSWORD: &str = "correct horse";
const EMAIL: &str = "ada@example.org";

/// What can be asked.
#[derive(Clone, Copy, Debug)]
enum Ask {
    Settings,
    Whoami,
    Forecast,
    FirstLogin,
    Refresh,
    Choices,
    Admin,
    Identity,
    Find,
}

use Ask::{Admin, Choices, Find, FirstLogin, Forecast, Identity, Refresh, Settings, Whoami};

const ALL: [Ask; 9] = [
    Settings, Whoami, Forecast, FirstLogin, Refresh, Choices, Admin, Identity, Find,
];

/// Asks with the clients of these types, each call ended so.
macro_rules! ask {
    ($ask:expr, $url:expr, $limits:expr, $public:ty, $admin:ty $(, $end:tt)?) => {{
        let public = crate::driver::within!(<$public>::new($url).unwrap(), $limits);
        let admin = <$admin>::new($url).unwrap().token(AdminToken::new(ADMIN_TOKEN).unwrap());
        let admin = admin.schema_id("default");
        let admin = crate::driver::within!(admin, $limits);
        let session = SessionToken::new(TOKEN).unwrap();
        let update = Rename { nickname: Some(Some("Countess".to_owned())) };
        let facts = ServerFacts::new(Duration::from_secs(3600));
        match $ask {
            Settings => public.settings(&session).update(&update) $(.$end)? .map(drop),
            Whoami => public.whoami::<CustomerTraits>(&session) $(.$end)? .map(drop),
            Forecast => {
                let settings = public.settings(&session);
                settings.forecast(&update, &facts, SystemTime::now()) $(.$end)? .map(drop)
            }
            FirstLogin => public.login_with_password(EMAIL, PASSWORD) $(.$end)? .map(drop),
            Refresh => {
                let login = public.login(&session);
                login.identifier(EMAIL).refresh_with_password(PASSWORD) $(.$end)? .map(drop)
            }
            Choices => public.login(&session).refresh_choices() $(.$end)? .map(drop),
            Admin => admin.edit("0b9cbd3b").update(&update) $(.$end)? .map(drop),
            Identity => admin.identity::<CustomerTraits>("0b9cbd3b") $(.$end)? .map(drop),
            Find => {
                admin.identity_by_identifier::<CustomerTraits>(EMAIL) $(.$end)? .map(drop)
            }
        }
    }};
}

impl Ask {
    fn over(self, client: Driver, url: &str, limits: Limits) -> Result<(), Error> {
        use kratos_traits::{AdminClient, Client, blocking};
        match client {
            Driver::Reqwest => {
                let call = async { ask!(self, url, limits, Client, AdminClient, await) };
                tokio::runtime::Runtime::new().unwrap().block_on(call)
            }
            Driver::Ureq => {
                ask!(self, url, limits, blocking::Client, blocking::AdminClient)
            }
        }
    }

    /// The good answer to its first request, where there is a second.
    fn first_answer(self) -> Option<Part> {
        let login = r#"{"id":"6e2f0c7e","refresh":true,"ui":{}}"#;
        let person =
            r#"{"id":"0b9cbd3b","schema_id":"default","traits":{"email":"ada@example.org"}}"#;
        match self {
            Settings => Some(Part::flow("show_form")),
            FirstLogin | Refresh => Some(Part::json("200 OK", login)),
            Admin => Some(Part::json("200 OK", person)),
            Whoami | Forecast | Choices | Identity | Find => None,
        }
    }

    /// Whether its last request may have changed the traits.
    fn saves(self) -> bool {
        matches!(self, Settings | Admin)
    }
}

/// Whether it is the right error.
type Expected = fn(&Error) -> bool;

/// What goes wrong, and the error that says so.
fn faults() -> Vec<(Part, Expected)> {
    let answer = |error: &Error| matches!(error, Error::Answer { status: 200, .. });
    let transport = |error: &Error| {
        matches!(
            error,
            Error::Send {
                error: SendError::NoAnswer(_),
                ..
            }
        )
    };
    let cut_off = |error: &Error| {
        matches!(
            error,
            Error::Send {
                error: SendError::CutOff { status: 200, .. },
                ..
            }
        )
    };
    let html = "Content-Type: text/html\r\n";
    vec![
        (Part::json("200 OK", "{\"id\": nonsense}"), answer),
        (Part::json("200 OK", "{\"id\":\"6e2f"), answer),
        (Part::json("200 OK", ""), answer),
        (Part::json("200 OK", "7"), answer),
        (Part::json("200 OK", "[7]"), answer),
        (Part::json("200 OK", "{}"), answer),
        (Part::json("200 OK", &"[".repeat(100_000)), answer),
        (
            Part::answer("200 OK", html, "<html>ada@example.org</html>"),
            answer,
        ),
        (
            Part::answer("502 Bad Gateway", html, "<html>ada@example.org</html>"),
            |error| matches!(error, Error::Answer { status: 502, .. }),
        ),
        (
            Part::Say("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"id\":".to_owned()),
            cut_off,
        ),
        (
            Part::Say("220 mail.example.org ESMTP\r\n\r\n".to_owned()),
            transport,
        ),
        (Part::HangUp, transport),
        (Part::Reset, transport),
        (Part::Babble, |error| {
            matches!(
                error,
                Error::Send {
                    error: SendError::TooLarge { status: 200, .. },
                    ..
                }
            )
        }),
    ]
}

fn assert_error(ask: Ask, part: &Part, error: &Error, last: bool) {
    let saves = last && ask.saves();
    assert_eq!(
        error.may_have_been_saved(),
        saves,
        "{ask:?}, {part:?}: {error:?}"
    );
    let mut shown = format!("{error} {error:?}");
    let mut source = error.source();
    while let Some(error) = source {
        shown += &format!(" {error} {error:?}");
        source = error.source();
    }
    let secrets = [
        TOKEN,
        ADMIN_TOKEN,
        PASSWORD,
        EMAIL,
        "Countess",
        "6e2f0c7e",
        "/self-service",
        "/admin/",
    ];
    for secret in secrets {
        assert!(
            !shown.contains(secret),
            "{ask:?}, {part:?}: {secret} in {shown}"
        );
    }
}

on_each_client! {
    fn a_broken_answer_is_an_error(client) {
        // An endless answer reaches the default limit slowly; `limits.rs` tests that one.
        let mut limits = Limits::default();
        limits.answer_bytes = 1 << 20;
        for ask in ALL {
            for (part, expected) in faults() {
                let good = ask.first_answer().map(Some);
                for first in [None].into_iter().chain(good) {
                    let last = first.is_some() || ask.first_answer().is_none();
                    // Twice, for the requests that are repeated.
                    let parts = first.iter().cloned().chain([part.clone(), part.clone()]);
                    let server = ScriptedServer::new(parts);
                    let ended = ask.over(client, &server.url, limits);
                    let Err(error) = ended else { panic!("{ask:?}: {part:?}") };
                    assert!(expected(&error), "{ask:?}, {part:?}: {error:?}");
                    assert_error(ask, &part, &error, last);
                }
            }
        }
    }

    /// A login uses a code up, or has one sent.
    fn unsafe_requests_are_sent_once(client) {
        for ask in ALL {
            let lost = [Part::HangUp, Part::HangUp, Part::HangUp];
            let server = ScriptedServer::new(lost.clone());
            assert!(ask.over(client, &server.url, Limits::default()).is_err());
            let once = matches!(ask, FirstLogin | Refresh | Choices);
            assert_eq!(server.asked().len(), if once { 1 } else { 2 }, "{ask:?}");
            if let Some(good) = ask.first_answer() {
                let server = ScriptedServer::new([good].into_iter().chain(lost));
                assert!(ask.over(client, &server.url, Limits::default()).is_err());
                assert_eq!(server.asked().len(), 2, "{ask:?}");
            }
        }
    }

    fn a_silent_server_times_out(client) {
        let mut limits = Limits::default();
        limits.timeout = Duration::from_millis(50);
        for ask in ALL {
            for begun in ["", "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"id\":"] {
                let part = Part::BeginAndFallSilent(begun.to_owned());
                let server = ScriptedServer::new([part.clone()]);
                let error = ask.over(client, &server.url, limits).unwrap_err();
                assert!(matches!(error, Error::Send { error: SendError::TimedOut { .. }, .. }), "{ask:?}: {error:?}");
                assert_error(ask, &part, &error, ask.first_answer().is_none());
            }
        }
    }
}
