//! A fake of Kratos on 127.0.0.1, for tests and examples.
//!
//! [`Fake`] is a small HTTP server in the process of the test. It is driven by an identity schema
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
//! - A submit replaces all traits; none at all are `{}`; absent objects are filled in with `{}`.
//! - A person whose session is old changes no identifier and no address to verify: 403
//!   `session_refresh_required`, and a cookie that a native client must not send back.
//! - Of a credential whose last identifier is removed, the old identifier stays; no login is asked for.
//! - An identifier or address of somebody else is refused with message 4000007 of the whole flow,
//!   an empty identifier with status 500.
//! - A JSON Patch changes traits, metadata and whether an address is verified; the operation `test` is
//!   refused, as by every known version of Kratos.
//! - A person with a verified address changes nothing with an old session (ory/kratos#4435).
//! - A native submit with `Cookie` or `Origin` is refused; flows of others, unknown and expired ones
//!   are.
//! - Browsers are known by the cookie `ory_kratos_session`, and a submit of theirs by a cookie
//!   `csrf_token_…` that fits the token in the form: 403 `security_csrf_violation`. They may return to
//!   [`Fake::RETURN_URL`] and whatever begins with it.
//!
//! # What it does not implement
//!
//! - What [`Schema::check`](kratos_traits::Schema::check) leaves to Kratos is let through: most formats, composed schemas,
//!   referenced schemas, `dependencies`; an address without `format: email` may be any text. Roles
//!   inside the objects of an array do nothing.
//! - Registration in a browser, forms, flat JSON (`"traits.email": …`), other methods, verification and
//!   recovery, the rest of the admin API: status 501, or nothing at all where Kratos does something by
//!   itself.
//! - Everybody has the same authenticator app ([`Fake::TOTP_CODE`]) and no other second factor.
//! - No address is verified by itself, not by the code of a login either
//!   ([`Fake::verify_addresses`] and the admin API do it), and with several addresses nothing is
//!   refused at random.
//! - Phone numbers are compared by their digits; numbers that do not exist are not refused.
//! - Passwords are only measured: at least 8 bytes. They are kept as they are, in memory.
//! - Everything is answered in JSON, whatever `Accept` says, and nothing ends by itself:
//!   [`Fake::age_sessions`] and [`Fake::expire_flows`] stand for the clock.

mod admin;
mod body;
mod browser;
mod clock;
mod connection;
mod error;
mod expired;
mod failure;
mod flow;
mod identifiers;
mod ids;
mod injection;
mod login;
mod login_code;
mod paths;
mod person;
mod registration;
mod reply;
mod request;
mod route;
mod schemas;
mod second_factor;
mod server;
mod session;
mod settings;
mod state;
mod ui;
mod validation;
mod whoami;

pub use self::server::Fake;
