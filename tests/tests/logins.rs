//! Logins that a server must be set up for: with codes that are sent, and with backup codes.

use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::scenarios;
use kratos_traits_tests::schemas::{customer::CustomerTraits, member::MemberTraits};
use kratos_traits_tests::server::Server;
use serde_json::json;

#[tokio::test]
async fn a_change_waits_for_a_code_on_the_stand_in() -> Result<(), Failure> {
    let server = Server::fake::<MemberTraits>().await?;
    if let Server::Fake(fake) = &server {
        fake.allow_logins_by_code(true);
    }
    scenarios::a_change_waits_for_a_code(&server).await
}

/// A server that asks for the identifier first lets a password in all the same.
#[tokio::test]
#[cfg_attr(
    not(feature = "live"),
    ignore = "needs --features live: builds and starts a real Kratos"
)]
async fn a_first_login_where_the_identifier_comes_first() -> Result<(), Failure> {
    let login = json!({ "style": "identifier_first" });
    let config = json!({ "selfservice": { "flows": { "login": login } } });
    let server = Server::real_with::<CustomerTraits>(config).await?;
    scenarios::a_login_opens_a_session_and_a_fresh_one_keeps_it(&server).await
}

#[tokio::test]
#[cfg_attr(
    not(feature = "live"),
    ignore = "needs --features live: builds and starts a real Kratos"
)]
async fn a_change_waits_for_a_code() -> Result<(), Failure> {
    let code = json!({ "passwordless_enabled": true });
    let config = json!({ "selfservice": { "methods": { "code": code } } });
    let server = Server::real_with::<MemberTraits>(config).await?;
    scenarios::a_change_waits_for_a_code(&server).await
}

#[tokio::test]
#[cfg_attr(
    not(feature = "live"),
    ignore = "needs --features live: builds and starts a real Kratos"
)]
async fn a_code_can_be_the_second_factor() -> Result<(), Failure> {
    let code = json!({ "mfa_enabled": true });
    let config = json!({ "selfservice": { "methods": { "code": code } } });
    let server = Server::real_with::<MemberTraits>(config).await?;
    scenarios::a_code_can_be_the_second_factor(&server).await
}

#[tokio::test]
#[cfg_attr(
    not(feature = "live"),
    ignore = "needs --features live: builds and starts a real Kratos"
)]
async fn an_expired_login_is_gone() -> Result<(), Failure> {
    let config = json!({ "selfservice": { "flows": { "login": { "lifespan": "1ms" } } } });
    let server = Server::real_with::<CustomerTraits>(config).await?;
    scenarios::an_expired_login_is_gone(&server).await
}

#[tokio::test]
#[cfg_attr(
    not(feature = "live"),
    ignore = "needs --features live: builds and starts a real Kratos"
)]
async fn a_change_waits_for_a_backup_code() -> Result<(), Failure> {
    let server = Server::real::<CustomerTraits>().await?;
    scenarios::a_change_waits_for_a_backup_code(&server).await
}
