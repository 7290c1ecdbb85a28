//! The traits struct as an update of its own: a whole form that replaces all that it names.

use std::fmt::Write as _;

use super::permit::Access;
use super::plan::{Entry, Plan};
use super::{Context, layout};

pub(crate) fn write(out: &mut String, plan: &Plan<'_>, context: &Context<'_>) {
    let runtime = context.runtime;
    let Some(traits) = plan.tables.first() else {
        return;
    };
    let root = &traits.ty;
    let privileged = |entry: &Entry<'_>| entry.permit.access == Access::Privileged;
    let access = if plan.entries.iter().any(privileged) {
        "Privileged"
    } else {
        "Ordinary"
    };
    layout::implementation(
        out,
        &format!("{runtime}::SettingsUpdate"),
        root,
        context.settings,
    );
    let _ = write!(
        out,
        "    type Traits = Self;
    type Access = {runtime}::marker::{access};
    const FIELDS: &'static [{runtime}::UpdaterField] =
        &[{runtime}::UpdaterField::Whole {{
            traits: <Self as {runtime}::TraitsObject>::TRAITS,
        }}];

    fn patch(&self) -> {runtime}::Patch<Self> {{
        {runtime}::__private::whole(self)
    }}
}}
"
    );
}
