//! Logins that only a real Kratos plays: with codes, and with second factors.

use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::scenarios;
use kratos_traits_tests::schemas::{customer::CustomerTraits, member::MemberTraits};
use kratos_traits_tests::server::Server;
use serde_json::json;

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
    let config = json!({ "selfservice": {
        "methods": { "code": { "mfa_enabled": true } },
        "flows": { "settings": { "required_aal": "highest_available" } },
    } });
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
async fn a_change_waits_for_an_authenticator() -> Result<(), Failure> {
    let server = with_second_factors().await?;
    scenarios::a_change_waits_for_an_authenticator(&server).await
}

#[tokio::test]
#[cfg_attr(
    not(feature = "live"),
    ignore = "needs --features live: builds and starts a real Kratos"
)]
async fn a_change_waits_for_a_backup_code() -> Result<(), Failure> {
    let server = with_second_factors().await?;
    scenarios::a_change_waits_for_a_backup_code(&server).await
}

/// A server that wants a second factor of whoever has one.
async fn with_second_factors() -> Result<Server, Failure> {
    let config = json!({ "selfservice": {
        "methods": { "totp": { "enabled": true }, "lookup_secret": { "enabled": true } },
        "flows": { "settings": { "required_aal": "highest_available" } },
    } });
    Server::real_with::<CustomerTraits>(config).await
}
