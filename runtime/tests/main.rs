//! Traits, checks and updates, by the public API.

#![allow(clippy::unwrap_used, reason = "a test helper that cannot go on panics")]

mod access;
mod change;
mod check;
mod check_rows;
mod derived;
mod handmade;
mod inner_identifiers;
mod items;
mod large;
mod members;
mod run_time_edits;
mod schema_from_text;
mod unnamed_members;
mod whole_form;
