//! What holds secrets itself, and clients.

use http::Request;
use http::Response;
use kratos_traits::PublicUrl;
use kratos_traits::RawTraits;
use kratos_traits::SessionToken;
use kratos_traits::client::AdminApiClient;
use kratos_traits::client::Limits;
use kratos_traits::client::PublicClient;
use kratos_traits::exchange::AdminToken;
use kratos_traits::exchange::AdminUrl;
use kratos_traits::exchange::BrowserCookies;
use kratos_traits::exchange::Forwarded;
use kratos_traits::exchange::Native;
use kratos_traits::exchange::SendError;
use kratos_traits::flow::SealingKey;
use kratos_traits::flow::Secret;
use kratos_traits_tests::schemas::customer::CustomerTraits;

use crate::script::{
    COOKIES, EMAIL, SECRET, change_email, quiet, quiet_error, rename, seen, server, session,
};

#[test]
fn tokens_cookies_and_passwords() {
    let token = quiet("SessionToken", session());
    seen("Native", Native::new(token));
    seen("AdminToken", AdminToken::new("ory_pat_s3cr3t").unwrap());
    quiet_error("InvalidToken", SessionToken::new("s3cr3t\n").unwrap_err());
    quiet_error("InvalidToken", AdminToken::new("s3cr3t\n").unwrap_err());
    quiet_error(
        "InvalidUrl",
        "http://a:s3cr3t@b".parse::<PublicUrl>().unwrap_err(),
    );
    quiet_error(
        "InvalidUrl",
        "http://a:s3cr3t@b".parse::<AdminUrl>().unwrap_err(),
    );
    seen("Secret", Secret::from("s3cr3t"));
    let mut key = [7; 32];
    key[..6].copy_from_slice(SECRET.as_bytes());
    let key = quiet("SealingKey", SealingKey::new(key));
    assert!(
        !format!("{key:?}").contains("115, 51"),
        "the bytes of the key"
    );
    let cookies = quiet("BrowserCookies", BrowserCookies::new([COOKIES]));
    seen("Forwarded", Forwarded::new(cookies));
}

#[test]
fn clients_and_calls() {
    let http = |_: Request<Vec<u8>>, _: Limits| {
        Err::<Response<Vec<u8>>, SendError>(SendError::no_answer("none"))
    };
    let client = quiet("PublicClient", PublicClient::with(http, server()));
    let session = session();
    seen("Settings", client.settings(&session));
    seen("Call", client.settings(&session).update(&change_email()));
    seen("OnBehalf", client.native(&session));
    let cookies = BrowserCookies::new([COOKIES]);
    seen("OnBehalf", client.forwarding(&cookies));
    seen(
        "Call",
        client.forwarding(&cookies).settings().update(&rename()),
    );
    seen("Login", client.login(&session).identifier(EMAIL));
    seen(
        "Call",
        client.login(&session).refresh_with_password("s3cr3t"),
    );
    seen("Call", client.login_with_password(EMAIL, "s3cr3t"));
    let admin = AdminApiClient::with(http, "http://127.0.0.1:4434".parse().unwrap());
    let admin = quiet(
        "AdminApiClient",
        admin.token(AdminToken::new("ory_pat_s3cr3t").unwrap()),
    );
    let base = RawTraits::parse(r#"{"email":"s3cr3t"}"#).unwrap();
    seen("Edit", admin.edit("0b9cbd3b").based_on(&base));
    seen("Call", admin.edit("0b9cbd3b").update(&rename()));
    seen(
        "Call",
        admin.identity_by_identifier::<CustomerTraits>(EMAIL),
    );
}
