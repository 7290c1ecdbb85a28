//! The derive and the generated types, as an application meets them.

mod by_schema_id;
mod compile;
mod editions;
mod own_names;
mod warnings;
