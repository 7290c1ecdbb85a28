//! What a login must do on the fake and on every real Kratos alike, and logins that need a configuration of the server.

mod codes;
mod login;
mod second_factor;
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::schemas::{customer::CustomerTraits, member::MemberTraits};
use kratos_traits_tests::server::Server;
use serde_json::json;

#[tokio::test]
async fn a_change_waits_for_a_code_on_the_fake() -> Result<(), Failure> {
    let server = Server::fake::<MemberTraits>().await?;
    if let Server::Fake(fake) = &server {
        fake.allow_logins_by_code(true);
    }
    codes::a_change_waits_for_a_code(&server).await
}

/// A server that asks for the identifier first lets a password in all the same.
async fn a_first_login_where_the_identifier_comes_first() -> Result<(), Failure> {
    let login = json!({ "style": "identifier_first" });
    let config = json!({ "selfservice": { "flows": { "login": login } } });
    let server = Server::real_with::<CustomerTraits>(config).await?;
    login::a_login_opens_a_session_and_a_fresh_one_keeps_it(&server).await
}

async fn a_change_waits_for_a_code() -> Result<(), Failure> {
    let code = json!({ "passwordless_enabled": true });
    let config = json!({ "selfservice": { "methods": { "code": code } } });
    let server = Server::real_with::<MemberTraits>(config).await?;
    codes::a_change_waits_for_a_code(&server).await
}

async fn a_code_can_be_the_second_factor() -> Result<(), Failure> {
    let code = json!({ "mfa_enabled": true });
    let config = json!({ "selfservice": { "methods": { "code": code } } });
    let server = Server::real_with::<MemberTraits>(config).await?;
    codes::a_code_can_be_the_second_factor(&server).await
}

async fn an_expired_login_is_gone() -> Result<(), Failure> {
    let config = json!({ "selfservice": { "flows": { "login": { "lifespan": "1ms" } } } });
    let server = Server::real_with::<CustomerTraits>(config).await?;
    login::an_expired_login_is_gone(&server).await
}

async fn a_change_waits_for_a_backup_code() -> Result<(), Failure> {
    let server = Server::real::<CustomerTraits>().await?;
    second_factor::a_change_waits_for_a_backup_code(&server).await
}

async fn a_login_waits_for_a_verified_address() -> Result<(), Failure> {
    let hooks = json!({ "hooks": [{ "hook": "require_verified_address" }] });
    let login = json!({ "after": { "password": hooks } });
    let config = json!({ "selfservice": { "flows": { "login": login } } });
    let server = Server::real_with::<CustomerTraits>(config).await?;
    login::a_login_waits_for_a_verified_address(&server).await
}

kratos_traits_tests::live! {
    a_login_waits_for_a_verified_address,
    a_first_login_where_the_identifier_comes_first,
    a_change_waits_for_a_code,
    a_code_can_be_the_second_factor,
    an_expired_login_is_gone,
    a_change_waits_for_a_backup_code,
}

mod alike {
    use super::{login, second_factor};

    kratos_traits_tests::on_each_server! {
        login::a_login_opens_a_session_and_a_fresh_one_keeps_it: customer::CustomerTraits,
        login::a_wrong_password_is_refused: customer::CustomerTraits,
        login::somebody_else_gets_another_session: customer::CustomerTraits,
        login::an_unknown_session_has_no_fresh_login: customer::CustomerTraits,
        second_factor::a_change_waits_for_an_authenticator: customer::CustomerTraits,
    }
}
