//! The conformance scenarios: what must happen on the stand-in and on every real Kratos alike.
//!
//! Where the two differ, the stand-in is wrong.

mod browser;
mod change;
mod codes;
mod login;
mod privileged;
mod refused;
mod second_factor;
pub mod updaters;

pub use browser::{
    a_browser_change_waits_for_a_login, a_browser_returns_where_it_may, a_browser_update_is_saved,
    a_browser_without_a_session, a_forged_submit_is_refused,
    a_new_csrf_cookie_goes_with_the_submit, native_and_browser_are_not_mixed,
    the_browser_itself_updates,
};
pub use change::{
    nothing_else_changes, only_what_the_updater_names_is_replaced, removing_removes_the_key,
};
pub use codes::{a_change_waits_for_a_code, a_code_can_be_the_second_factor};
pub use login::{
    a_login_opens_a_session_and_a_fresh_one_keeps_it, a_session_that_is_none_has_no_fresh_login,
    a_wrong_password_is_told, an_expired_login_is_gone, somebody_else_gets_another_session,
};
pub use privileged::{a_username_change_waits_for_a_login, an_email_change_waits_for_a_login};
pub use refused::{
    a_session_that_is_none_is_gone, a_taken_email_says_so, what_is_wrong_stands_on_its_trait,
};
pub use second_factor::{a_change_waits_for_a_backup_code, a_change_waits_for_an_authenticator};

use std::fmt::Debug;

use kratos_traits::flow::Saved;
use kratos_traits::{Error, Outcome};

use crate::kratos::Failure;

/// The saved change, or a failure that says what came instead.
fn saved<T: Debug>(outcome: Result<Outcome<T>, Error>) -> Result<Saved<T>, Failure> {
    match ended(outcome)? {
        Outcome::Saved(saved) => Ok(saved),
        other => Err(Failure::new(format_args!("not saved: {other:?}"))),
    }
}

/// The outcome, whatever it is.
fn ended<T>(outcome: Result<Outcome<T>, Error>) -> Result<Outcome<T>, Failure> {
    outcome.map_err(|error| Failure::because("no outcome", &error))
}

/// Makes a test of each scenario, on the servers that `$start` starts.
#[macro_export]
macro_rules! run_scenarios {
    ($start:ident, $(#[$attribute:meta])*) => {
        $crate::run_scenarios! {
            $start, [$(#[$attribute])*]
            nothing_else_changes: customer::CustomerTraits,
            only_what_the_updater_names_is_replaced: subscriber::SubscriberTraits,
            removing_removes_the_key: customer::CustomerTraits,
            an_email_change_waits_for_a_login: customer::CustomerTraits,
            a_username_change_waits_for_a_login: member::MemberTraits,
            what_is_wrong_stands_on_its_trait: customer::CustomerTraits,
            a_taken_email_says_so: customer::CustomerTraits,
            a_session_that_is_none_is_gone: customer::CustomerTraits,
            a_browser_update_is_saved: customer::CustomerTraits,
            a_new_csrf_cookie_goes_with_the_submit: customer::CustomerTraits,
            a_forged_submit_is_refused: customer::CustomerTraits,
            a_browser_without_a_session: customer::CustomerTraits,
            a_browser_change_waits_for_a_login: customer::CustomerTraits,
            a_browser_returns_where_it_may: customer::CustomerTraits,
            the_browser_itself_updates: customer::CustomerTraits,
            native_and_browser_are_not_mixed: customer::CustomerTraits,
            a_login_opens_a_session_and_a_fresh_one_keeps_it: customer::CustomerTraits,
            a_wrong_password_is_told: customer::CustomerTraits,
            somebody_else_gets_another_session: customer::CustomerTraits,
            a_session_that_is_none_has_no_fresh_login: customer::CustomerTraits,
            a_change_waits_for_an_authenticator: customer::CustomerTraits,
        }
    };
    ($start:ident, $attributes:tt $($scenario:ident: $module:ident::$traits:ident,)*) => {
        $($crate::run_scenarios!(@one $start, $attributes $scenario: $module::$traits);)*
    };
    (@one $start:ident, [$(#[$attribute:meta])*] $scenario:ident: $module:ident::$traits:ident) => {
        #[tokio::test]
        $(#[$attribute])*
        async fn $scenario() -> Result<(), $crate::kratos::Failure> {
            let server = $crate::server::Server::$start::<$crate::schemas::$module::$traits>().await?;
            $crate::scenarios::$scenario(&server).await
        }
    };
}
