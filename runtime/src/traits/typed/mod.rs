//! Reading traits as a Rust type, through our own JSON.
//!
//! Kratos stores traits as they were sent, so a typed reader meets what serde_json refuses: members that stand twice (the
//! last one counts, as in Go), half a surrogate pair (U+FFFD, as in Go), numbers of any size. What does not fit the type
//! is a [`Misfit`] with its place, and without the value. Members that the type does not name are read past, and
//! [`survey`] tells which they are: an update keeps them.

mod access;
mod collected;
mod misfit;
mod place;
mod survey;
#[cfg(test)]
mod tests;
mod value;
mod written;

use std::cell::RefCell;

use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

pub(crate) use self::misfit::Misfit;
use self::place::Place;
pub(crate) use self::survey::{Named, Survey};
use self::value::{Reading, Value, Watched};
pub(crate) use self::written::{written, written_at};
use super::splice::DEPTH;

/// Reads a value of this type.
pub(crate) fn read<T: DeserializeOwned>(raw: &RawValue) -> Result<T, Misfit> {
    let read = read_as(raw, &Reading::default(), &[]);
    read.map_err(|misfit| blamed::<T>(raw, misfit))
}

fn read_as<T: DeserializeOwned>(
    raw: &RawValue,
    reading: &Reading<'_>,
    chain: &[String],
) -> Result<T, Misfit> {
    T::deserialize(Value {
        raw,
        place: &Place::ROOT,
        reading,
        depth: DEPTH,
        chain,
        is_collected: false,
    })
}

/// Finds the member that does not fit where a type refused the members that it had collected.
///
/// A struct with a flattened map collects what it does not name, and reads the map of that; serde does not say then of
/// which member it complains. It is the last of the fewest that make it complain.
fn blamed<T: DeserializeOwned>(raw: &RawValue, misfit: Misfit) -> Misfit {
    if !misfit.collected {
        return misfit;
    }
    let object = misfit.object();
    // The names that the type collects behind the hidden ones, and whether it still complains.
    let without = |hidden: &[String]| {
        let reading = Reading {
            watched: Some(Watched {
                object,
                hidden: hidden.iter().map(String::as_str).collect(),
                collected: RefCell::default(),
            }),
            ..Reading::default()
        };
        let read = read_as::<T>(raw, &reading, &[]);
        let complains = read.is_err_and(|other| misfit.is_like(&other));
        let names = reading
            .watched
            .map(|watched| watched.collected.into_inner());
        (names.unwrap_or_default(), complains)
    };
    let (names, _) = without(&[]);
    if names.is_empty() || without(&names).1 {
        return misfit;
    }
    let (mut few, mut enough) = (0, names.len());
    while enough - few > 1 {
        let half = few.midpoint(enough);
        if without(&names[half..]).1 {
            enough = half;
        } else {
            few = half;
        }
    }
    match names.get(few) {
        Some(name) => misfit.of_member(name.clone()),
        None => misfit,
    }
}
