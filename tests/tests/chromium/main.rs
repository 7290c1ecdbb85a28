//! Our client in a real browser, headless, against a real Kratos: over fetch, with the browser's cookies.
//!
//! Page and Kratos are one site, Kratos under a base path, as behind a reverse proxy. The person
//! registers in the page, by hand-written JavaScript, so that the browser has the cookies that any
//! person's browser has; our client then runs in the page as WebAssembly.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod body;
mod browser;
mod site;
mod wasm;

use kratos_traits::IdentityTraits as _;
use kratos_traits_tests::kratos::{Api, Kratos, KratosConfig, People};
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::server::PASSWORD;
use serde_json::json;

use self::browser::Browser;
use self::site::{Asked, Site};

#[tokio::test]
async fn a_nickname_is_changed_with_the_cookies_of_the_browser() {
    let Some(browser) = Browser::find() else {
        return;
    };
    let page = tokio::task::spawn_blocking(wasm::build).await.unwrap();
    let mut site = Site::bind(page).await;
    let mut config = KratosConfig::new(CustomerTraits::schema().json);
    config.extra = json!({ "serve": { "public": { "base_url": format!("{}/", site.kratos()) } } });
    let kratos = Kratos::start(config).await.unwrap();
    let native = People::at(&kratos.public).unwrap();
    let grace = json!({ "email": "grace@example.org", "name": { "first": "Grace" } });
    let token = native.register(&grace, PASSWORD).await.unwrap();

    let url = site.serve(&kratos.public, &token);
    let running = browser.open(&url);
    let report = site.report().await;
    drop(running);

    assert_eq!(report["trouble"], json!(null), "{report}");
    assert_eq!(report["renamed"], "saved");
    let ada = json!({
        "email": "ada@example.org",
        "name": { "first": "Ada", "last": "Lovelace" },
        "nickname": "Countess",
    });
    assert_eq!(report["traits"], ada);
    let identities = Api::at(&kratos.admin)
        .unwrap()
        .get("/admin/identities", None)
        .await;
    let identities = identities.unwrap().require(200).unwrap();
    let stored = identities
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["traits"]);
    assert!(stored.clone().any(|traits| *traits == ada), "{identities}");
    assert!(
        stored.clone().any(|traits| *traits == grace),
        "{identities}"
    );

    // Two requests, with the cookies, to the base path.
    let settings = |asked: &&Asked| asked.path.starts_with("/kratos/self-service/settings");
    let asked = site.asked();
    let asked: Vec<&Asked> = asked.iter().filter(settings).collect();
    let lines: Vec<&str> = asked.iter().map(|asked| asked.line()).collect();
    assert_eq!(
        lines[..2],
        [
            "GET /kratos/self-service/settings/browser",
            "POST /kratos/self-service/settings"
        ]
    );
    assert!(
        asked[..2].iter().all(|asked| asked.cookie && !asked.token),
        "{asked:?}"
    );

    // A session token goes alone, although the browser has cookies for Kratos.
    assert_eq!(lines[2], "GET /kratos/self-service/settings/api");
    assert!(
        asked[2..].iter().all(|asked| asked.token && !asked.cookie),
        "{asked:?}"
    );
    // Kratos takes no native submit from a page, which always names its origin.
    let with_token = report["with_token"].as_str().unwrap();
    assert!(with_token.starts_with("Invalid("), "{with_token}");

    let create = "creating the settings flow";
    assert_eq!(
        report["silent"],
        format!("{create}: no complete response within 200ms")
    );
    assert_eq!(
        report["falls_silent"],
        format!("{create}: no complete response within 200ms")
    );
    assert_eq!(
        report["endless"],
        format!("{create}: the response with status 200 is larger than 100000 bytes")
    );
    assert_eq!(report["redirected"], format!("{create}: no response"));
    assert_eq!(report["not_there"], format!("{create}: no response"));
}
