//! What every spawned task and shared state asks of the types: `Send`, `Sync`, `'static`. To lose one of them is a
//! breaking change that no signature shows.

use kratos_traits::client::{Limits, SendError};
use kratos_traits::forecast::Forecast;
use kratos_traits::login::CodeSent;
use kratos_traits::settings::{PendingData, SealingKey};
use kratos_traits::{
    AdminClient, AdminOutcome, BrowserCookies, Change, Client, Document, Error, Identity,
    InBrowser, LoginOutcome, Outcome, Patch, Pending, RawTraits, Session, SessionToken, TraitPath,
    Unreadable, WhoamiOutcome, admin, blocking, marker,
};
use kratos_traits_fake::Fake;
use kratos_traits_tests::schemas::customer::CustomerTraits;

fn shared<T: Send + Sync + Unpin + 'static>() {}
fn sent<T: Send>(_: &T) {}

#[test]
fn every_type_can_be_shared_between_threads() {
    shared::<Client>();
    shared::<AdminClient>();
    shared::<blocking::Client>();
    shared::<blocking::AdminClient>();
    shared::<(Fake, InBrowser)>();
    shared::<(Limits, SealingKey, SessionToken, BrowserCookies)>();
    shared::<(
        Outcome<CustomerTraits>,
        LoginOutcome,
        AdminOutcome<CustomerTraits>,
    )>();
    shared::<(
        admin::Lookup<CustomerTraits>,
        WhoamiOutcome<CustomerTraits>,
        Forecast,
    )>();
    shared::<(Pending<CustomerTraits>, PendingData, CodeSent)>();
    shared::<(
        Patch<CustomerTraits>,
        Change<CustomerTraits>,
        Patch<CustomerTraits, marker::Privileged>,
    )>();
    shared::<(RawTraits, Document<CustomerTraits>, TraitPath)>();
    shared::<(Identity<CustomerTraits>, Session<CustomerTraits>)>();
    shared::<(Error, SendError, Unreadable)>();
}

/// The future of a call and of the code around it, as `tokio::spawn` takes it.
#[test]
fn a_call_can_be_spawned() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new("http://127.0.0.1:4433")?;
    let session = SessionToken::new("ory_st_none")?;
    let task = async move {
        let mut patch = Patch::<CustomerTraits>::new();
        patch.set(CustomerTraits::NICKNAME, "Countess");
        client.settings(&session).update(&patch).await
    };
    sent(&task);
    Ok(())
}
