//! All mistakes of a struct are reported together, and none where the struct is used.
use kratos_traits::{SettingsUpdate, Unprivileged};
use kratos_traits_ui_tests::account::AccountTraits;

#[derive(SettingsUpdate)]
struct Missing<'a> {
    #[kratos(pth = "type")]
    kind: &'a str,
}

#[derive(SettingsUpdate)]
#[kratos(trats = AccountTraits)]
struct Misspelt {
    score: f64,
}

#[derive(SettingsUpdate)]
#[kratos(prvileged)]
struct MissingBesideAMistake {
    score: f64,
}

#[derive(SettingsUpdate)]
#[kratos(traits = AccountTraits)]
struct Form {
    #[kratos(flatten)]
    missing: Missing<'static>,
    #[kratos(nested)]
    address: Option<Misspelt>,
    score: Option<f64>,
}

fn save(_: &impl SettingsUpdate<Traits = AccountTraits>) {}
fn save_at_any_time(_: &impl Unprivileged) {}

fn main() {
    let missing = Missing { kind: "a" };
    save(&missing);
    save_at_any_time(&missing);
    let _ = missing.patch();
    save(&Misspelt { score: 1.0 });
    save_at_any_time(&MissingBesideAMistake { score: 1.0 });
}
