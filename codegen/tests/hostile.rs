//! Text of a schema never becomes code.

use std::env;

use crate::common::trial::Trial;
use crate::common::{rust_of, with_traits};
use kratos_traits_codegen::{Options, generate};
use proc_macro2::{TokenStream, TokenTree};

const TEXTS: [&str; 24] = [
    "\"; fn evil() {} //",
    "*/ fn evil() {} /*",
    "\\",
    "\\\"",
    "\"#; fn evil() {}",
    "\"##",
    "line\nfn evil() {}",
    "line\rfn evil() {}",
    "line\r\nfn evil() {}",
    "line\u{2028}fn evil() {}",
    "line\u{2029}fn evil() {}",
    "line\u{85}fn evil() {}",
    "line\u{b}fn evil() {}\u{c}",
    "{} {0} {evil}",
    "$evil $($evil)* $crate",
    "#[evil] #![evil]",
    "\u{202e}evil\u{2066}",
    "\u{0}\u{7}\u{1b}[31m",
    "\u{feff}\u{200b}\u{ad}",
    "```\nevil()\n```",
    "    evil()",
    "<script>evil()</script>",
    "[evil](https://example.org) <https://example.org> https://example.org",
    "'static 'e' b'e' r#evil",
];

/// JSON text of a string.
fn json(text: &str) -> String {
    serde_json::to_string(text).expect("a string is JSON")
}

/// A name in a JSON pointer that is a fragment of a URL.
fn pointer_part(text: &str) -> String {
    text.replace('~', "~0")
        .replace('/', "~1")
        .replace('%', "%25")
}

fn schema(plain: &str) -> String {
    let text = plain;
    // A pattern of characters that mean nothing.
    let pattern = json(&format!("\\Q{text}"));
    let text = json(text);
    let pointer = json(&format!("#/definitions/{}", pointer_part(plain)));
    let schema = with_traits(&format!(
        r#""x": {{
            "title": {text}, "description": {text}, "format": {text}, "pattern": {pattern}, "default": {text},
            "$comment": {text}, "examples": [{text}], "type": "string"
        }},
        "e": {{ "title": {text}, "enum": ["a", {text}] }},
        "o": {{ "type": "object", "properties": {{ {text}: {{ "type": "string" }} }} }},
        "r": {{ "$ref": {pointer} }},
        "p": {{ "type": "object", "required": [{text}], "patternProperties": {{ {pattern}: {{ "const": {text} }} }} }},
        "c": {{ "type": "string", "const": {text} }},
        "m": {{ "enum": [1, {text}], "default": {{ {text}: {text} }}, {text}: {text} }}"#
    ));
    let definitions = format!("{{ \"definitions\": {{ {text}: {{ \"type\": \"integer\" }} }}, ");
    schema.replacen("{ ", &definitions, 1)
}

/// The tokens of Rust text, without attributes that only documentation, lints and serde read, and with one word for every string.
fn tokens(rust: TokenStream, out: &mut Vec<String>) {
    let mut tokens = rust.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '#' => {
                let attribute = tokens.peek().map(ToString::to_string).unwrap_or_default();
                let is_read_by = |reader: &str| attribute.starts_with(&format!("[{reader}"));
                if is_read_by("doc = ") || is_read_by("allow (") {
                    tokens.next();
                } else if is_read_by("serde (") {
                    // A long attribute is split.
                    if let Some(TokenTree::Group(attribute)) = tokens.next() {
                        serde_arguments(attribute.stream(), out);
                    }
                } else {
                    out.push(punct.to_string());
                }
            }
            TokenTree::Group(group) => {
                out.push(format!("{:?}", group.delimiter()));
                self::tokens(group.stream(), out);
                out.push(String::from("end"));
            }
            TokenTree::Literal(literal) if literal.to_string().contains('"') => {
                out.push(String::from("string"));
            }
            other => out.push(other.to_string()),
        }
    }
}

/// What is between the brackets of `#[serde(…)]`, without commas.
fn serde_arguments(attribute: TokenStream, out: &mut Vec<String>) {
    let arguments = attribute.into_iter().find_map(|token| match token {
        TokenTree::Group(group) => Some(group.stream()),
        _ => None,
    });
    let mut all = Vec::new();
    tokens(arguments.unwrap_or_default(), &mut all);
    out.extend(all.into_iter().filter(|token| token != ","));
}

#[test]
fn texts_do_not_change_the_code() {
    let tokens_for = |text| {
        let rust = rust_of(&schema(text));
        let mut out = Vec::new();
        tokens(rust.parse().expect("Rust tokens"), &mut out);
        out
    };
    let plain = tokens_for("plain text");
    // The text does reach names, so the comparison below is not empty.
    for name in ["plain_text", "PlainText"] {
        assert!(plain.iter().any(|token| token == name), "{name}");
    }
    for text in TEXTS {
        let hostile = tokens_for(text);
        assert_eq!(hostile.len(), plain.len(), "{text:?}\n{hostile:?}");
        for (hostile, plain) in hostile.iter().zip(&plain) {
            let is_name = matches!(
                plain.as_str(),
                "plain_text" | "PlainText" | "PLAIN_TEXT" | "O_PLAIN_TEXT" | "P_PLAIN_TEXT"
            ) && hostile
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '_');
            assert!(is_name || hostile == plain, "{text:?}: {hostile}");
        }
    }
}

#[test]
fn a_name_cannot_end_a_row_of_the_table() {
    for text in TEXTS {
        let rust = rust_of(&schema(text));
        let row = format!("\n    o.{text:?}: string as String, const O_");
        // None of these names is valid without quotes.
        assert_eq!(rust.matches(&row).count(), 1, "{text:?}\n{rust}");
    }
}

