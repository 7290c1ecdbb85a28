//! Names that are taken: two things with one name are found out, or told apart.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use super::names;
use super::plan::Planner;
use crate::schema::{Found, Spot};

impl<'s> Planner<'_, 's> {
    /// Two values that would be one variant are told apart by a number, unless the settings name them.
    pub(super) fn variants(&mut self, values: &[Found<&'s str>]) -> Vec<(String, &'s str)> {
        let mut taken: HashMap<String, Found<&'s str>> = HashMap::with_capacity(values.len());
        let mut variants = Vec::with_capacity(values.len());
        self.check_values(values);
        let settings = self.settings();
        for value in values {
            let Some(set) = settings.variant(value.value) else {
                continue;
            };
            if let Some(other) = taken.insert(String::from(set), *value) {
                self.collision(
                    value.spot,
                    value.value,
                    other.value,
                    other.spot,
                    "variant",
                    set,
                );
            }
        }
        for value in values {
            let set = settings.variant(value.value).map(String::from);
            let name = set.unwrap_or_else(|| {
                let plain = names::variant(value.value);
                let mut name = plain.clone();
                let mut number = 2;
                while taken.contains_key(&name) {
                    name = format!("{plain}{number}");
                    number += 1;
                }
                taken.insert(name.clone(), *value);
                name
            });
            variants.push((name, value.value));
        }
        variants
    }

    pub(super) fn take_type(&mut self, spot: Spot) {
        let path = self.path.join(".");
        match self.types.entry(self.name.clone()) {
            Slot::Vacant(slot) => {
                slot.insert((path, spot));
            }
            Slot::Occupied(slot) => {
                let (other, other_spot) = slot.get().clone();
                let name = self.name.clone();
                self.collision(spot, &path, &other, other_spot, "type", &name);
            }
        }
    }

    pub(super) fn collision(
        &mut self,
        spot: Spot,
        one: &str,
        other: &str,
        other_spot: Spot,
        what: &str,
        name: &str,
    ) {
        let place = self.context.read.place(other_spot);
        let setting = match what {
            "field" => "rename",
            "type" => "rename_type",
            _ => "rename_value",
        };
        self.problems.report(
            spot,
            format!(
                "{one:?} and {other:?} (at {}:{}) would both be the {what} `{name}`; rename one of them, here or with the setting `{setting}`",
                place.line, place.column
            ),
        );
    }
}
