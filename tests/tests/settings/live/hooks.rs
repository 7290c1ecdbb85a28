//! Web hooks around the save.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use kratos_traits::Outcome;
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::updaters::rename;
use serde_json::{Value, json};

use super::asked::Asked;

/// A server that answers every hook with this, and its URL.
fn hook(answer: impl Into<String>) -> Result<String, Failure> {
    let answer = answer.into();
    let failed = |error: std::io::Error| Failure::because("the hook", &error);
    let listener = TcpListener::bind("127.0.0.1:0").map_err(failed)?;
    let url = format!("http://{}/", listener.local_addr().map_err(failed)?);
    thread::spawn(move || {
        for mut connection in listener.incoming().flatten() {
            let mut seen = [0; 65536];
            let _ = connection.read(&mut seen);
            let _ = connection.write_all(answer.as_bytes());
        }
    });
    Ok(url)
}

fn after_profile(url: &str, more: Value) -> Value {
    let mut config =
        json!({ "url": url, "method": "POST", "body": "base64://ZnVuY3Rpb24oY3R4KSB7fQ==" });
    if let (Some(config), Value::Object(more)) = (config.as_object_mut(), more) {
        config.extend(more);
    }
    let hooks = json!([{ "hook": "web_hook", "config": config }]);
    json!({ "selfservice": { "flows": { "settings": { "after": { "profile": { "hooks": hooks } } } } } })
}

async fn outcome_of_a_rename(
    asked: &Asked,
) -> Result<Outcome<kratos_traits_tests::schemas::customer::CustomerTraits>, Failure> {
    let update = rename("Countess");
    let client = asked.server.client()?;
    let ended = client.settings(&asked.ada.session).update(&update).await;
    ended.map_err(|error| Failure::because("no outcome", &error))
}

/// Behind the save: the change is there although the answer is an error.
async fn a_hook_that_fails_after_the_save() -> Result<(), Failure> {
    let url = hook(
        "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    )?;
    let asked = Asked::of(after_profile(&url, json!({}))).await?;
    let outcome = outcome_of_a_rename(&asked).await?;
    let Outcome::Refused(refusal) = &outcome else {
        return Err(Failure::new(format_args!("{outcome:?}")));
    };
    assert!(refusal.may_have_been_saved(), "{outcome:?}");
    assert_eq!(asked.ada.traits().await?["nickname"], "Countess");

    Ok(())
}

/// Before the save: the hook's own messages are at the trait that they name, and nothing is saved. Kratos turns every other type than
/// `error` into a notice.
async fn a_hook_that_interrupts() -> Result<(), Failure> {
    interrupted_with("error").await?;
    interrupted_with("validation").await
}

async fn interrupted_with(kind: &str) -> Result<(), Failure> {
    let message =
        json!({ "id": 123_456, "text": "no such names here", "type": kind, "context": { "a": 1 } });
    let body =
        json!({ "messages": [{ "instance_ptr": "#/traits/nickname", "messages": [message] }] })
            .to_string();
    let url = hook(format!(
        "HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    ))?;
    let more = json!({ "response": { "parse": false }, "can_interrupt": true });
    let asked = Asked::of(after_profile(&url, more)).await?;
    let outcome = outcome_of_a_rename(&asked).await?;
    let Outcome::Invalid(invalid) = &outcome else {
        return Err(Failure::new(format_args!("{outcome:?}")));
    };
    let found: Vec<_> = invalid
        .problems
        .iter()
        .map(|one| (one.path.to_string(), one.message.id.0))
        .collect();
    assert_eq!(found, [("nickname".to_owned(), 123456)], "{invalid:?}");
    assert_eq!(asked.ada.traits().await?.get("nickname"), None);

    Ok(())
}

kratos_traits_tests::live! {
    a_hook_that_fails_after_the_save,
    a_hook_that_interrupts,
}
