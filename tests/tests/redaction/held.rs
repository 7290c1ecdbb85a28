//! What holds secrets itself, and clients.

use kratos_traits::login::Secret;
use kratos_traits::settings::SealingKey;
use kratos_traits::{
    AdminClient, AdminToken, Auth, BrowserCookies, Client, RawTraits, SessionToken,
};
use kratos_traits_tests::scripted::Scripted;

use crate::script::{COOKIES, EMAIL, SECRET, quiet, quiet_error, seen, session};

#[test]
fn tokens_cookies_and_passwords() {
    seen("SessionToken", session());
    seen("AdminToken", AdminToken::new("ory_pat_s3cr3t").unwrap());
    quiet_error("InvalidToken", SessionToken::new("s3cr3t\n").unwrap_err());
    quiet_error("InvalidToken", AdminToken::new("s3cr3t\n").unwrap_err());
    let url = "http://a:s3cr3t@b";
    quiet_error("InvalidUrl", Client::new(url).unwrap_err());
    quiet_error("InvalidUrl", AdminClient::new(url).unwrap_err());
    seen("Secret", Secret::from("s3cr3t"));
    let mut key = [7; 32];
    key[..6].copy_from_slice(SECRET.as_bytes());
    let key = quiet("SealingKey", SealingKey::new(key));
    assert!(
        !format!("{key:?}").contains("115, 51"),
        "the bytes of the key"
    );
    seen("BrowserCookies", BrowserCookies::new([COOKIES]));
}

#[test]
fn clients_and_handles() {
    let script = Scripted::new([]);
    let client = quiet("Client", &script.client);
    let session = session();
    seen("Settings", client.settings(&session));
    seen("Auth", Auth::from(&session));
    let mut cookies = BrowserCookies::new([COOKIES]);
    seen("Auth", Auth::from(&mut cookies));
    seen("Settings", client.settings(&mut cookies));
    seen("Login", client.login(&session).identifier(EMAIL));
    let token = AdminToken::new("ory_pat_s3cr3t").unwrap();
    let admin = quiet("AdminClient", script.admin.clone().token(token));
    let base = RawTraits::parse(r#"{"email":"s3cr3t"}"#).unwrap();
    seen("Edit", admin.edit("0b9cbd3b").based_on(&base));
}
