//! Finds the line and column of keys in the embedded schema, so that the table does not contain them.
//!
//! The generator has validated the schema, so invalid JSON is skipped without an error.

use std::collections::HashMap;
use std::str::Chars;

use crate::table::Place;

/// The places of all keys of a JSON document.
pub(super) struct Places {
    /// Maps the number of an object or array and the name or position of a member to the number of the member. Of duplicate
    /// members the last one counts, as in Kratos.
    members: HashMap<(usize, String), usize>,
    /// The places of the members, by their numbers; the document itself is the first.
    places: Vec<Place>,
}

/// The JSON pointer of a trait that is declared at its path.
pub(super) fn pointer(path: &[String]) -> String {
    let escaped = path.iter().map(|name| {
        let name = name.replace('~', "~0").replace('/', "~1");
        format!("/properties/{name}")
    });
    format!("/properties/traits{}", escaped.collect::<String>())
}

/// An object or array that is being read.
struct Container {
    number: usize,
    is_array: bool,
    /// The position of the current item of an array.
    position: usize,
    /// Whether a key or an item comes next.
    expects_member: bool,
    /// The number of the current member.
    member: usize,
}

impl Places {
    /// Reads the document without recursion, because a schema may be nested deeply.
    pub(super) fn of(json: &str) -> Self {
        let mut text = Text {
            characters: json.strip_prefix('\u{feff}').unwrap_or(json).chars(),
            place: (1, 1),
        };
        let mut found = Self {
            members: HashMap::new(),
            places: vec![text.place],
        };
        let mut open: Vec<Container> = Vec::new();
        while let Some((place, token)) = text.token() {
            let string = (token == '"').then(|| text.string());
            if let Some(holder) = open.last_mut()
                && holder.expects_member
                && !matches!(token, '}' | ']')
            {
                holder.expects_member = false;
                holder.member = found.places.len();
                let name = match holder.is_array {
                    true => holder.position.to_string(),
                    false => string.unwrap_or_default(),
                };
                found.places.push(place);
                found.members.insert((holder.number, name), holder.member);
            }
            match token {
                '{' | '[' => open.push(Container {
                    number: open.last().map_or(0, |holder| holder.member),
                    is_array: token == '[',
                    position: 0,
                    expects_member: true,
                    member: 0,
                }),
                '}' | ']' => {
                    open.pop();
                }
                ',' => {
                    if let Some(holder) = open.last_mut() {
                        holder.expects_member = true;
                        holder.position += 1;
                    }
                }
                _ => {}
            }
        }
        found
    }

    /// The place of the key at a JSON pointer.
    pub(super) fn find(&self, pointer: &str) -> Option<Place> {
        let mut here = 0;
        for name in pointer.split('/').skip(1) {
            let name = name.replace("~1", "/").replace("~0", "~");
            here = *self.members.get(&(here, name))?;
        }
        Some(self.places[here])
    }
}

struct Text<'a> {
    characters: Chars<'a>,
    /// The place of the next character.
    place: Place,
}

impl Text<'_> {
    fn advance(&mut self) -> Option<char> {
        let character = self.characters.next()?;
        self.place = match character {
            '\n' => (self.place.0 + 1, 1),
            _ => (self.place.0, self.place.1 + 1),
        };
        Some(character)
    }

    /// The next character that is not a space.
    fn token(&mut self) -> Option<(Place, char)> {
        loop {
            let place = self.place;
            let character = self.advance()?;
            if !character.is_ascii_whitespace() {
                return Some((place, character));
            }
        }
    }

    /// The rest of a string after its first quote, without escapes.
    fn string(&mut self) -> String {
        let mut units: Vec<u16> = Vec::new();
        while let Some(character) = self.advance().filter(|next| *next != '"') {
            let character = match character {
                '\\' => match self.advance() {
                    Some('u') => {
                        let digits: String = (0..4).map_while(|_| self.advance()).collect();
                        units.extend(u16::from_str_radix(&digits, 16));
                        continue;
                    }
                    Some('n') => '\n',
                    Some('t') => '\t',
                    Some('r') => '\r',
                    Some('b') => '\u{8}',
                    Some('f') => '\u{c}',
                    Some(other) => other,
                    None => break,
                },
                character => character,
            };
            units.extend_from_slice(character.encode_utf16(&mut [0; 2]));
        }
        String::from_utf16_lossy(&units)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(json: &str, pointer: &str) -> Option<Place> {
        Places::of(json).find(pointer)
    }

    #[test]
    fn a_key_is_found_by_its_pointer() {
        let json = "{\n  \"a\": { \"b\": 1, \"x/y~z\": [ { \"c\": 2 }, true ] },\r\n\t\"d\":\"e\"}";
        for (pointer, place) in [
            ("/a", Some((2, 3))),
            ("/a/b", Some((2, 10))),
            ("/a/x~1y~0z", Some((2, 18))),
            ("/a/x~1y~0z/0", Some((2, 29))),
            ("/a/x~1y~0z/0/c", Some((2, 31))),
            ("/a/x~1y~0z/1", Some((2, 41))),
            ("/d", Some((3, 2))),
            ("/e", None),
            ("/d/e", None),
            ("/b", None),
            ("", Some((1, 1))),
        ] {
            assert_eq!(find(json, pointer), place, "{pointer}");
        }
    }

    #[test]
    fn the_last_of_duplicate_members_counts() {
        let json = r#"{"a":{"b":1,"c":1},"a":{"c":2}}"#;
        assert_eq!(find(json, "/a"), Some((1, 20)));
        assert_eq!(find(json, "/a/c"), Some((1, 25)));
        assert_eq!(find(json, "/a/b"), None);
    }

    #[test]
    fn columns_count_characters_without_a_byte_order_mark() {
        assert_eq!(
            find("\u{feff}{\"größe\":{\"ü\":1}}", "/größe/ü"),
            Some((1, 11))
        );
    }

    #[test]
    fn escapes_are_read() {
        let json = r#"{"\u00e4\ud83d\ude00\"\\":1,"a\/b":{"}":"{"},"c":2}"#;
        assert_eq!(find(json, "/ä😀\"\\"), Some((1, 2)));
        assert_eq!(find(json, "/a~1b/}"), Some((1, 37)));
        assert!(find(json, "/c").is_some());
    }

    #[test]
    fn invalid_json_is_skipped() {
        for json in [
            "", "{", "[", "\"", "{\"a", "{\"a\":", "]", "{\"a\\", "nul", "{]}",
        ] {
            assert_eq!(find(json, "/b"), None, "{json}");
        }
        let deep = "[".repeat(100_000);
        assert_eq!(find(&deep, "/b"), None);
    }
}
