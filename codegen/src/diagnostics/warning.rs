//! The warnings and their names. The names are written in build scripts, so they never change.

macro_rules! warnings {
    ($($(#[$doc:meta])* $warning:ident = $name:literal;)*) => {
        /// Accepted by Kratos, but surprising.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum Warning {
            $($(#[$doc])* $warning,)*
        }

        impl Warning {
            pub(crate) const NAMES: &[&str] = &[$($name),*];

            pub(crate) const fn name(self) -> &'static str {
                match self { $(Self::$warning => $name,)* }
            }
        }
    };
}

warnings! {
    /// An identifier that may be null.
    NullableIdentifier = "nullable-identifier";
    /// All identifiers of a credential are optional.
    RemovableLastIdentifier = "removable-last-identifier";
    /// Two or more addresses to verify.
    SeveralVerifiableAddresses = "several-verifiable-addresses";
    /// An address to log in with that is never verified.
    IdentifierWithoutVerification = "identifier-without-verification";
    /// An optional array for which Kratos writes an object when it is absent.
    ArrayOfObjects = "array-of-objects";
    /// An optional object for which Kratos writes `{}` when it is absent, and then refuses that.
    OptionalObjectWithRequired = "optional-object-with-required";
    /// A rule that no document satisfies.
    UnsatisfiableSchema = "unsatisfiable-schema";
    /// A name with a character that has a meaning in the paths of Kratos's forms.
    DottedTraitName = "dotted-trait-name";
    /// A keyword that Kratos does not know, and that looks like one it knows.
    MisspeltKeyword = "misspelt-keyword";
    /// A format that Kratos does not know.
    UnknownFormat = "unknown-format";
    /// A key that older versions of Kratos refuse.
    NewerKratosOnly = "newer-kratos-only";
    /// A schema that contains itself.
    RecursiveSchema = "recursive-schema";
    /// Members or items without a `type`.
    MissingType = "missing-type";
    /// A role on an object or array as a whole, or where it cannot be attributed to a trait.
    MisplacedRole = "misplaced-role";
    /// A role beside a `$ref`.
    IgnoredRole = "ignored-role";
    /// A key that an object has twice.
    DuplicateKey = "duplicate-key";
    /// Values of an `enum` that would have the same name in Rust.
    CollidingValues = "colliding-values";
    /// A `default`, which Kratos never applies.
    IgnoredDefault = "ignored-default";
    /// A `readOnly`, which Kratos ignores.
    IgnoredReadOnly = "ignored-read-only";
    /// A property of the root beside `traits`.
    IgnoredRootProperty = "ignored-root-property";
    /// A format beside a `type` that allows null.
    NullableFormat = "nullable-format";
    /// An id that a Kratos configuration has twice.
    #[cfg_attr(not(feature = "kratos-config"), expect(dead_code, reason = "only a Kratos configuration has schema ids"))]
    DuplicateSchemaId = "duplicate-schema-id";
}
