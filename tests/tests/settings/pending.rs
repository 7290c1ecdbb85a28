//! Changes that wait: whose they are, why they wait, and how they are stored.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::Response;
use kratos_traits::settings::{Cause, PendingData, PendingError, SealingKey};
use kratos_traits::{IdentityTraits, Outcome, Patch, Pending, SettingsUpdate, TraitsObject};
use kratos_traits_tests::recorded::{ADA, error, flow};
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::schemas::member::MemberTraits;
use kratos_traits_tests::scripted::{self, Scripted, submitted_traits};
use kratos_traits_tests::updaters::{ChangeEmail, rename};
use serde_json::{Value, json};

const TRAITS: &str = r#"{"email":"ada@example.org","nickname":"Ada"}"#;
const GRACE: &str = "11111111-2f5e-4a39-9d1a-7c6b5a4f3e2d";

/// The flow that a person is shown who has these traits.
fn shown(id: &str, traits: &str) -> Response<Vec<u8>> {
    flow("show_form", id, traits)
}

/// How a pending change ends that is resumed and gets this answer only.
fn resumed(pending: Pending<CustomerTraits>, answer: Response<Vec<u8>>) -> Outcome<CustomerTraits> {
    scripted::resume(pending, vec![answer]).unwrap()
}

/// The traits that a pending change submits when it is resumed.
fn sent(pending: Pending<CustomerTraits>, traits: &str) -> Value {
    let script = Scripted::new([shown(ADA, traits)]);
    submitted_traits(&script.requests_of(script.settings().resume(pending)))
}

fn key() -> SealingKey {
    SealingKey::new([7; 32])
}

/// The pending change after a refused submit.
fn refused<U: SettingsUpdate<Traits: IdentityTraits>>(
    update: &U,
    traits: &str,
) -> Pending<U::Traits> {
    let more = json!({ "redirect_browser_to": "https://example.org/login" });
    let refusal = error(403, Some("session_refresh_required"), more);
    match scripted::update(update, vec![shown(ADA, traits), refusal]) {
        Ok(Outcome::ReauthenticationRequired(pending)) => pending,
        other => panic!("{other:?}"),
    }
}

fn new_email() -> Pending<CustomerTraits> {
    let email = "countess@example.org";
    refused(&ChangeEmail { email }, TRAITS)
}

fn stored_and_read(pending: &Pending<CustomerTraits>) -> Pending<CustomerTraits> {
    let sealed = pending.seal(&key()).unwrap();
    Pending::unseal(&key(), &sealed, SystemTime::now()).unwrap()
}

