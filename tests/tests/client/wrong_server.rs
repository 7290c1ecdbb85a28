//! A base URL that is not right: the error says what it looks like, and what to use.

use http::Response;
use kratos_traits::client::SendError;
use kratos_traits::{AdminClient, AdminToken, Client, Error, SessionToken};
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::scripted::Scripted;
use kratos_traits_tests::server::Server;

use crate::server::{Part, ScriptedServer};

/// The beginning of errors about the base URL of the other API.
const IS_ADMIN: &str = "this looks like Kratos's admin API (usually port 4434)";
const IS_PUBLIC: &str = "this looks like Kratos's public API (usually port 4433)";

on_each_client! {
    fn https_for_http(client) {
        // A server without TLS answers the first message of TLS with an error of HTTP.
        let part = Part::SayToAnything("HTTP/1.1 400 Bad Request\r\n\r\n".to_owned());
        let server = ScriptedServer::new([part]);
        let error = client.update(&server.url.replace("http:", "https:")).unwrap_err();
        assert!(matches!(error, Error::Send { error: SendError::NoTls(_), .. }), "{error:?}");
        assert_eq!(
            error.to_string(),
            "creating the settings flow: the server does not speak TLS: begin the base URL with http://, or use the port for \
             https"
        );
    }

    fn http_for_https(client) {
        for text in [
            "Client sent an HTTP request to an HTTPS server.\n",
            "<center>The plain HTTP request was sent to HTTPS port</center>",
        ] {
            let server = ScriptedServer::new([Part::answer("400 Bad Request", "", text)]);
            let error = client.update(&server.url).unwrap_err().to_string();
            assert!(error.ends_with("begin the base URL with https://"), "{error}");
        }
    }
}

fn redirect(location: &str) -> Response<Vec<u8>> {
    let response = Response::builder().status(307).header("Location", location);
    response.body(Vec::new()).unwrap()
}

fn of_public(response: Response<Vec<u8>>) -> String {
    let script = Scripted::new([response]);
    let session = SessionToken::new("ory_st_example").unwrap();
    let call = script.client.whoami::<CustomerTraits>(&session);
    script.result(call).unwrap_err().to_string()
}

fn of_admin(response: Response<Vec<u8>>) -> String {
    let script = Scripted::new([response]);
    let call = script.admin.identity::<CustomerTraits>("0b9cbd3b");
    script.result(call).unwrap_err().to_string()
}

/// v1.3.1 redirects to `/admin/…`, v26.2.0 to the public URL of its configuration.
#[test]
fn the_redirects_of_the_other_port() {
    for location in [
        "/admin/sessions/whoami",
        "http://auth.example.org/sessions/whoami",
    ] {
        let error = of_public(redirect(location));
        assert!(error.contains(IS_ADMIN), "{error}");
    }
    let error = of_admin(redirect(
        "http://auth.example.org/base/admin/identities/0b9cbd3b",
    ));
    assert!(error.contains(IS_PUBLIC), "{error}");
}

#[test]
fn other_redirects() {
    let error = of_public(redirect("https://127.0.0.1:4433/sessions/whoami"));
    assert!(
        error.contains("begin the base URL with https://"),
        "{error}"
    );
    let error = of_public(redirect("https://example.org/login"));
    assert!(error.contains("unexpected redirect: either"), "{error}");
    // The path of the base URL of v1.3.1's admin API.
    let error = of_admin(redirect("/admin/base/admin/identities/0b9cbd3b"));
    assert!(error.contains("`/admin/identities` must lie"), "{error}");
}

#[test]
fn kinds_of_tokens() {
    let cookie = format!("MTczMDEwNTI4Mn{}", "x".repeat(200));
    let jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl";
    let cases = [
        ("Bearer ory_st_example", "leave out `Bearer`"),
        ("bearer", "leave out `Bearer`"),
        ("ory_kratos_session=MTczMDEwNTI4Mn", "a cookie of a browser"),
        ("ory_session_slug=x; Path=/", "a cookie of a browser"),
        (&cookie, "a cookie of a browser"),
        (jwt, "a JSON Web Token"),
        ("ory_pat_example", "an API key is an `AdminToken`"),
        ("ory_at_example", "a token of OAuth2"),
        ("", "visible ASCII text"),
        ("two words", "visible ASCII text"),
    ];
    for (text, expected) in cases {
        let error = SessionToken::new(text).unwrap_err().to_string();
        assert!(error.contains(expected), "{text}: {error}");
    }
    for fine in [
        "ory_st_example",
        "MT",
        "0123456789abcdefghijABCDEFGHIJ01",
        "a=b",
    ] {
        assert!(SessionToken::new(fine).is_ok(), "{fine}");
    }

    let error = AdminToken::new("ory_st_example").unwrap_err().to_string();
    assert!(error.contains("the session token of a person"), "{error}");
    assert!(AdminToken::new("Bearer ory_pat_example").is_err());
    // A gateway in front of the admin API may need one.
    assert!(AdminToken::new(jwt).is_ok());
}

/// The port of one API for the other, and a base path that Kratos does not have.
pub(crate) async fn wrong_urls(server: &Server) -> Result<(), Failure> {
    let (public, admin) = (server.public_url(), server.admin_url());
    let session = SessionToken::new("ory_st_example").unwrap();
    for (url, expected) in [
        (&admin, IS_ADMIN),
        (
            &format!("{public}/kratos"),
            "`/self-service` and `/sessions` must lie",
        ),
    ] {
        let client = Client::new(url).unwrap();
        let read = client.whoami::<CustomerTraits>(&session).await;
        let created = client
            .settings(&session)
            .update(&kratos_traits_tests::updaters::rename("Countess"))
            .await;
        let logged_in = client
            .login_with_password("ada@example.org", "secret")
            .await;
        for error in [read.err(), created.err(), logged_in.err()] {
            let error = error.map(|error| error.to_string()).unwrap_or_default();
            assert!(error.contains(expected), "{url}: {error}");
        }
    }
    for (url, expected) in [
        (&public, IS_PUBLIC),
        (&format!("{admin}/admin"), "`/admin/identities` must lie"),
    ] {
        let admin = AdminClient::new(url).unwrap();
        let read = admin.identity::<CustomerTraits>("0b9cbd3b-0000-4000-8000-000000000000");
        let error = read.await.err().map(|error| error.to_string());
        let error = error.unwrap_or_default();
        assert!(error.contains(expected), "{url}: {error}");
    }
    Ok(())
}
