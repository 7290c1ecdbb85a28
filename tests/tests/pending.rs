//! Changes that wait: whose they are, why they wait, and how they are stored.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use kratos_traits::exchange::Native;
use kratos_traits::flow::{Cause, InClear, Pending, SealingKey, UnfitPending, UnsealError, Update};
use kratos_traits::{
    IdentityTraits, Outcome, Patch, PublicUrl, SessionToken, SettingsUpdate, TraitsObject,
};
use kratos_traits_tests::kratos::Failure;
use kratos_traits_tests::recorded::{ADA, ends, error, flow, goes_on, sent};
use kratos_traits_tests::scenarios::updaters::{ChangeEmail, Rename};
use kratos_traits_tests::schemas::customer::CustomerTraits;
use kratos_traits_tests::schemas::member::MemberTraits;
use serde_json::{Value, json};

const TRAITS: &str = r#"{"email":"ada@example.org","nickname":"Ada"}"#;
const GRACE: &str = "11111111-2f5e-4a39-9d1a-7c6b5a4f3e2d";

fn server() -> PublicUrl {
    "http://127.0.0.1:4433".parse().expect("a URL")
}

fn session() -> SessionToken {
    SessionToken::new("ory_st_0123456789").expect("a token")
}

fn resume(pending: Pending<CustomerTraits>) -> Update<CustomerTraits> {
    Update::resumed(server(), Native::new(session()), pending)
}

fn key() -> SealingKey {
    SealingKey::new([7; 32])
}

/// What waits after a submit was refused.
fn refused<U: SettingsUpdate<Traits: IdentityTraits>>(
    update: &U,
    traits: &str,
) -> Result<Pending<U::Traits>, Failure> {
    let update = Update::native(server(), session(), update.patch());
    let submit = goes_on(update, &flow("show_form", ADA, traits))?;
    let more = json!({ "redirect_browser_to": "https://example.org/login" });
    match ends(submit, &error(403, "session_refresh_required", &more))? {
        Outcome::ReauthenticationNeeded(pending) => Ok(pending),
        other => Err(Failure::new(format_args!("{other:?}"))),
    }
}

fn new_email() -> Result<Pending<CustomerTraits>, Failure> {
    let email = "countess@example.org";
    refused(&ChangeEmail { email }, TRAITS)
}

fn rename() -> Rename {
    Rename {
        nickname: Some(Some("Countess".to_owned())),
    }
}

fn stored_and_read(pending: &Pending<CustomerTraits>) -> Result<Pending<CustomerTraits>, Failure> {
    let sealed = pending.seal(&key());
    let sealed = sealed.map_err(|error| Failure::because("not sealed", &error))?;
    let read = Pending::unseal(&key(), &sealed, SystemTime::now());
    read.map_err(|error| Failure::because("not unsealed", &error))
}

