//! Reads the fact table of an object, as generated code writes it: one literal, which is read by hand.
//!
//! ```text
//! schemas/customer.schema.json
//! CustomerTraits
//! email 12:9 string required PasswordIdentifier Verification(Email): String
//! name 20:9 object(closed) optional: CustomerTraitsName
//! name.first 24:13 string optional: String
//! phone 30:9 string optional last(Code) CodeIdentifier(Sms): String
//! role 40:9 string optional denied: String
//! ```
//!
//! In the file's name, in the paths and in the types `\n` is a new line, `\s` a space, and any other character
//! behind a `\` is that character; a path is written with its dots.

use syn::Lit;

use super::{Credential, Facts, Kind, Role, TraitFacts};

impl Facts {
    /// Reads a table; `None` if it is none.
    pub(crate) fn read(table: &Lit) -> Option<Self> {
        let Lit::Str(table) = table else {
            return None;
        };
        let table = table.value();
        let mut lines = table.split('\n');
        let source = text(lines.next()?);
        let object = lines.next()?.to_owned();
        let rows = lines.enumerate();
        Some(Self {
            source,
            object,
            traits: rows
                .map(|(index, row)| TraitFacts::read(index, row))
                .collect::<Option<_>>()?,
        })
    }
}

impl TraitFacts {
    fn read(index: usize, row: &str) -> Option<Self> {
        let (path, row) = row.split_once(' ')?;
        let (words, rust_type) = row.split_once(": ")?;
        let mut words = words.split(' ');
        let (line, column) = words.next()?.split_once(':')?;
        let mut facts = Self {
            index,
            path: segments(path),
            line: line.parse().ok()?,
            column: column.parse().ok()?,
            kind: Kind::read(words.next()?),
            rust_type: text(rust_type),
            required: words.next()? == "required",
            last_of: None,
            denied: false,
            nullable: false,
            roles: Vec::new(),
        };
        for word in words {
            let (name, of) = arguments(word);
            match name {
                "last" => facts.last_of = Some(Credential::read(of.as_deref()?)?),
                "denied" => facts.denied = true,
                "nullable" => facts.nullable = true,
                role => facts.roles.push(Role::read(role, of.as_deref())),
            }
        }
        Some(facts)
    }
}

impl Kind {
    fn read(word: &str) -> Self {
        match word {
            "object(open)" => Self::Object { open: true },
            "object(closed)" => Self::Object { open: false },
            "array" => Self::Array,
            _ => Self::Value,
        }
    }
}

/// `word` or `word(word)`.
fn arguments(word: &str) -> (&str, Option<String>) {
    match word.split_once('(') {
        Some((name, argument)) => (name, Some(argument.trim_end_matches(')').to_owned())),
        None => (word, None),
    }
}

/// A text of the schema, out of its escapes.
fn text(escaped: &str) -> String {
    if !escaped.contains('\\') {
        return escaped.to_owned();
    }
    let mut text = String::with_capacity(escaped.len());
    let mut characters = escaped.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => text.extend(characters.next().map(meant)),
            character => text.push(character),
        }
    }
    text
}

/// What a character behind a `\` means.
fn meant(character: char) -> char {
    match character {
        'n' => '\n',
        's' => ' ',
        other => other,
    }
}

/// The names of a path, which is split at its dots.
fn segments(path: &str) -> Vec<String> {
    if !path.contains('\\') {
        return path.split('.').map(str::to_owned).collect();
    }
    let (mut segments, mut start, mut escaped) = (Vec::new(), 0, false);
    for (position, character) in path.char_indices() {
        if character == '.' && !escaped {
            segments.push(text(&path[start..position]));
            start = position + 1;
        }
        escaped = character == '\\' && !escaped;
    }
    segments.push(text(&path[start..]));
    segments
}

#[cfg(test)]
mod tests {
    use crate::facts::{Credential, Facts, Kind};

    fn read(table: &str) -> Option<Facts> {
        Facts::read(&syn::parse_str(&format!("{table:?}")).unwrap())
    }

    #[test]
    fn a_row_says_what_the_generator_wrote() {
        let facts = read(
            "a.json\nGuest\nmail 3:9 string required last(Code) nullable CodeIdentifier(Sms) Recovery(Sms): String\nx.y 4:1 object(open) optional denied: BTreeMap<String, f64>",
        )
        .unwrap();
        assert_eq!((&*facts.source, &*facts.object), ("a.json", "Guest"));
        let [mail, y] = &facts.traits[..] else {
            panic!("two rows")
        };
        assert_eq!((mail.index, mail.line, mail.column), (0, 3, 9));
        assert_eq!(mail.path, ["mail"]);
        assert_eq!(mail.last_of, Some(Credential::Code));
        assert!(mail.required && mail.nullable && !mail.denied);
        let roles = mail.roles.iter().map(ToString::to_string);
        let expected = [
            "an identifier of `code` by SMS",
            "a recovery address by SMS",
        ];
        assert!(roles.eq(expected));
        assert_eq!(y.path, ["x", "y"]);
        assert!(y.denied && !y.required && y.kind == Kind::Object { open: true });
        assert_eq!(y.rust_type, "BTreeMap<String, f64>");
    }

    #[test]
    fn any_name_can_be_escaped() {
        let facts =
            read("a\\nb\nGuest\n\\..\\\\.\\s\\n: 1:1 value optional: X\n 1:1 value optional: Y");
        let facts = facts.unwrap();
        assert_eq!(facts.source, "a\nb");
        assert_eq!(facts.traits[0].path, [".", "\\", " \n:"]);
        assert_eq!(facts.traits[1].path, [""]);
    }

    #[test]
    fn what_is_no_table_is_not_read() {
        assert!(read("").is_none());
        assert!(read("a.json\nGuest\nmail").is_none());
        assert!(read("a.json\nGuest\nmail 3:x string required: String").is_none());
        assert!(read("a.json\nGuest\nmail 3:9 string required last(Saml): String").is_none());
    }
}
