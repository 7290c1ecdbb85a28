//! The conformance scenarios: what must happen on the fake and on every real Kratos alike.
//!
//! Where the two differ, the fake is wrong.

mod admin;
mod blocking;
mod browser;
mod change;
mod codes;
mod login;
mod meanwhile;
mod neighbours;
mod pending;
mod privileged;
mod refused;
mod second_factor;
pub mod updaters;

pub use admin::{
    a_change_in_the_last_moment_is_overwritten, a_conflict_is_told_with_all_three_values,
    a_privileged_update_moves_the_login, a_taken_identifier_says_so,
    an_ordinary_trait_needs_no_login, names_of_every_kind, nothing_to_change_is_not_sent,
    parts_of_a_new_object_meet, people_are_found, the_public_api_is_not_the_admin_api,
    what_breaks_the_schema_is_not_sent, what_is_removed_in_the_last_moment_stays_so,
    what_others_change_stays,
};
pub use blocking::a_blocking_client_does_the_same;
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
pub use meanwhile::{
    a_conflict_is_seen_before_anything_is_sent, different_traits_merge,
    who_loses_a_race_learns_of_it,
};
pub use neighbours::{a_needed_login_is_foreseen, nobody_is_logged_in, who_is_logged_in};
pub use pending::{
    a_change_made_while_one_waits_is_a_conflict, a_harmless_change_is_told_apart,
    a_sealed_change_goes_on_in_another_process, nobody_else_resumes_a_change,
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
            different_traits_merge: customer::CustomerTraits,
            a_conflict_is_seen_before_anything_is_sent: customer::CustomerTraits,
            who_loses_a_race_learns_of_it: customer::CustomerTraits,
            a_sealed_change_goes_on_in_another_process: customer::CustomerTraits,
            nobody_else_resumes_a_change: customer::CustomerTraits,
            a_change_made_while_one_waits_is_a_conflict: customer::CustomerTraits,
            a_harmless_change_is_told_apart: customer::CustomerTraits,
            what_is_wrong_stands_on_its_trait: customer::CustomerTraits,
            a_taken_email_says_so: customer::CustomerTraits,
            a_session_that_is_none_is_gone: customer::CustomerTraits,
            a_blocking_client_does_the_same: customer::CustomerTraits,
            a_browser_update_is_saved: customer::CustomerTraits,
            a_new_csrf_cookie_goes_with_the_submit: customer::CustomerTraits,
            a_forged_submit_is_refused: customer::CustomerTraits,
            a_browser_without_a_session: customer::CustomerTraits,
            a_browser_change_waits_for_a_login: customer::CustomerTraits,
            a_browser_returns_where_it_may: customer::CustomerTraits,
            the_browser_itself_updates: customer::CustomerTraits,
            native_and_browser_are_not_mixed: customer::CustomerTraits,
            an_ordinary_trait_needs_no_login: customer::CustomerTraits,
            a_privileged_update_moves_the_login: customer::CustomerTraits,
            a_conflict_is_told_with_all_three_values: customer::CustomerTraits,
            a_change_in_the_last_moment_is_overwritten: customer::CustomerTraits,
            what_others_change_stays: customer::CustomerTraits,
            parts_of_a_new_object_meet: customer::CustomerTraits,
            what_is_removed_in_the_last_moment_stays_so: customer::CustomerTraits,
            nothing_to_change_is_not_sent: customer::CustomerTraits,
            a_taken_identifier_says_so: customer::CustomerTraits,
            what_breaks_the_schema_is_not_sent: customer::CustomerTraits,
            the_public_api_is_not_the_admin_api: customer::CustomerTraits,
            people_are_found: customer::CustomerTraits,
            who_is_logged_in: customer::CustomerTraits,
            nobody_is_logged_in: customer::CustomerTraits,
            a_needed_login_is_foreseen: customer::CustomerTraits,
            names_of_every_kind: subscriber::SubscriberTraits,
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