#[test]
fn a_stored_change_goes_on_as_it_was() -> Result<(), Failure> {
    let pending = new_email()?;
    let in_clear = serde_json::to_string(&pending.expose_in_clear()).expect("JSON");
    let in_clear: InClear = serde_json::from_str(&in_clear).expect("a stored change");
    assert_eq!(format!("{in_clear:?}"), "InClear { .. }");
    let in_clear = Pending::try_from(in_clear).expect("a pending change");
    for read in [stored_and_read(&pending)?, in_clear, pending] {
        assert_eq!(read.person(), Some(ADA));
        assert_eq!(
            read.redirect_browser_to.as_deref(),
            Some("https://example.org/login")
        );
        let debug = format!("{read:?}");
        assert_eq!(debug, r#"Pending { patch: {"email": "set"}, .. }"#);

        let merged = r#"{"email":"ada@example.org","nickname":"Ay"}"#;
        let submit = goes_on(resume(read.clone()), &flow("show_form", ADA, merged))?;
        let expected = json!({ "email": "countess@example.org", "nickname": "Ay" });
        assert_eq!(sent(&submit)?, expected, "what was changed elsewhere stays");

        let theirs = r#"{"email":"third@example.org"}"#;
        let outcome = ends(resume(read.clone()), &flow("show_form", ADA, theirs))?;
        assert!(matches!(outcome, Outcome::Conflict(_)), "{outcome:?}");
        let submit = goes_on(
            resume(read.clone().unguarded()),
            &flow("show_form", ADA, theirs),
        )?;
        assert_eq!(sent(&submit)?["email"], "countess@example.org");

        let outcome = ends(resume(read), &flow("show_form", GRACE, TRAITS))?;
        let Outcome::AnotherPerson(kept) = outcome else {
            return Err(Failure::new(format_args!("{outcome:?}")));
        };
        assert_eq!(kept.person(), Some(ADA), "it still is hers");
    }
    Ok(())
}

/// The second factor, a browser that must go elsewhere, a session or a flow that is gone: all the same change.
#[test]
fn whatever_waits_is_bound_to_the_person() -> Result<(), Failure> {
    for (status, id) in [
        (401, "session_inactive"),
        (403, "session_refresh_required"),
        (403, "session_aal2_required"),
        (410, "self_service_flow_expired"),
        (422, "browser_location_change_required"),
    ] {
        let update = Update::native(server(), session(), rename().patch());
        let submit = goes_on(update, &flow("show_form", ADA, TRAITS))?;
        let pending = match ends(submit, &error(status, id, &Value::Null))? {
            Outcome::ReauthenticationNeeded(pending)
            | Outcome::SecondFactorNeeded(pending)
            | Outcome::SessionGone(pending)
            | Outcome::FlowGone(pending) => pending,
            Outcome::GoElsewhere(elsewhere) => elsewhere.pending,
            other => return Err(Failure::new(format_args!("{other:?}"))),
        };
        let outcome = ends(
            resume(stored_and_read(&pending)?),
            &flow("show_form", GRACE, TRAITS),
        )?;
        assert!(matches!(outcome, Outcome::AnotherPerson(_)), "{outcome:?}");
        let theirs = TRAITS.replace("Ada", "Lovelace");
        let outcome = ends(
            resume(stored_and_read(&pending)?),
            &flow("show_form", ADA, &theirs),
        )?;
        assert!(matches!(outcome, Outcome::Conflict(_)), "{outcome:?}");
    }
    Ok(())
}

/// Refused before Kratos showed the person: the application says who it was, when it knows.
#[test]
fn who_is_not_shown_can_be_named() -> Result<(), Failure> {
    let update = Update::native(server(), session(), rename().patch());
    let outcome = ends(update, &error(403, "session_aal2_required", &Value::Null))?;
    let Outcome::SecondFactorNeeded(pending) = outcome else {
        return Err(Failure::new(format_args!("{outcome:?}")));
    };
    assert_eq!(pending.person(), None);
    let pending = stored_and_read(&pending.of_person(ADA))?;
    let outcome = ends(resume(pending), &flow("show_form", GRACE, TRAITS))?;
    assert!(matches!(outcome, Outcome::AnotherPerson(_)), "{outcome:?}");
    Ok(())
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
fn a_refusal_that_the_change_is_not_to_blame_for_is_told_apart() -> Result<(), Failure> {
    let of_email = [
        "email: identifier of `password`",
        "email: verification address by e-mail",
        "email: recovery address by e-mail",
    ];
    let pending = new_email()?;
    assert_eq!(reasons(&pending), of_email);
    assert_eq!(reasons(&stored_and_read(&pending)?), of_email);
    assert_eq!(
        reasons(&pending.unguarded()),
        of_email,
        "without the values, by its names"
    );

    assert_eq!(refused(&rename(), TRAITS)?.cause(), Cause::NotByTheChange);
    let upper = ChangeEmail {
        email: "ADA@example.org",
    };
    let same = refused(&upper, TRAITS)?;
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
    assert_eq!(reasons(&refused(&patch, traits)?), phone);
    Ok(())
}

#[test]
fn only_what_was_sealed_with_the_key_is_unsealed() -> Result<(), Failure> {
    let sealed = new_email()?.seal(&key()).expect("sealed");
    let unseal = |key: &SealingKey, text: &str| {
        Pending::<CustomerTraits>::unseal(key, text, UNIX_EPOCH).map(|_| ())
    };
    assert_eq!(unseal(&key(), &sealed), Ok(()));
    assert_eq!(
        unseal(&SealingKey::new([8; 32]), &sealed),
        Err(UnsealError::Broken)
    );
    for length in 0..sealed.len() {
        assert_eq!(
            unseal(&key(), &sealed[..length]),
            Err(UnsealError::Broken),
            "{length}"
        );
    }
    for at in 0..sealed.len() {
        let other = if &sealed[at..=at] == "A" { "B" } else { "A" };
        let tampered = format!("{}{other}{}", &sealed[..at], &sealed[at + 1..]);
        assert_eq!(unseal(&key(), &tampered), Err(UnsealError::Broken), "{at}");
    }
    for text in [
        "",
        "A",
        "AQ",
        "not base64!",
        &format!("{sealed}AAAA"),
        &format!("{sealed}="),
    ] {
        assert_eq!(unseal(&key(), text), Err(UnsealError::Broken));
    }
    let again = new_email()?.seal(&key()).expect("sealed");
    assert_ne!(again, sealed, "another nonce each time");
    for text in [format!("{:?}", key()), format!("{:?}", key().clone())] {
        assert!(!text.contains('7'), "{text}");
    }
    Ok(())
}

#[test]
fn a_sealed_change_expires() -> Result<(), Failure> {
    let at = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
    let sealed = new_email()?.seal_until(&key(), at(1_000)).expect("sealed");
    let unseal = |now| Pending::<CustomerTraits>::unseal(&key(), &sealed, now).map(|_| ());
    assert_eq!(unseal(at(1_000)), Ok(()));
    assert_eq!(unseal(at(1_001)), Err(UnsealError::Expired));
    Ok(())
}

/// The same schema after somebody edited it, with this fingerprint of its traits.
#[derive(Clone, Debug)]
struct Edited<const FINGERPRINT: u64>(CustomerTraits);

/// That of the schema for which the text of this file was sealed.
const SEALED_FOR: u64 = 0xa9bc_2d14_c781_8fb2;

impl<const FINGERPRINT: u64> serde::Serialize for Edited<FINGERPRINT> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, const FINGERPRINT: u64> serde::Deserialize<'de> for Edited<FINGERPRINT> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        CustomerTraits::deserialize(deserializer).map(Self)
    }
}