#[test]
fn a_stored_change_is_resumed_unchanged() {
    let pending = new_email();
    let in_clear = serde_json::to_string(&pending.to_plaintext()).unwrap();
    let in_clear: PendingData = serde_json::from_str(&in_clear).unwrap();
    assert_eq!(format!("{in_clear:?}"), "PendingData { .. }");
    let in_clear = Pending::try_from(in_clear).unwrap();
    for read in [stored_and_read(&pending), in_clear, pending] {
        assert_eq!(read.person(), Some(ADA));
        assert_eq!(
            read.redirect_browser_to.as_deref(),
            Some("https://example.org/login")
        );
        let debug = format!("{read:?}");
        assert_eq!(debug, r#"Pending { patch: {"email": "set"}, .. }"#);

        let merged = r#"{"email":"ada@example.org","nickname":"Ay"}"#;
        let expected = json!({ "email": "countess@example.org", "nickname": "Ay" });
        let sent_on_merged = sent(read.clone(), merged);
        assert_eq!(sent_on_merged, expected, "changes of others are kept");

        let theirs = r#"{"email":"third@example.org"}"#;
        let outcome = resumed(read.clone(), shown(ADA, theirs));
        assert!(matches!(outcome, Outcome::Conflict(_)), "{outcome:?}");
        let sent = sent(read.clone().unguarded(), theirs);
        assert_eq!(sent["email"], "countess@example.org");

        let outcome = resumed(read, shown(GRACE, TRAITS));
        let Outcome::IdentityMismatch(kept) = outcome else {
            panic!("{outcome:?}");
        };
        assert_eq!(kept.person(), Some(ADA), "it still is hers");
    }
}

/// Every outcome that can be resumed holds the same change: second factor, browser redirect, inactive session, expired flow.
#[test]
fn every_pending_change_is_bound_to_the_person() {
    for (status, id) in [
        (401, "session_inactive"),
        (403, "session_refresh_required"),
        (403, "session_aal2_required"),
        (410, "self_service_flow_expired"),
        (422, "browser_location_change_required"),
    ] {
        let answers = vec![shown(ADA, TRAITS), error(status, Some(id), Value::Null)];
        let pending = match scripted::update(&rename("Countess"), answers).unwrap() {
            Outcome::ReauthenticationRequired(pending)
            | Outcome::SecondFactorRequired(pending)
            | Outcome::SessionInactive(pending)
            | Outcome::FlowExpired(pending) => pending,
            Outcome::BrowserRedirectRequired(pending) => pending,
            other => panic!("{other:?}"),
        };
        let outcome = resumed(stored_and_read(&pending), shown(GRACE, TRAITS));
        assert!(
            matches!(outcome, Outcome::IdentityMismatch(_)),
            "{outcome:?}"
        );
        let theirs = TRAITS.replace("Ada", "Lovelace");
        let outcome = resumed(stored_and_read(&pending), shown(ADA, &theirs));
        assert!(matches!(outcome, Outcome::Conflict(_)), "{outcome:?}");
    }
}

/// If Kratos refuses before it returns the identity, the application can set the identity.
#[test]
fn an_unknown_person_can_be_named() {
    let refusal = error(403, Some("session_aal2_required"), Value::Null);
    let outcome = scripted::update(&rename("Countess"), vec![refusal]);
    let Ok(Outcome::SecondFactorRequired(pending)) = outcome else {
        panic!("{outcome:?}");
    };
    assert_eq!(pending.person(), None);
    let pending = stored_and_read(&pending.of_person(ADA));
    let outcome = resumed(pending, shown(GRACE, TRAITS));
    assert!(
        matches!(outcome, Outcome::IdentityMismatch(_)),
        "{outcome:?}"
    );
}

/// The reasons as `path: role`, none when the change is not to blame.
fn reasons<T: IdentityTraits>(pending: &Pending<T>) -> Vec<String> {
    match pending.cause() {
        Cause::NotByTheChange => Vec::new(),
        Cause::PrivilegedChange(found) => {
            let each = found.iter();
            each.map(|(facts, role)| format!("{}: {role}", facts.path.join(".")))
                .collect()
        }
        other => vec![format!("{other:?}")],
    }
}

#[test]
fn the_cause_of_a_refusal() {
    let of_email = [
        "email: identifier of `password`",
        "email: verification address by e-mail",
        "email: recovery address by e-mail",
    ];
    let pending = new_email();
    assert_eq!(reasons(&pending), of_email);
    assert_eq!(reasons(&stored_and_read(&pending)), of_email);
    assert_eq!(
        reasons(&pending.unguarded()),
        of_email,
        "without the values, by its names"
    );

    assert_eq!(
        refused(&rename("Countess"), TRAITS).cause(),
        Cause::NotByTheChange
    );
    let upper = ChangeEmail {
        email: "ADA@example.org",
    };
    let same = refused(&upper, TRAITS);
    assert_eq!(
        same.cause(),
        Cause::NotByTheChange,
        "the same address for Kratos"
    );

    let mut patch = Patch::<MemberTraits, _>::privileged();
    patch
        .set(MemberTraits::DISPLAY_NAME, "Ada")
        .remove(MemberTraits::PHONE);
    let traits = r#"{"username":"ada","email":"ada@example.org","phone":"+49301234567"}"#;
    let phone = [
        "phone: identifier of `code` by SMS",
        "phone: verification address by SMS",
    ];
    assert_eq!(reasons(&refused(&patch, traits)), phone);
}

#[test]
fn unsealing_needs_the_key_and_the_whole_text() {
    let sealed = new_email().seal(&key()).unwrap();
    let unseal = |key: &SealingKey, text: &str| {
        Pending::<CustomerTraits>::unseal(key, text, UNIX_EPOCH).map(|_| ())
    };
    assert_eq!(unseal(&key(), &sealed), Ok(()));
    assert_eq!(
        unseal(&SealingKey::new([8; 32]), &sealed),
        Err(PendingError::NotSealed)
    );
    for length in 0..sealed.len() {
        assert_eq!(
            unseal(&key(), &sealed[..length]),
            Err(PendingError::NotSealed),
            "{length}"
        );
    }
    for at in 0..sealed.len() {
        let other = if &sealed[at..=at] == "A" { "B" } else { "A" };
        let tampered = format!("{}{other}{}", &sealed[..at], &sealed[at + 1..]);
        assert_eq!(
            unseal(&key(), &tampered),
            Err(PendingError::NotSealed),
            "{at}"
        );
    }
    for text in [
        "",
        "A",
        "AQ",
        "not base64!",
        &format!("{sealed}AAAA"),
        &format!("{sealed}="),
    ] {
        assert_eq!(unseal(&key(), text), Err(PendingError::NotSealed));
    }
    let again = new_email().seal(&key()).unwrap();
    assert_ne!(again, sealed, "another nonce each time");
    for text in [format!("{:?}", key()), format!("{:?}", key().clone())] {
        assert!(!text.contains('7'), "{text}");
    }
}

#[test]
fn a_sealed_change_expires() {
    let at = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
    let sealed = new_email().seal_until(&key(), at(1_000)).unwrap();
    let unseal = |now| Pending::<CustomerTraits>::unseal(&key(), &sealed, now).map(|_| ());
    assert_eq!(unseal(at(1_000)), Ok(()));
    assert_eq!(unseal(at(1_001)), Err(PendingError::Expired));
}

/// The same schema after somebody edited it, with this fingerprint of its traits.
#[derive(Clone, Debug)]
struct Edited<const SEALED: bool>(CustomerTraits);

/// That of the schema for which the text of this file was sealed.
const SEALED_FOR: u64 = 0xa9bc_2d14_c781_8fb2;

impl<const SEALED: bool> serde::Serialize for Edited<SEALED> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, const SEALED: bool> serde::Deserialize<'de> for Edited<SEALED> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        CustomerTraits::deserialize(deserializer).map(Self)
    }
}

