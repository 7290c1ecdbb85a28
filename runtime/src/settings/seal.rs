//! A pending change that others may carry, and can neither read nor change.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64ct::{Base64UrlUnpadded, Encoding};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use secrecy::zeroize::{Zeroize, Zeroizing};
use secrecy::{ExposeSecret, SecretBox};
use serde::{Deserialize, Serialize};

use super::pending::Pending;
use super::pending_data::{InClear, UnfitPending};
use crate::traits::facts::IdentityTraits;

/// The key that pending changes are sealed with: 32 random bytes, the same in every process.
///
/// It is never shown, and its memory is overwritten when it is dropped, as is that of the keys that are
/// derived from it, and the text of a change before it is encrypted and after it is decrypted. The values in
/// a [`Pending`] itself are not: they are those of the application's own structs.
#[derive(Debug)]
pub struct SealingKey(SecretBox<[u8; 32]>);

/// A change could not be sealed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SealError {
    /// The system gives no random numbers.
    #[error("the system gives no random numbers")]
    Random(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The change is larger than anything that can be sealed.
    #[error("the pending change is too large to be sealed")]
    TooLarge,
}

/// A text is no sealed change that can be taken up again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnsealError {
    /// It was not sealed with this key, or it was cut off or changed since.
    #[error("the text was not sealed with this key, or was changed since")]
    Broken,
    /// Its time is over.
    #[error("the sealed change has expired")]
    Expired,
    /// It is authentic, but cannot be taken up here.
    #[error(transparent)]
    Unfit(#[from] UnfitPending),
}

/// What is sealed.
#[derive(Serialize, Deserialize)]
struct Content {
    /// Seconds since 1970.
    expires_at: Option<u64>,
    pending: InClear,
}

/// The first byte of every sealed change; another one is another form, which this version cannot read.
const VERSION: u8 = 1;
const PURPOSE: &[u8] = b"kratos-traits pending change";
const NONCE: usize = 24;

impl SealingKey {
    /// A key of random bytes, such as `openssl rand 32` gives; never one made of a password.
    pub fn new(mut bytes: [u8; 32]) -> Self {
        let key = Self::copy_of(&bytes);
        bytes.zeroize();
        key
    }

    fn copy_of(bytes: &[u8; 32]) -> Self {
        Self(SecretBox::init_with_mut(|key: &mut [u8; 32]| {
            key.copy_from_slice(bytes);
        }))
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(self.0.expose_secret().into())
    }
}

impl<T: IdentityTraits> Pending<T> {
    /// The change, encrypted and authenticated: text for a cookie, a form or a database, made of letters, digits,
    /// `-` and `_`.
    ///
    /// It is bound to the person and to the schema. It is no proof of a login: the session that resumes
    /// it is. It does not expire: see [`seal_until`](Self::seal_until).
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use customer::CustomerTraits;
    /// use std::time::{Duration, SystemTime};
    ///
    /// use kratos_traits::Pending;
    /// use kratos_traits::flow::{SealError, SealingKey, UnsealError};
    ///
    /// const QUARTER_OF_AN_HOUR: Duration = Duration::from_secs(15 * 60);
    ///
    /// fn before(key: &SealingKey, pending: &Pending<CustomerTraits>) -> Result<String, SealError> {
    ///     pending.seal_until(key, SystemTime::now() + QUARTER_OF_AN_HOUR)
    /// }
    ///
    /// fn after(key: &SealingKey, text: &str) -> Result<Pending<CustomerTraits>, UnsealError> {
    ///     Pending::unseal(key, text, SystemTime::now())
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// The system gives no random numbers.
    pub fn seal(&self, key: &SealingKey) -> Result<String, SealError> {
        self.sealed(key, None)
    }

    /// The same as [`seal`](Self::seal), of use until a time only; it is kept in whole seconds.
    ///
    /// # Errors
    ///
    /// The system gives no random numbers.
    pub fn seal_until(
        &self,
        key: &SealingKey,
        expires_at: SystemTime,
    ) -> Result<String, SealError> {
        self.sealed(key, Some(expires_at))
    }

    fn sealed(
        &self,
        key: &SealingKey,
        expires_at: Option<SystemTime>,
    ) -> Result<String, SealError> {
        let content = Content {
            expires_at: expires_at.map(|time| since_1970(time).as_secs()),
            pending: self.expose_in_clear(),
        };
        let content = serde_json::to_vec(&content).map_err(|_| SealError::TooLarge)?;
        let content = Zeroizing::new(content);
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(|error| SealError::Random(error.into()))?;
        let encrypted = key
            .cipher()
            .encrypt(&XNonce::from(nonce), payload(&content));
        let mut sealed = vec![VERSION];
        sealed.extend_from_slice(&nonce);
        sealed.extend(encrypted.map_err(|_| SealError::TooLarge)?);
        Ok(Base64UrlUnpadded::encode_string(&sealed))
    }

    /// Reads a sealed change; `now` decides whether its time is over.
    ///
    /// # Errors
    ///
    /// It was not sealed with this key or was changed since, its time is over, or it belongs to another
    /// schema or another edition of this one.
    pub fn unseal(key: &SealingKey, text: &str, now: SystemTime) -> Result<Self, UnsealError> {
        let content = opened(key, text).ok_or(UnsealError::Broken)?;
        // What is authentic and cannot be read was sealed by another version of this crate.
        let content: Content =
            serde_json::from_slice(&content).map_err(|_| UnfitPending::OtherVersion)?;
        if content
            .expires_at
            .is_some_and(|at| since_1970(now) > Duration::from_secs(at))
        {
            return Err(UnsealError::Expired);
        }
        Ok(Self::try_from(content.pending)?)
    }
}

fn opened(key: &SealingKey, text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let sealed = Base64UrlUnpadded::decode_vec(text).ok()?;
    let (version, rest) = sealed.split_first()?;
    let (nonce, encrypted) = rest.split_first_chunk::<NONCE>()?;
    if *version != VERSION {
        return None;
    }
    key.cipher()
        .decrypt(&XNonce::from(*nonce), payload(encrypted))
        .ok()
        .map(Zeroizing::new)
}

fn payload(msg: &[u8]) -> Payload<'_, '_> {
    Payload { msg, aad: PURPOSE }
}

fn since_1970(time: SystemTime) -> Duration {
    time.duration_since(UNIX_EPOCH).unwrap_or_default()
}

impl Clone for SealingKey {
    fn clone(&self) -> Self {
        Self::copy_of(self.0.expose_secret())
    }
}

impl From<[u8; 32]> for SealingKey {
    fn from(bytes: [u8; 32]) -> Self {
        Self::new(bytes)
    }
}

#[cfg(test)]
mod tests {
    use secrecy::zeroize::ZeroizeOnDrop;

    use super::*;

    #[test]
    fn the_keys_of_the_cipher_are_overwritten() {
        fn overwritten(_: &impl ZeroizeOnDrop) {}
        overwritten(&SealingKey::new([7; 32]).cipher());
    }
}