impl<const FINGERPRINT: u64> TraitsObject for Edited<FINGERPRINT> {
    const TRAITS: &'static [kratos_traits::TraitFacts] = CustomerTraits::TRAITS;
}

impl<const FINGERPRINT: u64> IdentityTraits for Edited<FINGERPRINT> {
    const SCHEMA: &'static kratos_traits::Schema = &kratos_traits::Schema {
        source: CustomerTraits::SCHEMA.source,
        json: r#"{"properties":{"traits":{"type":"object"}}}"#,
        traits: CustomerTraits::TRAITS,
        fingerprint: FINGERPRINT,
    };
}

#[test]
fn a_change_of_another_schema_is_refused() -> Result<(), Failure> {
    let sealed = new_email()?.seal(&key()).expect("sealed");
    let other = Err(UnsealError::Unfit(UnfitPending::OtherSchema));
    let now = SystemTime::now();
    assert_eq!(
        Pending::<MemberTraits>::unseal(&key(), &sealed, now).map(|_| ()),
        other
    );
    assert_eq!(
        Pending::<Edited<SEALED_FOR>>::unseal(&key(), &sealed, now).map(|_| ()),
        other
    );
    // Another text of the schema, and the same facts.
    let same =
        Pending::<Edited<{ CustomerTraits::SCHEMA.fingerprint }>>::unseal(&key(), &sealed, now);
    assert!(same.is_ok(), "{same:?}");
    Ok(())
}

