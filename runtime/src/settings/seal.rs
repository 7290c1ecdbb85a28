//! Encryption of pending changes.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64ct::{Base64UrlUnpadded, Encoding};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use secrecy::zeroize::{Zeroize, Zeroizing};
use secrecy::{ExposeSecret, SecretBox};
use serde::{Deserialize, Serialize};

use super::pending::Pending;
use super::pending_data::{PendingData, PendingError};
use crate::traits::facts::IdentityTraits;

/// The key that seals pending changes: 32 random bytes, the same in every process.
///
/// `Debug` does not show it. Its memory, that of derived keys, and that of the plain text of a change are
/// overwritten after use; the values in a [`Pending`] itself are not.
#[derive(Debug)]
pub struct SealingKey(SecretBox<[u8; 32]>);

/// The encrypted content.
#[derive(Serialize, Deserialize)]
struct Content {
    /// Seconds since 1970.
    expires_at: Option<u64>,
    pending: PendingData,
}

/// The first byte of a sealed change: the version of the format.
const VERSION: u8 = 1;
const PURPOSE: &[u8] = b"kratos-traits pending change";
const NONCE: usize = 24;

impl SealingKey {
    /// A key of random bytes, such as those of `openssl rand 32`; never derived from a password.
    ///
    /// ```
    /// use kratos_traits::settings::SealingKey;
    ///
    /// let key = SealingKey::new([7; 32]); // use random bytes
    /// assert!(!format!("{key:?}").contains('7'));
    /// ```
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
    /// Encrypts and authenticates the change: text of letters, digits, `-` and `_`, for a cookie, a form or
    /// a database.
    ///
    /// It is bound to the identity and the schema, and does not expire; see
    /// [`seal_until`](Self::seal_until). It is not a proof of a login: resuming it needs a session.
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use customer::CustomerTraits;
    /// use kratos_traits::Pending;
    /// use kratos_traits::settings::{PendingError, SealingKey};
    ///
    /// fn store(key: &SealingKey, pending: &Pending<CustomerTraits>) -> Result<String, PendingError> {
    ///     pending.seal(key)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// The operating system provides no random numbers, or the change is too large.
    pub fn seal(&self, key: &SealingKey) -> Result<String, PendingError> {
        self.sealed(key, None)
    }

    /// Like [`seal`](Self::seal), with a time of expiry, in whole seconds.
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use customer::CustomerTraits;
    /// use std::time::{Duration, SystemTime};
    ///
    /// use kratos_traits::Pending;
    /// use kratos_traits::settings::{PendingError, SealingKey};
    ///
    /// const QUARTER_OF_AN_HOUR: Duration = Duration::from_secs(15 * 60);
    ///
    /// fn store(key: &SealingKey, pending: &Pending<CustomerTraits>) -> Result<String, PendingError> {
    ///     pending.seal_until(key, SystemTime::now() + QUARTER_OF_AN_HOUR)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`seal`](Self::seal).
    pub fn seal_until(
        &self,
        key: &SealingKey,
        expires_at: SystemTime,
    ) -> Result<String, PendingError> {
        self.sealed(key, Some(expires_at))
    }

    fn sealed(
        &self,
        key: &SealingKey,
        expires_at: Option<SystemTime>,
    ) -> Result<String, PendingError> {
        let content = Content {
            expires_at: expires_at.map(|time| since_1970(time).as_secs()),
            pending: self.to_plaintext(),
        };
        let content = serde_json::to_vec(&content).map_err(|_| PendingError::TooLarge)?;
        let content = Zeroizing::new(content);
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce)
            .map_err(|error| PendingError::NoRandomNumbers(error.raw_os_error()))?;
        let encrypted = key
            .cipher()
            .encrypt(&XNonce::from(nonce), payload(&content));
        let mut sealed = vec![VERSION];
        sealed.extend_from_slice(&nonce);
        sealed.extend(encrypted.map_err(|_| PendingError::TooLarge)?);
        Ok(Base64UrlUnpadded::encode_string(&sealed))
    }

    /// Reads a sealed change. It has expired if its time of expiry is before `now`.
    ///
    /// ```
    /// # mod customer { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas/customer.rs")); }
    /// # use customer::CustomerTraits;
    /// use std::time::SystemTime;
    ///
    /// use kratos_traits::Pending;
    /// use kratos_traits::settings::{PendingError, SealingKey};
    ///
    /// fn read(key: &SealingKey, text: &str) -> Result<Pending<CustomerTraits>, PendingError> {
    ///     Pending::unseal(key, text, SystemTime::now())
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// It was not sealed with this key, was changed since then, has expired, or is for another schema or
    /// another version of this one.
    pub fn unseal(key: &SealingKey, text: &str, now: SystemTime) -> Result<Self, PendingError> {
        let content = opened(key, text).ok_or(PendingError::NotSealed)?;
        // Authentic content that cannot be read was sealed by another version of this crate.
        let content: Content =
            serde_json::from_slice(&content).map_err(|_| PendingError::OtherVersion)?;
        if content
            .expires_at
            .is_some_and(|at| since_1970(now) > Duration::from_secs(at))
        {
            return Err(PendingError::Expired);
        }
        Self::try_from(content.pending)
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
