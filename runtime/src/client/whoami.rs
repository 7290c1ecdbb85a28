//! Asking who is logged in.

use super::call::Call;
use super::on_behalf::OnBehalf;
use super::public::PublicClient;
use crate::http::{Mode, SessionToken};
use crate::session::Whoami;
use crate::traits::document::ReadTraits;

impl<H> PublicClient<H> {
    /// Who owns the session, with the traits as `T`: the struct of one identity schema, or the enum
    /// over those of several.
    ///
    /// ```no_run
    /// # #[cfg(feature = "reqwest")]
    /// # mod app {
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// use customer::CustomerTraits;
    /// use kratos_traits::session::WhoamiOutcome;
    /// use kratos_traits::{Client, Error, SessionToken};
    ///
    /// async fn greet(client: &Client, session: &SessionToken) -> Result<String, Error> {
    ///     Ok(match client.whoami::<CustomerTraits>(session).await? {
    ///         WhoamiOutcome::Session(session) => match session.identity {
    ///             Some(person) => match person.traits.typed() {
    ///                 Ok(traits) => format!("Hello, {}", traits.email),
    ///                 // What is stored does not fit today's schema; `raw` has it all the same.
    ///                 Err(unreadable) => unreadable.to_string(),
    ///             },
    ///             None => "Hello".to_owned(),
    ///         },
    ///         WhoamiOutcome::SecondFactorNeeded { .. } => "Your code, please".to_owned(),
    ///         WhoamiOutcome::SessionGone => "Please log in".to_owned(),
    ///         WhoamiOutcome::Refused(refusal) => format!("{refusal:?}"),
    ///     })
    /// }
    /// # }
    /// ```
    pub fn whoami<T: ReadTraits>(&self, session: &SessionToken) -> Call<'_, H, Whoami<T>> {
        self.native(session).whoami()
    }
}

impl<'a, H, M: Mode> OnBehalf<'a, H, M> {
    /// Who it is; see [`PublicClient::whoami`].
    pub fn whoami<T: ReadTraits>(self) -> Call<'a, H, M::Chain<Whoami<T>>> {
        self.call(Whoami::start)
    }
}
