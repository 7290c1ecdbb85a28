//! Each function answers with one line on how it went.

use std::time::Duration;

use kratos_traits::{Client, Error, InBrowser, Outcome, SessionToken, SettingsUpdate};
use wasm_bindgen::prelude::wasm_bindgen;

#[path = "../../../schemas/customer.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    reason = "the page uses one trait of the schema"
)]
mod customer;

#[derive(SettingsUpdate)]
#[kratos(traits = customer::CustomerTraits)]
struct Rename {
    nickname: String,
}

/// Changes the nickname of the person whose cookies the browser has.
#[wasm_bindgen]
pub async fn rename(kratos: String, nickname: String) -> String {
    let client = match Client::new(&kratos) {
        Ok(client) => client,
        Err(error) => return error.to_string(),
    };
    let update = Rename { nickname };
    let ended = client.settings(InBrowser::new()).update(&update).await;
    said(ended)
}

/// Changes the nickname of the person whose session token this is, whatever cookies the browser has.
#[wasm_bindgen]
pub async fn rename_with_token(kratos: String, token: String, nickname: String) -> String {
    let (Ok(client), Ok(session)) = (Client::new(&kratos), SessionToken::new(token)) else {
        return "no client".to_owned();
    };
    let update = Rename { nickname };
    said(client.settings(&session).update(&update).await)
}

/// The same as `rename`, by a client that waits this long and reads this much.
#[wasm_bindgen]
pub async fn rename_within(kratos: String, milliseconds: u32, answer_bytes: usize) -> String {
    let Ok(client) = Client::new(&kratos) else {
        return "no client".to_owned();
    };
    let client = client
        .timeout(Duration::from_millis(milliseconds.into()))
        .answer_bytes(answer_bytes);
    let nickname = "Nobody".to_owned();
    said(
        client
            .settings(InBrowser::new())
            .update(&Rename { nickname })
            .await,
    )
}

fn said<T: std::fmt::Debug>(ended: Result<Outcome<T>, Error>) -> String {
    match ended {
        Ok(Outcome::Saved(_)) => "saved".to_owned(),
        Ok(other) => format!("{other:?}"),
        Err(error) => error.to_string(),
    }
}
