//! Names that the emitted code uses itself, so that no type in it can have them.

/// What `use …::generated::*` brings in and the file uses, the standard prelude, and the derives that every type has.
const RESERVED: [&str; 47] = [
    "AsMut",
    "AsRef",
    "BTreeMap",
    "Box",
    "Choice",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Deserialize",
    "Deserializer",
    "Display",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "FromStr",
    "Hash",
    "Into",
    "IntoIterator",
    "Iterator",
    "JsonValue",
    "New",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Redacted",
    "Result",
    "Send",
    "Serialize",
    "Serializer",
    "Sized",
    "Some",
    "String",
    "Sync",
    "UnknownValue",
    "Vec",
];

/// Can no type of the emitted code have this name?
pub(crate) fn is_reserved_type(name: &str) -> bool {
    // What else the prelude has is not written in the file, but a name that is so common would mislead.
    RESERVED.binary_search(&name).is_ok()
        || matches!(
            name,
            "ToOwned" | "ToString" | "TryFrom" | "TryInto" | "Unpin"
        )
}

#[cfg(test)]
mod tests {
    use super::{RESERVED, is_reserved_type};

    #[test]
    fn the_list_is_sorted() {
        assert!(RESERVED.is_sorted());
        assert!(is_reserved_type("String") && !is_reserved_type("Strings"));
    }
}