impl<const SEALED: bool> TraitsObject for Edited<SEALED> {
    const TRAITS: &'static [kratos_traits::TraitFacts] = CustomerTraits::TRAITS;
}

impl<const SEALED: bool> IdentityTraits for Edited<SEALED> {
    fn schema() -> &'static kratos_traits::Schema {
        // Not a static: that would be one for all parameters.
        Box::leak(Box::new(kratos_traits::Schema::new(
            CustomerTraits::schema().source,
            r#"{"properties":{"traits":{"type":"object"}}}"#,
            CustomerTraits::TRAITS,
            if SEALED {
                SEALED_FOR
            } else {
                CustomerTraits::schema().fingerprint
            },
        )))
    }
}

#[test]
fn a_change_of_another_schema_is_refused() {
    let sealed = new_email().seal(&key()).unwrap();
    let other = Err(PendingError::OtherSchema);
    let now = SystemTime::now();
    assert_eq!(
        Pending::<MemberTraits>::unseal(&key(), &sealed, now).map(|_| ()),
        other
    );
    assert_eq!(
        Pending::<Edited<true>>::unseal(&key(), &sealed, now).map(|_| ()),
        other
    );
    // Another text of the schema, and the same facts.
    let same = Pending::<Edited<false>>::unseal(&key(), &sealed, now);
    assert!(same.is_ok(), "{same:?}");
}

/// Sealed with the key of this file; later versions must read it, or refuse it by its version.
const SEALED: &str = "AZeiJ9XPWzmpeGZqdziu1rqXeiT1fnHmLX6Tepv32pvWxj8ztAtu1AuP3PJvEH4bQn-mGRseYde8rOa80t39fR6NP6hg7HlbQInoPjqm6xst3K9JQ8uvXArp5pVSn9yeZqnBtKL6sIWKgAq26ZFmgX7lL_PlyT8RYeyFAklM2Eh_EUL7E8ijWeTZ8OPsMSIK2Ydesl6velFeuuoUlBf4uQJHzRWgcrw2DWyX8gDOnAbB2dHA2cuDCoRUML2vlvfDDcPuXU55PwR03d1V5fRClsA3ZAaAyFQF8jxNRFCYQbA1jir7TvYUjL2G2YsPH5J-Fv0wdzq_d_9wBQn3ZRFbiVP6tMfkwet2fTAOcGCnsPp89XoX6YZ84EOFUTTNDKmftRkW_vRTkpTGTQXLrs20AcWQw_mdMg";

#[test]
fn text_that_was_sealed_before_is_read() {
    let read = Pending::<Edited<true>>::unseal(&key(), SEALED, SystemTime::now());
    let pending = read.unwrap();
    assert_eq!(pending.person(), Some(ADA));
    assert_eq!(
        format!("{pending:?}"),
        r#"Pending { patch: {"nickname": "set"}, .. }"#
    );
}

/// What is stored in clear may have been edited: what no updater could say is refused.
#[test]
fn a_change_that_no_updater_makes_is_refused() {
    use kratos_traits_tests::schemas::account::AccountTraits;

    let mut stored = serde_json::to_value(new_email().to_plaintext()).unwrap();
    stored["schema"] = schema_mark::<AccountTraits>();
    let read = |patch: Value| {
        let mut stored = stored.clone();
        stored["patch"] = patch;
        let stored: PendingData = serde_json::from_value(stored).unwrap();
        Pending::<AccountTraits>::try_from(stored).map(|_| ())
    };
    for denied in [
        json!(["role"]),
        json!(["settings", "quota"]),
        json!(["settings"]),
        json!([]),
    ] {
        let patch = json!([{ "path": denied, "action": { "set": {} } }]);
        assert_eq!(read(patch), Err(PendingError::Denied), "{denied}");
    }
    assert_eq!(
        read(json!([{ "path": ["settings", "theme"], "action": "remove" }])),
        Ok(())
    );

    stored["version"] = json!(2);
    let stored: PendingData = serde_json::from_value(stored).unwrap();
    let other = Pending::<AccountTraits>::try_from(stored).map(|_| ());
    assert_eq!(other, Err(PendingError::OtherVersion));
}

/// The mark of a schema, as any pending change of it has.
fn schema_mark<T: IdentityTraits>() -> Value {
    let refusal = error(403, Some("session_aal2_required"), Value::Null);
    match scripted::update(&Patch::<T>::new(), vec![refusal]) {
        Ok(Outcome::SecondFactorRequired(pending)) => {
            let stored = serde_json::to_value(pending.to_plaintext()).unwrap();
            stored["schema"].clone()
        }
        other => panic!("{other:?}"),
    }
}
