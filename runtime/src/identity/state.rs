//! Whether a person may log in.

use crate::wire::open_enum::open_enum;

open_enum! {
    /// Whether a person may log in.
    IdentityState {
        /// They may:
        Active = "active",
        /// They may not:
        Inactive = "inactive",
    }
}
