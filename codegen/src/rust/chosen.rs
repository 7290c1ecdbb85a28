//! What the settings say instead of what the planner would.

use super::names;
use super::planner::Planner;
use super::types::Ty;
use crate::model::Type;
use crate::schema::{Found, Spot};
use crate::settings::TraitSettings;

impl<'p, 's> Planner<'p, 's> {
    /// The settings of the value at hand.
    pub(super) fn settings(&self) -> &'p TraitSettings {
        self.context.settings.of_trait(&self.at)
    }

    pub(super) fn derives(&self) -> Vec<String> {
        let everywhere = self.context.settings.derives();
        let here = self.settings().derives();
        everywhere.chain(here).map(String::from).collect()
    }

    /// The field for a member of the object at hand.
    pub(super) fn field_name(&mut self, member: &'s str) -> String {
        self.at.push(member);
        let set = self.settings().field();
        self.at.pop();
        set.map_or_else(|| names::field(member), String::from)
    }

    /// The type that the settings name for the value at hand, by its path or its format.
    pub(super) fn chosen(&mut self, value: &Type<'s>, spot: Spot) -> Option<Ty> {
        self.paths.push(self.at.clone());
        let settings = self.settings();
        // The setting is for the value that is there: the code keeps null apart by itself.
        let (value, is_nullable) = match value {
            Type::Nullable(inner) => (&**inner, true),
            value => (value, false),
        };
        let chosen = |ty: &str| {
            let ty = Ty::Chosen(ty.into());
            if is_nullable {
                Ty::Option(Box::new(ty))
            } else {
                ty
            }
        };
        if let Some(ty) = settings.ty() {
            return Some(chosen(ty));
        }
        let is_own_type = matches!(value, Type::Object(_) | Type::Choice(_));
        if settings.is_of_a_type() && !is_own_type {
            let path = self.at.join(".");
            self.problems.report(
                spot,
                format!(
                    "a name, derives or attributes are set for the type of `{path}`, which has no struct or enum of its own; set them for what has one"
                ),
            );
        }
        match value {
            Type::String(format) => self.context.settings.type_of_format(*format).map(chosen),
            _ => None,
        }
    }

    /// Names are set for values that are there.
    pub(super) fn check_values(&mut self, values: &[Found<&'s str>]) {
        for value in self.settings().values() {
            if !values.iter().any(|found| found.value == value) {
                let path = self.at.join(".");
                self.problems.report(
                    values.first().map_or_else(Spot::default, |found| found.spot),
                    format!("a name is set for the value {value:?} of `{path}`, which has no such value; write one of these"),
                );
            }
        }
    }

    /// A struct or enum for the value at hand, under the name that is set for it.
    pub(super) fn named(&mut self, write: impl FnOnce(&mut Self)) -> Ty {
        let set = self.settings().type_name();
        let name = set.map_or_else(|| self.name.clone(), String::from);
        let usual = std::mem::replace(&mut self.name, name.clone());
        write(self);
        self.name = usual;
        Ty::Named(name)
    }
}
