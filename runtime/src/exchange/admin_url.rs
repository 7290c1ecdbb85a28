//! Where Kratos's admin API is.

use super::base_url::base_url_of_an_api;

base_url_of_an_api! {
    /// The base URL of Kratos's admin API: `http://127.0.0.1:4434`.
    ///
    /// It is a type of its own, for whoever reaches that API may change everything of everybody: a client
    /// of one API cannot be given the URL of the other by mistake.
    AdminUrl
}
