//! A server on which addresses are verified.

use kratos_traits::settings::Saved;
use kratos_traits::{ContinueWith, Outcome};
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::updaters::ChangeEmail;
use kratos_traits_tests::version::version;
use serde_json::json;

use super::asked::Asked;

const NEW_EMAIL: &str = "countess@example.org";

/// The new address is saved at once and not verified yet. v1.3.1 proposes to verify it; later versions
/// do so only with a hook that v1.3.1 does not know.
async fn a_new_address_is_to_be_verified() -> Result<(), Failure> {
    let verification = json!({ "enabled": true, "use": "code" });
    let asked =
        Asked::of(json!({ "selfservice": { "flows": { "verification": verification } } })).await?;
    let saved = change_email(&asked).await?;
    let [address] = &saved.identity.verifiable_addresses[..] else {
        return Err(Failure::new(format_args!("{saved:?}")));
    };
    assert_eq!(
        (address.value.as_str(), address.verified),
        (NEW_EMAIL, false)
    );

    let [item] = &saved.continue_with[..] else {
        assert!(!is_v1_3(&asked).await?, "{saved:?}");
        return Ok(());
    };
    let ContinueWith::ShowVerificationUi {
        flow, address, url, ..
    } = item
    else {
        return Err(Failure::new(format_args!("{item:?}")));
    };
    assert_eq!(address.as_deref(), Some(NEW_EMAIL));
    assert_eq!(*url, None, "a native flow has no page");
    // It is a flow of this server.
    let path = format!("/self-service/verification/flows?id={flow}");
    let answer = asked.ask_as_ada(&path, &[], None).await?;
    assert_eq!(answer.status(), 200);

    Ok(())
}

async fn change_email(asked: &Asked) -> Result<Saved<CustomerTraits>, Failure> {
    let client = asked.server.client()?;
    let update = ChangeEmail { email: NEW_EMAIL };
    match client.settings(&asked.ada.session).update(&update).await {
        Ok(Outcome::Saved(saved)) => Ok(saved),
        other => Err(Failure::new(format_args!("{other:?}"))),
    }
}

async fn is_v1_3(asked: &Asked) -> Result<bool, Failure> {
    let version = version(&asked.server.admin_url()).await?;
    Ok(version.trim_start_matches('v').starts_with("1.3."))
}

kratos_traits_tests::live! {
    a_new_address_is_to_be_verified,
}
