//! A fake of Kratos on 127.0.0.1, for tests and examples.
//!
//! [`Fake`] is a small HTTP server in the process of the test. It takes an identity schema
//! (its rules, and the roles of its traits) and answers like Kratos v1.3.1 with the methods `password`
//! and `profile`, the hook `session` after registration, and verification switched on. It starts without
//! identities; they register over HTTP, as with Kratos.
//!
//! ```
//! use std::io::{Read, Write};
//! use std::net::TcpStream;
//!
//! use kratos_traits::Schema;
//! use kratos_traits_fake::Fake;
//!
//! // Generated code has one: `CustomerTraits::schema()`.
//! let schema = Schema::from_text("customer.schema.json", r#"{
//!     "properties":{"traits":{"type":"object","properties":{"email":{"type":"string"}}}}
//! }"#)?;
//!
//! let kratos = Fake::start(schema)?;
//! let mut connection = TcpStream::connect(kratos.public_url().trim_start_matches("http://"))?;
//! connection.write_all(b"GET /self-service/settings/api HTTP/1.0\r\n\r\n")?;
//! let mut answer = String::new();
//! connection.read_to_string(&mut answer)?;
//! assert!(answer.contains("session_inactive"));
//! assert_eq!(kratos.requests(), [("GET".parse()?, "/self-service/settings/api".to_owned())]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What it implements
//!
//! | endpoint | |
//! |---|---|
//! | `GET /self-service/registration/api`, `POST /self-service/registration?flow=` | method `password` |
//! | `GET /self-service/login/api[?refresh=true]`, `…/login/browser`, `POST /self-service/login?flow=` | methods `password` and `code` |
//! | `GET /self-service/login/api?aal=aal2`, and its submit | method `totp` |
//! | `GET /self-service/settings/api`, `…/settings/browser[?return_to=]`, `GET /self-service/settings/flows?id=`, `POST /self-service/settings?flow=` | method `profile` |
//! | `GET /sessions/whoami`, `GET /schemas/default`, `GET /health/ready` | |
//! | on [`Fake::admin_url`]: `GET /admin/identities?credentials_identifier=`, `GET` and `PATCH /admin/identities/{id}` | JSON Patch |
//!
//! - A submit replaces all traits. Absent traits are read as `{}`, and absent objects are filled in
//!   with `{}`.
//! - With an old session, a change of an identifier or a verifiable address is refused: 403
//!   `session_refresh_required`, with a cookie that a native client must not send back.
//! - When the last identifier of a credential is removed, the credential keeps it, and no fresh login
//!   is required.
//! - An identifier or address of another person is refused with message 4000007 of the whole flow,
//!   an empty identifier with status 500.
//! - A JSON Patch changes traits, metadata and whether an address is verified; the operation `test` is
//!   refused, as by every known version of Kratos.
//! - With a verified address, an old session can change nothing (ory/kratos#4435).
//! - A native submit with `Cookie` or `Origin` is refused, and so are the flows of other people,
//!   unknown flows and expired flows.
//! - Browsers send the session in the cookie `ory_kratos_session`. A submit needs the cookie
//!   `csrf_token_…` and the token in the form that matches it; else 403 `security_csrf_violation`.
//!   They may return to [`Fake::RETURN_URL`] and the URLs below it.
//!
//! # What it does not implement
//!
//! - Rules that [`Schema::check`](kratos_traits::Schema::check) leaves to Kratos are not checked: most
//!   formats, composed schemas, referenced schemas, `dependencies`. Roles inside the objects of an
//!   array are ignored.
//! - Registration in a browser, forms, flat JSON (`"traits.email": …`), other methods, verification and
//!   recovery, the rest of the admin API: the answer has status 501. Effects that Kratos has without a
//!   request do not happen.
//! - All people have the same authenticator app ([`Fake::TOTP_CODE`]) and no other second factor.
//! - Addresses are only verified by [`Fake::verify_addresses`] and the admin API, not by the code of a
//!   login; and with several addresses nothing is refused at random.
//! - Phone numbers are compared by their digits; numbers that do not exist are not refused.
//! - Passwords need at least 8 bytes, without other rules. They are stored in memory in plain text.
//! - All answers are JSON, regardless of `Accept`. Sessions and flows do not age with the clock:
//!   [`Fake::age_sessions`] and [`Fake::expire_flows`] do it.

mod admin;
mod browser;
mod clock;
mod decoder;
mod flow;
mod identifiers;
mod ids;
mod login;
mod login_code;
mod paths;
mod person;
mod refusal;
mod registration;
mod reply;
mod request;
mod routes;
mod server;
mod session;
mod settings;
mod state;
mod ui;
mod validation;

pub use self::server::Fake;
