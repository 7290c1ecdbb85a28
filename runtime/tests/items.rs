//! Items of arrays, named by their position.

#[allow(missing_docs, unreachable_pub)]
mod subscriber {
    include!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../schemas/subscriber.rs"
    ));
}

use kratos_traits::{RawTraits, SettingsUpdate};
use subscriber::SubscriberTraits;

#[derive(SettingsUpdate)]
#[kratos(traits = SubscriberTraits)]
struct Languages<'a> {
    #[kratos(path = "languages.0")]
    first: Option<&'a str>,
    #[kratos(path = "languages.1")]
    second: Option<&'a str>,
}

/// The languages that an update leaves of those that are stored; or what is wrong, and where.
fn after(update: &Languages<'_>, stored: &str) -> Result<String, Vec<String>> {
    let current = format!(
        r#"{{"email":"ada@example.org","type":"private","consent":true,"gifts":[]{stored}}}"#
    );
    let current = RawTraits::parse(&current).unwrap();
    let change = update.settings_update(&current).map_err(|problems| {
        let problems = problems.iter();
        problems
            .map(|one| format!("{}: {}", one.path, one.message.text))
            .collect::<Vec<_>>()
    })?;
    let languages = kratos_traits::TraitPath::parse("languages");
    let languages = change.traits().get(&languages);
    Ok(languages.map_or_else(String::new, |raw| raw.get().to_owned()))
}

#[test]
fn an_item_is_set_or_added_behind_the_last() {
    let (first, second) = (Some("de"), Some("fr"));
    let both = Languages { first, second };
    let only_first = Languages {
        first,
        second: None,
    };
    for (update, stored, expected) in [
        (&only_first, r#","languages":["en","it"]"#, r#"["de","it"]"#),
        (&both, r#","languages":["en"]"#, r#"["de","fr"]"#),
        (&only_first, r#","languages":[]"#, r#"["de"]"#),
        (&only_first, "", r#"["de"]"#),
        (&both, "", r#"["de","fr"]"#),
        (&only_first, r#","languages":null"#, r#"["de"]"#),
        (&both, r#","languages":null"#, r#"["de","fr"]"#),
    ] {
        assert_eq!(after(update, stored).as_deref(), Ok(expected), "{stored}");
    }
}

#[test]
fn a_gap_is_a_problem_of_the_array() {
    let update = Languages {
        first: None,
        second: Some("fr"),
    };
    let expected = "languages: the stored value cannot hold the value to set";
    for stored in ["", r#","languages":[]"#] {
        assert_eq!(
            after(&update, stored),
            Err(vec![expected.to_owned()]),
            "{stored}"
        );
    }
}
