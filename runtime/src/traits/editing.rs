//! Edits JSON text at many paths. Values without edits inside are neither parsed nor rewritten.

use std::collections::{HashMap, HashSet};

use serde_json::value::RawValue;

use super::splice::{Members, items};

/// The maximum depth of an edit: a deeper recursive walk would overflow the stack.
pub(super) const DEEPEST: usize = 1000;

/// A value that is being edited.
pub(crate) struct Editing {
    /// The text; `None` after an edit, until it is written.
    text: Option<Box<RawValue>>,
    parts: Parts,
}

enum Parts {
    Unread,
    Members(Object),
    Items(Vec<Editing>),
}

/// The members in order, with `None` for removed ones.
#[derive(Default)]
struct Object {
    members: Vec<Option<(Box<str>, Editing)>>,
    /// The position of a name; of duplicate members the last one, as in Go.
    places: HashMap<String, usize>,
    duplicates: HashSet<String>,
}

impl Editing {
    pub(crate) fn of(text: &RawValue) -> Self {
        Self::from(text.to_owned())
    }

    fn read(&mut self) -> &mut Parts {
        if let (Parts::Unread, Some(text)) = (&self.parts, &self.text) {
            if let Some(items) = items(text) {
                self.parts = Parts::Items(items.into_iter().map(Self::of).collect());
            } else if let Some(members) = Members::read(text) {
                self.parts = Parts::Members(Object::of(&members));
            }
        }
        &mut self.parts
    }

    fn is_null(&self) -> bool {
        self.text.as_ref().is_some_and(|text| text.get() == "null")
    }

    /// The value at `path`, if there is one.
    pub(crate) fn get(&mut self, path: &[String]) -> Option<&RawValue> {
        if path.len() > DEEPEST {
            return None;
        }
        let mut here = self;
        for name in path {
            here = match here.read() {
                Parts::Items(items) => items.get_mut(name.parse::<usize>().ok()?)?,
                Parts::Members(object) => object.get(name)?,
                Parts::Unread => return None,
            };
        }
        here.written()
    }

    /// Sets the value at `path`. The error is the length of the path to a value in which `path` cannot be set.
    pub(crate) fn set(&mut self, path: &[String], value: Box<RawValue>) -> Result<(), usize> {
        if path.len() > DEEPEST {
            return Err(DEEPEST);
        }
        self.set_at(path, value)
    }

    fn set_at(&mut self, path: &[String], value: Box<RawValue>) -> Result<(), usize> {
        let Some((first, rest)) = path.split_first() else {
            *self = Self::from(value);
            return Ok(());
        };
        if self.is_null() {
            self.parts = Parts::Members(Object::default());
        }
        let inner = match self.read() {
            Parts::Items(items) => {
                let position: usize = first.parse().map_err(|_| 0_usize)?;
                if position == items.len() {
                    items.push(Self::of(RawValue::NULL));
                }
                items.get_mut(position).ok_or(0_usize)?
            }
            Parts::Members(object) => object.get_or_add(first),
            Parts::Unread => return Err(0),
        };
        inner.set_at(rest, value).map_err(|depth| depth + 1)?;
        if let Parts::Members(object) = &mut self.parts {
            object.remove_duplicates(first);
        }
        self.text = None;
        Ok(())
    }

    /// Removes the value at `path` and returns whether it was there; the error is that of [`set`](Self::set).
    pub(crate) fn remove(&mut self, path: &[String]) -> Result<bool, usize> {
        if path.len() > DEEPEST {
            return Err(DEEPEST);
        }
        self.remove_at(path)
    }

