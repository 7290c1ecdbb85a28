//! Editing and writing. Values without edits inside keep their text.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::{DEPTH, Json, Kind, Members};

impl<'a> Json<'a> {
    /// Sets the value at `path`. Absent objects on the way are created, also instead of null, and the position after the last item
    /// of an array adds an item.
    ///
    /// The error is the length of the path to a value in which `path` cannot be set.
    pub(crate) fn set(&mut self, path: &[String], value: Json<'a>) -> Result<(), usize> {
        if path.len() > DEPTH {
            return Err(DEPTH);
        }
        self.set_at(path, value)
    }

    fn set_at(&mut self, path: &[String], value: Json<'a>) -> Result<(), usize> {
        let Some((first, rest)) = path.split_first() else {
            *self = value;
            return Ok(());
        };
        if self.is_null() {
            self.kind = Kind::Object(Members::default());
        }
        let inside = match &mut self.kind {
            Kind::Array(items) => {
                let position: usize = first.parse().map_err(|_| 0_usize)?;
                if position == items.len() {
                    items.push(Json::null());
                }
                items.get_mut(position).ok_or(0_usize)?
            }
            Kind::Object(members) => members.get_or_add(first),
            _ => return Err(0),
        };
        inside.set_at(rest, value).map_err(|depth| depth + 1)?;
        self.edited(first);
        Ok(())
    }

    /// Removes the value at `path` and returns whether it was there; the error is that of [`set`](Self::set).
    pub(crate) fn remove(&mut self, path: &[String]) -> Result<bool, usize> {
        let Some((first, rest)) = path.split_first() else {
            return Err(0);
        };
        let inside = match &mut self.kind {
            Kind::Null => None,
            Kind::Array(items) => {
                let position: usize = first.parse().map_err(|_| 0_usize)?;
                if rest.is_empty() && position < items.len() {
                    items.remove(position);
                    self.text = None;
                    return Ok(true);
                }
                items.get_mut(position)
            }
            Kind::Object(members) if rest.is_empty() => {
                let removed = members.remove(first);
                if removed {
                    self.text = None;
                }
                return Ok(removed);
            }
            Kind::Object(members) => members.get_mut(first),
            _ => return Err(0),
        };
        let removed = match inside {
            Some(inside) => inside.remove(rest).map_err(|depth| depth + 1)?,
            None => false,
        };
        if removed {
            self.edited(first);
        }
        Ok(removed)
    }

    /// Drops the text after an edit in a member or item.
    fn edited(&mut self, name: &str) {
        if let Kind::Object(members) = &mut self.kind {
            members.remove_duplicates(name);
        }
        self.text = None;
    }

    /// Removes all but the first of duplicate members, at any depth; returns whether there were any.
    pub(crate) fn keep_first_members(&mut self) -> bool {
        let mut changed = false;
        match &mut self.kind {
            Kind::Array(items) => {
                for item in items {
                    changed |= item.keep_first_members();
                }
            }
            Kind::Object(members) => {
                changed = members.keep_first();
                for value in members.values_mut() {
                    changed |= value.keep_first_members();
                }
            }
            _ => {}
        }
        if changed {
            self.text = None;
        }
        changed
    }

    /// The JSON text.
    pub(crate) fn text(&self) -> Cow<'a, str> {
        self.text.map_or_else(
            || {
                let mut out = String::new();
                self.write(&mut out);
                Cow::Owned(out)
            },
            Cow::Borrowed,
        )
    }

    /// The JSON text as a value of serde_json.
    pub(crate) fn to_raw(&self) -> Box<RawValue> {
        // Cannot fail: it is JSON.
        RawValue::from_string(self.text().into_owned())
            .unwrap_or_else(|_| RawValue::NULL.to_owned())
    }

    pub(super) fn write(&self, out: &mut String) {
        match (self.text, &self.kind) {
            (Some(text), _) => out.push_str(text),
            (None, Kind::Null | Kind::Opaque) => out.push_str("null"),
            (None, Kind::Bool(value)) => out.push_str(if *value { "true" } else { "false" }),
            (None, Kind::Number(text)) => out.push_str(text),
            (None, Kind::String(text)) => write_string(text, out),
            (None, Kind::Array(items)) => {
                out.push('[');
                for (position, item) in items.iter().enumerate() {
                    if position > 0 {
                        out.push(',');
                    }
                    item.write(out);
                }
                out.push(']');
            }
            (None, Kind::Object(members)) => members.write(out),
        }
    }
}

pub(super) fn write_string(text: &str, out: &mut String) {
    out.push_str(&serde_json::Value::from(text).to_string());
}
