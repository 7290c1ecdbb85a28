//! What cannot be removed.

use super::{Pair, Target};
use crate::errors::Errors;
use crate::facts::{Facts, Role};
use crate::updater::Effect;

pub(super) fn check(pair: &Pair<'_>, facts: &Facts, errors: &mut Errors) {
    if pair.field.effect != Effect::SetRemoveOrKeep {
        return;
    }
    let (touched, problem) = match pair.target {
        Target::Flattened(_) => {
            errors.on(
                &pair.field.value,
                "there is nothing to remove in an updater of the same object\n\n\
                 help: write one `Option`, or none",
            );
            return;
        }
        Target::Item(array, _) => (
            array,
            "an item cannot be removed by its position".to_owned(),
        ),
        Target::Trait(touched) | Target::Nested(touched) => {
            let path = touched.shown_path();
            if touched.required {
                (
                    touched,
                    format!("`{path}` is required, so it cannot be removed"),
                )
            } else if let Some(credential) = touched.last_of {
                let is = if touched.roles.iter().any(Role::is_identifier) {
                    "is"
                } else {
                    "holds"
                };
                (
                    touched,
                    format!(
                        "`{path}` {is} the only identifier of `{credential}`: Kratos would keep the old one for login"
                    ),
                )
            } else {
                return;
            }
        }
    };
    let help = match pair.target {
        Target::Item(..) => "help: change the array as a whole".to_owned(),
        _ => "help: write one `Option`, which sets or keeps".to_owned(),
    };
    let note = facts.note(touched);
    errors.on(&pair.field.value, format!("{problem}\n\n{help}\n{note}"));
}