/// Sealed with the key of this file; later versions must read it, or refuse it by its version.
const SEALED: &str = "AZeiJ9XPWzmpeGZqdziu1rqXeiT1fnHmLX6Tepv32pvWxj8ztAtu1AuP3PJvEH4bQn-mGRseYde8rOa80t39fR6NP6hg7HlbQInoPjqm6xst3K9JQ8uvXArp5pVSn9yeZqnBtKL6sIWKgAq26ZFmgX7lL_PlyT8RYeyFAklM2Eh_EUL7E8ijWeTZ8OPsMSIK2Ydesl6velFeuuoUlBf4uQJHzRWgcrw2DWyX8gDOnAbB2dHA2cuDCoRUML2vlvfDDcPuXU55PwR03d1V5fRClsA3ZAaAyFQF8jxNRFCYQbA1jir7TvYUjL2G2YsPH5J-Fv0wdzq_d_9wBQn3ZRFbiVP6tMfkwet2fTAOcGCnsPp89XoX6YZ84EOFUTTNDKmftRkW_vRTkpTGTQXLrs20AcWQw_mdMg";

#[test]
fn what_was_sealed_before_is_read() -> Result<(), Failure> {
    let read = Pending::<Edited<SEALED_FOR>>::unseal(&key(), SEALED, SystemTime::now());
    let pending = read.map_err(|error| Failure::because("not unsealed", &error))?;
    assert_eq!(pending.person(), Some(ADA));
    assert_eq!(
        format!("{pending:?}"),
        r#"Pending { patch: {"nickname": "set"}, .. }"#
    );
    Ok(())
}

/// What is stored in clear may have been edited: what no updater could say is refused.
#[test]
fn a_change_that_no_updater_makes_is_refused() -> Result<(), Failure> {
    use kratos_traits_tests::schemas::account::AccountTraits;

    let mut stored = serde_json::to_value(new_email()?.expose_in_clear()).expect("JSON");
    stored["schema"] = schema_mark::<AccountTraits>()?;
    let read = |patch: Value| {
        let mut stored = stored.clone();
        stored["patch"] = patch;
        let stored: InClear = serde_json::from_value(stored).expect("a stored change");
        Pending::<AccountTraits>::try_from(stored).map(|_| ())
    };
    for denied in [
        json!(["role"]),
        json!(["settings", "quota"]),
        json!(["settings"]),
        json!([]),
    ] {
        let patch = json!([{ "path": denied, "action": { "set": {} } }]);
        assert_eq!(read(patch), Err(UnfitPending::Denied), "{denied}");
    }
    assert_eq!(
        read(json!([{ "path": ["settings", "theme"], "action": "remove" }])),
        Ok(())
    );

    stored["version"] = json!(2);
    let stored: InClear = serde_json::from_value(stored).expect("a stored change");
    let other = Pending::<AccountTraits>::try_from(stored).map(|_| ());
    assert_eq!(other, Err(UnfitPending::OtherVersion));
    Ok(())
}

/// The mark of a schema, as any pending change of it has.
fn schema_mark<T: IdentityTraits>() -> Result<Value, Failure> {
    let update = Update::native(server(), session(), Patch::<T>::new());
    match ends(update, &error(403, "session_aal2_required", &Value::Null))? {
        Outcome::SecondFactorNeeded(pending) => {
            let stored = serde_json::to_value(pending.expose_in_clear());
            Ok(stored.expect("JSON")["schema"].clone())
        }
        other => Err(Failure::new(format_args!("{other:?}"))),
    }
}
