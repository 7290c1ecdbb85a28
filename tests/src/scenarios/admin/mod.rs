//! Uses of the admin API, without the person's login.

mod concurrent;
mod find;
mod refused;
mod save;

pub use self::concurrent::{
    a_change_in_the_last_moment_is_overwritten, a_conflict_is_told_with_all_three_values,
    parts_of_a_new_object_meet, what_is_removed_in_the_last_moment_stays_so,
    what_others_change_stays,
};
pub use self::find::people_are_found;
pub use self::refused::{
    a_taken_identifier_says_so, the_public_api_is_not_the_admin_api,
    what_breaks_the_schema_is_not_sent,
};
pub use self::save::{
    a_privileged_update_moves_the_login, an_ordinary_trait_needs_no_login, names_of_every_kind,
    nothing_to_change_is_not_sent,
};

use std::fmt::Debug;

use kratos_traits::admin::AdminSaved;
use kratos_traits::{AdminOutcome, Error};

use super::updaters::Rename;
use crate::kratos::Failure;

/// The outcome, or a failure if there is none.
fn ended<T>(outcome: Result<T, Error>) -> Result<T, Failure> {
    outcome.map_err(|error| Failure::because("no outcome", &error))
}

/// The saved change, or a failure that shows the other outcome.
fn saved<T: Debug>(outcome: Result<AdminOutcome<T>, Error>) -> Result<AdminSaved<T>, Failure> {
    match ended(outcome)? {
        AdminOutcome::Saved(saved) => Ok(*saved),
        other => Err(Failure::new(format_args!("not saved: {other:?}"))),
    }
}

fn rename(nickname: &str) -> Rename {
    Rename {
        nickname: Some(Some(nickname.to_owned())),
    }
}
