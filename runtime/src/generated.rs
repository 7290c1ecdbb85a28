//! What generated files import: `use ::kratos_traits::generated::*;`. Not part of the public API; it may change in any release.

pub use std::collections::BTreeMap;
pub use std::prelude::v1::*;

pub use kratos_traits_macros::{Choice, New, Redacted};
pub use serde::{self, Deserialize, Serialize};

/// This module under a name that no schema can have, for the derive `Choice`.
pub use crate::generated as __kratos_traits;
pub use crate::{JsonObject, JsonValue, UnknownValue};

pub mod read;
