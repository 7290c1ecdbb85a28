//! Reports removals of traits that cannot be removed.

use super::{Pair, Target};
use crate::errors::Errors;
use crate::table::Companion;
use crate::updater::Effect;

pub(super) fn check(pair: &Pair<'_>, table: &Companion, errors: &mut Errors) {
    if pair.field.effect != Effect::SetRemoveOrKeep {
        return;
    }
    let (changed, problem) = match &pair.target {
        Target::Flattened(_) => {
            errors.on(
                &pair.field.value,
                "an updater of the same object has nothing to remove\n\n\
                 help: write one `Option`, or none",
            );
            return;
        }
        Target::Item(array, _) => (
            array,
            "an item cannot be removed by its position".to_owned(),
        ),
        Target::Trait(changed) | Target::Nested(changed) => {
            let path = changed.shown_path();
            let row = &changed.row;
            let problem = if row.required {
                format!("`{path}` is required, so it cannot be removed")
            } else if let Some(credential) = row.only.first() {
                let is_identifier = row.roles.iter().any(|role| role.is_identifier());
                let is = if is_identifier { "is" } else { "holds" };
                let credential = credential.word();
                format!(
                    "`{path}` {is} the only identifier of `{credential}`: Kratos would keep the old one for login"
                )
            } else {
                return;
            };
            (changed, problem)
        }
    };
    let help = match pair.target {
        Target::Item(..) => "help: change the array as a whole",
        _ => "help: write one `Option`, which sets or keeps",
    };
    let note = table.note(changed);
    errors.on(&pair.field.value, format!("{problem}\n\n{help}\n{note}"));
}
