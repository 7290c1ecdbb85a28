//! The server that the example talks to: the fake, or the one that the environment names.

use std::fmt;

use kratos_traits::IdentityTraits;
use kratos_traits_fake::Fake;

use crate::Result;
use crate::customer::CustomerTraits;

pub(crate) enum Server {
    Fake { fake: Fake, public_url: String },
    Real { public_url: String },
}

impl Server {
    /// The server at `KRATOS_PUBLIC_URL`, or else the fake.
    pub(crate) fn from_env() -> Result<Self> {
        if let Ok(public_url) = std::env::var("KRATOS_PUBLIC_URL") {
            return Ok(Self::Real { public_url });
        }
        let fake = Fake::start(CustomerTraits::schema())?;
        let public_url = fake.public_url();
        Ok(Self::Fake { fake, public_url })
    }

    pub(crate) fn public_url(&self) -> &str {
        match self {
            Self::Fake { public_url, .. } | Self::Real { public_url } => public_url,
        }
    }

    /// Makes the login too old for privileged changes, where that is possible; returns what happened.
    pub(crate) fn let_the_login_become_old(&self) -> &'static str {
        match self {
            Self::Fake { fake, .. } => {
                fake.age_sessions();
                "the login is too old for privileged changes now"
            }
            Self::Real { .. } => "not at all: a real server decides by privileged_session_max_age",
        }
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fake { public_url, .. } => write!(f, "the in-process fake at {public_url}"),
            Self::Real { public_url } => write!(f, "Kratos at {public_url}"),
        }
    }
}
