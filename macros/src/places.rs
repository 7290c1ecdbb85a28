//! Finds the line and column of keys in the embedded schema, so that the table does not contain them.
//!
//! The generator has validated the schema, so invalid JSON is skipped without an error.

use std::collections::HashMap;

/// A line and a column, both from 1; columns are counted in characters.
pub(crate) type Place = (u32, u32);

/// The places of all keys of a JSON document.
pub(crate) struct Places {
    /// Maps the number of an object and the name of a member to the member. Of duplicate members the last one counts, as in
    /// Kratos.
    members: HashMap<(usize, String), usize>,
    /// The places of the members, by their numbers; the document itself is the first.
    places: Vec<Place>,
}

impl Places {
    pub(crate) fn of(json: &str) -> Self {
        let mut scan = Scan {
            rest: json.strip_prefix('\u{feff}').unwrap_or(json),
            place: (1, 1),
            found: Self {
                members: HashMap::new(),
                places: vec![(1, 1)],
            },
        };
        scan.document();
        scan.found
    }

    /// The place of the key at a JSON pointer.
    pub(crate) fn find(&self, pointer: &str) -> Option<Place> {
        let mut here = 0;
        for name in pointer.split('/').skip(1) {
            let name = name.replace("~1", "/").replace("~0", "~");
            here = *self.members.get(&(here, name))?;
        }
        Some(self.places[here])
    }
}

/// The JSON pointer of a trait that is declared at its path.
pub(crate) fn pointer(path: &[String]) -> String {
    let mut pointer = String::from("/properties/traits");
    for name in path {
        pointer.push_str("/properties/");
        pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
    }
    pointer
}

/// An object or array that is being read.
struct Container {
    /// Its number among the members.
    number: usize,
    /// The position of the next item of an array.
    position: Option<usize>,
    /// The member whose value comes next.
    member: usize,
}

struct Scan<'a> {
    rest: &'a str,
    /// The place of the next character.
    place: Place,
    found: Places,
}

impl Scan<'_> {
    /// Reads the document without recursion, because a schema may be nested deeply.
    fn document(&mut self) {
        let mut open: Vec<Container> = Vec::new();
        while let Some(next) = self.next_token() {
            let member = open.last().map_or(0, |container| container.member);
            match next {
                '{' | '[' => {
                    self.advance(1);
                    let is_array = next == '[';
                    open.push(Container {
                        number: member,
                        position: is_array.then_some(0),
                        member,
                    });
                    if is_array {
                        self.item(&mut open);
                    }
                }
                '}' | ']' => {
                    self.advance(1);
                    open.pop();
                }
                ',' => {
                    self.advance(1);
                    self.item(&mut open);
                }
                '"' => {
                    let place = self.place;
                    let text = self.string();
                    let is_key = self.next_token() == Some(':');
                    if let (true, Some(container)) = (is_key, open.last_mut()) {
                        self.advance(1);
                        container.member = self.found.add(container.number, text, place);
                    }
                }
                _ => self.advance(next.len_utf8()),
            }
        }
    }

    /// In an array: numbers the next item.
    fn item(&mut self, open: &mut [Container]) {
        self.next_token();
        let place = self.place;
        if let Some(container) = open.last_mut()
            && let Some(position) = &mut container.position
        {
            let name = position.to_string();
            *position += 1;
            container.member = self.found.add(container.number, name, place);
        }
    }

    /// The next character that is not a space.
    fn next_token(&mut self) -> Option<char> {
        let bare = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
        self.advance(self.rest.len() - bare.len());
        self.rest.chars().next()
    }

    /// The string that begins here, without its escapes.
    fn string(&mut self) -> String {
        let mut escaped = false;
        let end = self.rest[1..].find(|c| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        });
        let raw = match end {
            Some(end) => &self.rest[1..=end],
            None => &self.rest[1..],
        };
        let text = unescaped(raw);
        self.advance((raw.len() + 2).min(self.rest.len()));
        text
    }

    fn advance(&mut self, bytes: usize) {
        let (passed, rest) = self.rest.split_at(bytes);
        for character in passed.chars() {
            if character == '\n' {
                self.place = (self.place.0 + 1, 1);
            } else {
                self.place.1 += 1;
            }
        }
        self.rest = rest;
    }
}

impl Places {
    fn add(&mut self, container: usize, name: String, place: Place) -> usize {
        let number = self.places.len();
        self.places.push(place);
        self.members.insert((container, name), number);
        number
    }
}

/// The text of a JSON string.
fn unescaped(raw: &str) -> String {
    if !raw.contains('\\') {
        return raw.to_owned();
    }
    let mut units: Vec<u16> = Vec::with_capacity(raw.len());
    let mut characters = raw.chars();
    while let Some(character) = characters.next() {
        let meant = match (character, character == '\\') {
            (_, false) => character,
            (_, true) => match characters.next() {
                Some('u') => {
                    let digits: String = characters.by_ref().take(4).collect();
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
        };
        units.extend(character_units(meant));
    }
    String::from_utf16_lossy(&units)
}

fn character_units(character: char) -> Vec<u16> {
    character.encode_utf16(&mut [0; 2]).to_vec()
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
            ("/d/e", None),
            ("/b", None),
            ("", Some((1, 1))),
        ] {
            assert_eq!(find(json, pointer), place, "{pointer}");
        }
    }

    #[test]
    fn of_two_members_of_one_name_the_last_one_counts() {
        let json = r#"{"a":{"b":1,"c":1},"a":{"c":2}}"#;
        assert_eq!(find(json, "/a"), Some((1, 20)));
        assert_eq!(find(json, "/a/c"), Some((1, 25)));
        assert_eq!(find(json, "/a/b"), None);
    }

    #[test]
    fn columns_are_characters_and_a_byte_order_mark_is_none() {
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
    fn what_is_not_json_is_passed_over() {
        for json in [
            "", "{", "[", "\"", "{\"a", "{\"a\":", "]", "{\"a\\", "nul", "{]}",
        ] {
            assert_eq!(find(json, "/b"), None, "{json}");
        }
        let deep = "[".repeat(100_000);
        assert_eq!(find(&deep, "/b"), None);
    }
}
