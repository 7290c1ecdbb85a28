//! Nothing shows what it holds.

use serde_json::json;

use crate::script::{
    EMAIL, NEW_EMAIL, TOKEN, after_submit, change_email, error, flow, json_answer, submit,
};

#[test]
fn nothing_personal_and_no_token_is_shown() {
    let mut invalid = flow("show_form", EMAIL);
    invalid["ui"]["nodes"][0]["messages"] = json!([
        { "id": 4000040, "type": "error", "text": NEW_EMAIL, "context": { "value": NEW_EMAIL } }
    ]);
    invalid["ui"]["messages"] = json!([{ "id": 1, "type": "error", "text": NEW_EMAIL }]);
    let mut saved = flow("success", NEW_EMAIL);
    saved["continue_with"] = json!([
        { "action": "set_ory_session_token", "ory_session_token": TOKEN },
        { "action": "show_verification_ui", "flow": { "id": "9c", "verifiable_address": NEW_EMAIL } }
    ]);
    let mut parked = saved.clone();
    parked["state"] = json!("show_form");
    let refusal = json!({ "details": NEW_EMAIL });
    let mut shown = vec![format!("{:?} {:?}", change_email(), submit())];
    for response in [
        json_answer(200, &saved),
        json_answer(200, &parked),
        json_answer(400, &invalid),
        error(403, Some("session_refresh_required"), refusal.clone()),
        error(410, None, refusal.clone()),
        error(422, None, refusal.clone()),
        error(500, None, refusal),
    ] {
        shown.push(format!("{:?}", after_submit(&response).unwrap()));
    }
    for text in shown {
        assert!(
            !text.contains("example.org") && !text.contains("ory_st"),
            "{text}"
        );
        assert!(!text.contains("Ada"), "{text}");
    }
}
