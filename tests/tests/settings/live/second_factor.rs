//! A second factor that is missing, at each request.

use kratos_traits::{Outcome, WhoamiOutcome};
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::schemas::customer::CustomerTraits;
use serde_json::Value;

use super::asked::{Asked, JSON, body, created, ended, id};

/// The second factor is set up elsewhere while a flow is open: from then on nothing goes without it.
async fn a_session_without_the_second_factor() -> Result<(), Failure> {
    let asked = Asked::of(Value::Null).await?;
    let flow = id(&asked.flow().await?)?;
    let before = asked.flow().await?;
    let there = asked.server.log_in("ada@example.org").await?;
    asked.server.set_up_totp(&there).await?;

    let get = format!("/self-service/settings/flows?id={flow}");
    for path in ["/self-service/settings/api", &get] {
        let answer = asked.ask_as_ada(path, &[], None).await?;
        let ended = created(&answer);
        assert_waits(path, &ended, &body(&answer)?);
    }

    let path = format!("/self-service/settings?flow={flow}");
    let text = r#"{"method":"profile","traits":{"email":"ada@example.org","nickname":"Countess"}}"#;
    let answer = asked.ask_as_ada(&path, &[JSON], Some(text)).await?;
    let ended = ended(vec![before, answer.clone()]);
    assert_waits(&path, &ended, &body(&answer)?);
    // By then Kratos had shown whose flow it is.
    let Ok(Outcome::SecondFactorRequired(pending)) = ended else {
        return Err(Failure::new("unreachable"));
    };
    assert!(pending.person().is_some());

    let client = asked.server.client()?;
    let whoami = client.whoami::<CustomerTraits>(&asked.ada.session).await;
    assert!(
        matches!(whoami, Ok(WhoamiOutcome::SecondFactorRequired { .. })),
        "{whoami:?}"
    );

    Ok(())
}

fn assert_waits(
    path: &str,
    ended: &Result<Outcome<CustomerTraits>, kratos_traits::Error>,
    body: &Value,
) {
    let Ok(Outcome::SecondFactorRequired(pending)) = ended else {
        panic!("{path}: {ended:?}");
    };
    let place = pending.redirect_browser_to.as_deref().unwrap_or_default();
    assert!(place.contains("?aal=aal2"), "{place}");
    assert_eq!(body["error"]["id"], "session_aal2_required", "{path}");
    assert_eq!(body["error"]["details"]["redirect_browser_to"], place);
}

kratos_traits_tests::live! {
    a_session_without_the_second_factor,
}
