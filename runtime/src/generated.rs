//! What generated files import: `use ::kratos_traits::generated::*;`. Not covered by any promise of stability.

pub use std::collections::BTreeMap;
pub use std::prelude::v1::*;

pub use kratos_traits_macros::{Choice, New, Redacted};
pub use serde::{self, Deserialize, Serialize};

/// This module under a name that no schema has, for the derive `Choice`.
pub use crate::generated as __kratos_traits;
pub use crate::{JsonObject, JsonValue, UnknownValue};

pub mod read;
