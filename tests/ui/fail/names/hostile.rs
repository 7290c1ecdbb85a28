//! Control characters, line breaks and direction marks in names of a schema are escaped in every message.
use kratos_traits::SettingsUpdate;
use kratos_traits_ui_tests::hostile::{HostileTraits, HostileTraitsRed31m};

#[derive(SettingsUpdate)]
#[kratos(traits = HostileTraits)]
struct Known {
    #[kratos(path = "two\nlines")]
    required: Option<Option<String>>,
    #[kratos(path = "two\nlines")]
    again: String,
    #[kratos(path = "turned\u{202e}round")]
    wrong_type: String,
    #[kratos(path = "turned\u{202e}round", nested)]
    no_object: String,
    #[kratos(path = "red\u{1b}[31m.other")]
    no_member: String,
    #[kratos(path = "red\u{1b}[31m")]
    as_a_whole: Option<Option<HostileTraitsRed31m>>,
    #[kratos(path = "red\u{1b}[31m.in\u{200b}side")]
    inside: String,
    #[kratos(path = "mail\u{2066}s")]
    identifier: String,
}

#[derive(SettingsUpdate)]
#[kratos(traits = HostileTraits)]
struct Unknown {
    two_lines: String,
    turned_round: bool,
    zip: String,
    #[kratos(path = "traits.a\nb")]
    begins_with_traits: String,
}

kratos_traits::include_schema!("a\u{202e}b");

fn main() {}
