//! The session as Kratos writes it.

use serde_json::value::RawValue;

use super::{AuthenticationMethod, Session};
use crate::identity::Identity;
use crate::traits::schemas::ReadTraits;
use crate::wire::object::Object;

impl<T: ReadTraits> Session<T> {
    /// `Err` says what is wrong with it.
    pub(super) fn read(raw: &RawValue) -> Result<Self, &'static str> {
        let object = Object::read(raw).ok_or("it is no session")?;
        let identity = object.raw("identity").map(|identity| {
            Identity::read(identity).ok_or("the identity has no id, or its traits are no object")
        });
        let methods = object.objects("authentication_methods");
        Ok(Self {
            id: object.get("id").ok_or("the session has no id")?,
            // Kratos shows no session that is not, so whatever leaves it out means that it is.
            active: object.get("active").unwrap_or(true),
            expires_at: object.get("expires_at"),
            authenticated_at: object.get("authenticated_at"),
            issued_at: object.get("issued_at"),
            aal: object.get("authenticator_assurance_level"),
            authentication_methods: methods
                .map(|method| AuthenticationMethod::read(&method))
                .collect(),
            identity: identity.transpose()?,
        })
    }
}
