//! Names that are taken: two things with one name are found out, or told apart.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use super::names::Thing;
use super::planner::Planner;
use super::reserved::is_reserved_type;
use super::{apart, names};
use crate::diagnostics::Warning;
use crate::schema::{Found, Spot};
use crate::settings;

impl<'s> Planner<'_, 's> {
    /// The variants for the values; those that would be one are told apart, with a warning, unless the settings name them.
    pub(super) fn variants(&mut self, values: &[Found<&'s str>]) -> Vec<(String, &'s str)> {
        self.check_values(values);
        let settings = self.settings();
        let mut names: HashMap<&'s str, String> = HashMap::with_capacity(values.len());
        let mut groups: HashMap<String, Vec<Found<&'s str>>> = HashMap::new();
        for value in values {
            match settings.variant(value.value) {
                Some(set) => drop(names.insert(value.value, set.into())),
                None => groups
                    .entry(names::variant(value.value))
                    .or_default()
                    .push(*value),
            }
        }
        let set: Vec<String> = names.values().cloned().collect();
        for (plain, group) in groups {
            if let [only] = &*group
                && !set.contains(&plain)
            {
                names.insert(only.value, plain);
                continue;
            }
            let texts: Vec<&'s str> = group.iter().map(|found| found.value).collect();
            let apart = apart::names(&texts);
            for later in &group[1..] {
                self.apart(group[0], *later, &plain, &apart);
            }
            names.extend(apart);
        }
        let named = values
            .iter()
            .filter_map(|value| Some((names.remove(value.value)?, value)));
        let named: Vec<_> = named.collect();
        let mut taken: HashMap<&str, Found<&'s str>> = HashMap::with_capacity(values.len());
        for (name, value) in &named {
            if let Some(other) = taken.insert(name, **value) {
                self.collision(**value, other, Thing::Variant, name);
            }
        }
        named
            .into_iter()
            .map(|(name, value)| (name, value.value))
            .collect()
    }

    /// Warns that two values have other names than one would think.
    fn apart(
        &mut self,
        first: Found<&'s str>,
        later: Found<&'s str>,
        plain: &str,
        names: &[(&'s str, String)],
    ) {
        let name = |value: &str| {
            let mut found = names.iter().filter(|(one, _)| *one == value);
            found.next().map_or("", |(_, name)| name).to_owned()
        };
        let message = format!(
            "{:?} and {:?} (at {}) would both be the variant `{plain}`, and so are `{}` and `{}`; set names of your own with {}",
            later.value,
            first.value,
            self.context.shown(first.spot),
            name(later.value),
            name(first.value),
            self.setting(Thing::Variant, later.value)
        );
        self.problems
            .warn(later.spot, Warning::CollidingValues, message);
    }

    /// Takes the name at hand for a struct or enum.
    pub(super) fn take_type(&mut self, spot: Spot) {
        let name = self.name.clone();
        if is_reserved_type(&name) {
            let message = format!(
                "the type would be named `{name}`, which the emitted code uses for something else; write another name with {}",
                self.setting(Thing::Type, "")
            );
            self.problems.report(spot, message);
        }
        self.take(name, spot);
    }

    /// Takes the name of the struct of what the struct at hand requires.
    pub(super) fn take_new_type(&mut self, spot: Spot) {
        self.take(format!("New{}", self.name), spot);
    }

    fn take(&mut self, name: String, spot: Spot) {
        let path = self.path.join(".");
        match self.types.entry(name.clone()) {
            Slot::Vacant(slot) => {
                slot.insert((path, spot));
            }
            Slot::Occupied(slot) => {
                let (other, other_spot) = slot.get().clone();
                let (one, other) = (
                    Found {
                        spot,
                        value: &*path,
                    },
                    Found {
                        spot: other_spot,
                        value: &*other,
                    },
                );
                self.collision(one, other, Thing::Type, &name);
            }
        }
    }

    /// Two things would have one name: an error, which says where both are and what to set.
    pub(super) fn collision(
        &mut self,
        one: Found<&str>,
        other: Found<&str>,
        what: Thing,
        name: &str,
    ) {
        let message = format!(
            "{:?} and {:?} (at {}) would both be the {what} `{name}`; rename one of them, here or with {}",
            one.value,
            other.value,
            self.context.shown(other.spot),
            self.setting(what, one.value)
        );
        self.problems.report(one.spot, message);
    }

    /// The setting that names `one` at this place: in the settings file, and in code.
    pub(super) fn setting(&self, what: Thing, one: &str) -> String {
        let mut path = self.at.clone();
        if what == Thing::Field {
            path.push(one);
        }
        let path = settings::written(&path);
        let (key, method) = match what {
            Thing::Field => ("rename".into(), format!("rename({path:?}, …)")),
            Thing::Type => ("rename_type".into(), format!("rename_type({path:?}, …)")),
            Thing::Variant => (
                format!("rename_value.{one:?}"),
                format!("rename_value({path:?}, {one:?}, …)"),
            ),
        };
        format!(
            "`{key} = \"…\"` under `[schemas.{}.traits.{path:?}]` in kratos-traits.toml, or `Options::{method}`",
            self.context.name
        )
    }
}