#[expect(clippy::print_stderr, reason = "a check that did not run says so")]
#[test]
fn code_with_any_text_compiles() {
    if env::var_os("KRATOS_TRAITS_COMPILE").is_none() {
        eprintln!("NOT CHECKED: this takes a minute; ask for it with KRATOS_TRAITS_COMPILE=1");
        return;
    }
    let mut trial = Trial::default();
    for text in TEXTS {
        let generated = generate("trial", text, &schema(text), &Options::new());
        trial.module(text, generated.expect("Kratos takes it").rust);
    }
    // Names that mean something in Rust, in serde, in the table or in the emitted code.
    let names = [
        "type",
        "self",
        "Self",
        "crate",
        "super",
        "_",
        "__",
        "r#fn",
        "dyn",
        "gen",
        "async",
        "union",
        "required",
        "nullable",
        "string",
        "as",
        "at",
        "const",
        "only",
        "items",
        "members",
        "denied",
        "id",
        "format",
        "from",
        "pub",
        "default",
        "flatten",
        "rename",
        "serde",
        "read",
        "std",
        "core",
        "kratos_traits",
        "String",
        "Option",
        "Vec",
        "NewTrialTraits",
        "new",
        "all",
        "as_str",
        "Err",
        "Ok",
        "Some",
        "None",
        "deserializer",
        "formatter",
        "__field0",
        "__visitor",
        "TRAITS",
        "SCHEMA",
        "patch",
        "2",
        "1e5",
        "0x1",
    ];
    for name in names {
        let name = json(name);
        let members = format!(
            r#"{name}: {{ "type": "object", "properties": {{ {name}: {{ "type": "string" }} }}, "required": [{name}] }},
            "the value": {{ "enum": [{name}] }}"#
        );
        let generated = generate("trial", "a.json", &with_traits(&members), &Options::new());
        trial.module(&members, generated.expect("Kratos takes it").rust);
    }
    // Modules of these names around the emitted code, and no prelude.
    let rust = rust_of(&schema("plain text"));
    let around = format!(
        "#![no_implicit_prelude]\n/// Hides a crate.\npub mod std {{}}\n/// Hides a crate.\npub mod core {{}}\n\
         /// Hides a crate.\npub mod serde {{}}\n/// The code.\npub mod inner {{\n{rust}\n}}\n"
    );
    trial.module("without a prelude", around);
    trial.passes("hostile");
}

#[test]
fn invisible_characters_are_not_generated() {
    for text in TEXTS {
        let rust = rust_of(&schema(text));
        for character in rust.chars() {
            let hidden = character.is_control() && character != '\n'
                || matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
            assert!(!hidden, "{text:?}: {character:?}");
        }
    }
}

#[test]
fn every_doc_line_is_a_comment_without_markdown() {
    for text in TEXTS {
        let rust = rust_of(&schema(text));
        for line in rust.lines().map(str::trim_start) {
            let Some(words) = line.strip_prefix("///") else {
                continue;
            };
            assert!(
                words.is_empty() || words.starts_with(' ') && !words.starts_with("  "),
                "{line}"
            );
            assert!(!words.ends_with(' '), "{line:?}");
            let outside: String = words.split('`').step_by(2).collect();
            assert!(!outside.replace("\\[", "").contains('['), "{line}");
            assert!(!outside.replace("\\<", "").contains('<'), "{line}");
            assert!(!words.trim_start().starts_with("```"), "{line}");
        }
    }
}

#[test]
fn the_embedded_schema_is_the_original_text() {
    let plain = with_traits("\"x\": { \"title\": \"a\\\"#b\" }");
    assert!(
        rust_of(&plain).contains(&format!("    = r##\"{plain}\"##;\n}}\n")),
        "{}",
        rust_of(&plain)
    );
    let crlf = with_traits("\"x\": {}\r");
    assert!(rust_of(&crlf).contains(&format!("    = {crlf:?};\n}}\n")));
}

#[test]
fn the_path_of_the_schema_is_escaped() {
    let rust = generate(
        "guest",
        "a\"b\\c\nfn evil() {}\u{202e}.json",
        &with_traits("\"x\": {}"),
        &Options::new(),
    )
    .unwrap()
    .rust;
    let header = format!(
        "// Generated by kratos-traits-codegen {} from a\"b\\c\\nfn evil() {{}}\\u{{202e}}.json. Do not edit.\n#[allow(",
        env!("CARGO_PKG_VERSION")
    );
    assert!(rust.starts_with(&header), "{rust}");
    assert!(
        rust.contains(r#"pub GuestTraits from "a\"b\\c\nfn evil() {}\u{202e}.json";"#),
        "{rust}"
    );
}

#[test]
fn invisible_characters_are_not_in_messages() {
    for text in ["\u{202e}evil\u{2066}", "two\nlines", "\u{1b}[31m"] {
        let name = serde_json::to_string(text).unwrap();
        let schema = with_traits(&format!(
            r#"{name}: {{"type": "string", "ory.sh/kratos": {{"credentials": {{"password": {{"identifier": true}}}}}}}},
            "e mail": {{}}, "e-mail": {{"format": {name}}}"#
        ));
        let options = Options::new();
        let errors = generate("guest", text, &schema, &options);
        let mut shown = errors.unwrap_err().to_string();
        let guest = with_traits(&format!(r#"{name}: {{"type": {name}}}"#));
        let error = generate("guest", text, &guest, &options);
        shown.push_str(&error.unwrap_err().to_string());
        let escaped: String = text.chars().flat_map(char::escape_default).collect();
        assert!(shown.contains(&format!("{escaped}:2:")), "{shown}");
        let hidden = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202e}' | '\u{2066}');
        assert!(!shown.contains(hidden), "{shown:?}");
    }
}