    fn remove_at(&mut self, path: &[String]) -> Result<bool, usize> {
        let Some((first, rest)) = path.split_first() else {
            return Err(0);
        };
        if self.is_null() {
            return Ok(false);
        }
        let inside = |inner: &mut Self| inner.remove_at(rest).map_err(|depth| depth + 1);
        let removed = match self.read() {
            Parts::Items(items) => {
                let position: usize = first.parse().map_err(|_| 0_usize)?;
                match items.get_mut(position) {
                    None => false,
                    Some(_) if rest.is_empty() => {
                        drop(items.remove(position));
                        true
                    }
                    Some(inner) => inside(inner)?,
                }
            }
            Parts::Members(object) => match object.get(first) {
                None => false,
                Some(_) if rest.is_empty() => {
                    object.remove_duplicates(first);
                    object.remove(first);
                    true
                }
                Some(inner) => {
                    let removed = inside(inner)?;
                    if removed {
                        object.remove_duplicates(first);
                    }
                    removed
                }
            },
            Parts::Unread => return Err(0),
        };
        if removed {
            self.text = None;
        }
        Ok(removed)
    }

    /// The text after the edits so far.
    fn written(&mut self) -> Option<&RawValue> {
        if self.text.is_none() {
            let mut out = String::new();
            self.write(&mut out);
            self.text = RawValue::from_string(out).ok();
        }
        self.text.as_deref()
    }

    pub(crate) fn into_text(mut self) -> Option<Box<RawValue>> {
        self.written()?;
        self.text
    }

    fn write(&self, out: &mut String) {
        match (&self.text, &self.parts) {
            (Some(text), _) => out.push_str(text.get()),
            (None, Parts::Items(items)) => {
                write_all(out, ['[', ']'], items, |item, out| item.write(out));
            }
            (None, Parts::Members(object)) => {
                let members = object.members.iter().flatten();
                write_all(out, ['{', '}'], members, |(key, value), out| {
                    out.push_str(key);
                    out.push(':');
                    value.write(out);
                });
            }
            (None, Parts::Unread) => {}
        }
    }
}

fn write_all<P>(
    out: &mut String,
    [open, close]: [char; 2],
    parts: impl IntoIterator<Item = P>,
    write: impl Fn(P, &mut String),
) {
    out.push(open);
    for (position, part) in parts.into_iter().enumerate() {
        if position > 0 {
            out.push(',');
        }
        write(part, out);
    }
    out.push(close);
}

impl From<Box<RawValue>> for Editing {
    fn from(text: Box<RawValue>) -> Self {
        let text = Some(text);
        let parts = Parts::Unread;
        Self { text, parts }
    }
}

impl Object {
    fn of(members: &Members<'_>) -> Self {
        let mut object = Self::default();
        for (key, name, value) in members.with_keys() {
            let name = name.into_owned();
            let place = object.members.len();
            if object.places.insert(name.clone(), place).is_some() {
                object.duplicates.insert(name);
            }
            let member = (Box::from(key), Editing::of(value));
            object.members.push(Some(member));
        }
        object
    }

    fn get(&mut self, name: &str) -> Option<&mut Editing> {
        let member = self.members.get_mut(*self.places.get(name)?)?;
        member.as_mut().map(|(_, value)| value)
    }

    fn get_or_add(&mut self, name: &str) -> &mut Editing {
        let place = *(self.places.entry(name.to_owned())).or_insert(self.members.len());
        if place == self.members.len() {
            self.members.push(None);
        }
        let added = || {
            let key = serde_json::Value::from(name).to_string();
            (key.into(), Editing::of(RawValue::NULL))
        };
        &mut self.members[place].get_or_insert_with(added).1
    }

    fn remove(&mut self, name: &str) {
        if let Some(place) = self.places.remove(name) {
            self.members[place] = None;
        }
    }

    /// Removes all but the last of duplicate members, before that one is edited.
    fn remove_duplicates(&mut self, name: &str) {
        if !self.duplicates.remove(name) {
            return;
        }
        let last = self.places.get(name).copied();
        for (place, member) in self.members.iter_mut().enumerate() {
            let is_it = |(key, _): &mut (Box<str>, _)| super::splice::name(key) == name;
            member.take_if(|member| Some(place) != last && is_it(member));
        }
    }
}
