//! What a test expected of a call, or a failure that shows the other outcome.

use std::fmt::Debug;

use kratos_traits::login::{LoggedIn, LoginProblems};
use kratos_traits::settings::Saved;
use kratos_traits::{
    AdminOutcome, Error, IdentityTraits, LoginOutcome, Outcome, Pending, SettingsUpdate,
};

use crate::kratos::Failure;
use crate::server::{Person, Server};

/// The outcome, or a failure if the call failed.
pub fn ended<T>(outcome: Result<T, Error>) -> Result<T, Failure> {
    outcome.map_err(|error| Failure::because("no outcome", &error))
}

/// A failure that shows an outcome.
pub fn unexpected(outcome: &dyn Debug) -> Failure {
    Failure::new(format_args!("another outcome: {outcome:?}"))
}

/// The saved change.
pub fn saved<T: Debug>(outcome: Result<Outcome<T>, Error>) -> Result<Saved<T>, Failure> {
    match ended(outcome)? {
        Outcome::Saved(saved) => Ok(saved),
        other => Err(unexpected(&other)),
    }
}

/// The change that the admin API saved.
pub fn saved_by_admin<T: Debug>(
    outcome: Result<AdminOutcome<T>, Error>,
) -> Result<Saved<T>, Failure> {
    match ended(outcome)? {
        AdminOutcome::Saved(saved) => Ok(*saved),
        other => Err(unexpected(&other)),
    }
}

/// The change that waits because the login is too old for it.
pub async fn refused<U: SettingsUpdate<Traits: IdentityTraits>>(
    server: &Server,
    person: &Person,
    update: &U,
) -> Result<Pending<U::Traits>, Failure> {
    let client = server.client()?;
    match ended(client.settings(&person.session).update(update).await)? {
        Outcome::ReauthenticationRequired(pending) => {
            assert!(pending.redirect_browser_to.is_some());
            Ok(pending)
        }
        _ => Err(Failure::new("an old login was good enough")),
    }
}

/// The login.
pub fn logged_in(outcome: Result<LoginOutcome, Error>) -> Result<LoggedIn, Failure> {
    match ended(outcome)? {
        LoginOutcome::LoggedIn(login) => Ok(login),
        other => Err(unexpected(&other)),
    }
}

/// The problems of wrong credentials.
pub fn wrong_credentials(outcome: Result<LoginOutcome, Error>) -> Result<LoginProblems, Failure> {
    match ended(outcome)? {
        LoginOutcome::WrongCredentials(problems) => Ok(problems),
        other => Err(unexpected(&other)),
    }
}
