//! Our clients keep no cookies, send no origin, and log no secrets.

use std::sync::{Mutex, Once};

use kratos_traits::Outcome;
use log::{LevelFilter, Log, Metadata, Record};

use crate::driver::{Driver, TOKEN};
use crate::server::{Part, ScriptedServer, flow};

/// Everything that any client said to `log`, in all tests of this binary.
struct Heard(Mutex<String>);

static HEARD: Heard = Heard(Mutex::new(String::new()));
static LISTEN: Once = Once::new();

impl Log for Heard {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        // Dumps all bytes at the level trace, which cannot be configured; the client's documentation
        // says to filter it.
        if record.target() == "ureq_proto::util" {
            return;
        }
        let mut heard = self.0.lock().unwrap();
        heard.push_str(&format!("{}: {}\n", record.target(), record.args()));
    }

    fn flush(&self) {}
}

on_each_client! {
    /// Kratos sets a cookie even in native flows, and refuses one that comes back.
    fn a_native_update_carries_no_cookie_and_no_origin(client) {
        let set = "Content-Type: application/json\r\nSet-Cookie: csrf_token_x=1; Path=/\r\n";
        let server = ScriptedServer::new([
            Part::answer("200 OK", set, &flow("show_form")),
            Part::flow("success"),
        ]);
        let outcome = client.update(&server.url).unwrap();
        assert!(matches!(outcome, Outcome::Saved(_)), "{outcome:?}");
        let asked = server.asked();
        assert_eq!(asked.len(), 2);
        for request in asked {
            let request = request.to_ascii_lowercase();
            let head = request.split("\r\n\r\n").next().unwrap();
            let names: Vec<&str> = head.lines().filter_map(|line| Some(line.split_once(':')?.0)).collect();
            assert!(names.contains(&"x-session-token"), "{names:?}");
            for unwanted in ["cookie", "origin", "referer"] {
                assert!(!names.contains(&unwanted), "{names:?}");
            }
            assert!(head.contains("\r\naccept: application/json"), "{head}");
        }
    }

    fn the_log_has_no_secret(client) {
        LISTEN.call_once(|| {
            log::set_logger(&HEARD).unwrap();
            log::set_max_level(LevelFilter::Trace);
        });
        let server = ScriptedServer::new([Part::flow("show_form"), Part::flow("success")]);
        let outcome = client.update(&server.url).unwrap();
        assert!(matches!(outcome, Outcome::Saved(_)), "{outcome:?}");
        let heard = HEARD.0.lock().unwrap().clone();
        let speaker = match client {
            Driver::Reqwest => "reqwest::connect: ",
            Driver::Ureq => "ureq::run: ",
        };
        assert!(heard.contains(speaker), "nothing was heard of this client: {heard}");
        for secret in [TOKEN, "Countess", "ada@example.org"] {
            assert!(!heard.contains(secret), "{secret} in {heard}");
        }
    }
}
