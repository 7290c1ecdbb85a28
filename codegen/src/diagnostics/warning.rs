//! The names of the warnings. They are written in build scripts, so they never change.

/// What Kratos runs, but not as one would think.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Warning {
    /// An identifier that may be null.
    NullableIdentifier,
    /// All identifiers of a credential can be removed.
    RemovableLastIdentifier,
    /// Two or more addresses to verify.
    SeveralVerifiableAddresses,
    /// An address to log in with that is never verified.
    IdentifierWithoutVerification,
    /// An optional array that Kratos fills in as an object.
    ArrayOfObjects,
    /// An optional object that Kratos fills in, and then refuses.
    OptionalObjectWithRequired,
    /// A rule that no document obeys.
    UnsatisfiableSchema,
    /// A name that means something else in Kratos's own paths.
    DottedTraitName,
    /// A keyword that Kratos does not know, and that looks like one.
    MisspeltKeyword,
    /// A format that Kratos does not know.
    UnknownFormat,
    /// A key that older versions of Kratos refuse.
    NewerKratosOnly,
    /// A schema that contains itself.
    RecursiveSchema,
    /// Members or items without a `type`.
    MissingType,
    /// The extension where it takes an object or an array as one value.
    MisplacedRole,
    /// The extension beside a `$ref`.
    IgnoredRole,
    /// A key that is there twice.
    DuplicateKey,
    /// Values of an `enum` that differ in what a Rust name does not have.
    CollidingValues,
}

impl Warning {
    const ALL: [Self; 17] = [
        Self::NullableIdentifier,
        Self::RemovableLastIdentifier,
        Self::SeveralVerifiableAddresses,
        Self::IdentifierWithoutVerification,
        Self::ArrayOfObjects,
        Self::OptionalObjectWithRequired,
        Self::UnsatisfiableSchema,
        Self::DottedTraitName,
        Self::MisspeltKeyword,
        Self::UnknownFormat,
        Self::NewerKratosOnly,
        Self::RecursiveSchema,
        Self::MissingType,
        Self::MisplacedRole,
        Self::IgnoredRole,
        Self::DuplicateKey,
        Self::CollidingValues,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::NullableIdentifier => "nullable-identifier",
            Self::RemovableLastIdentifier => "removable-last-identifier",
            Self::SeveralVerifiableAddresses => "several-verifiable-addresses",
            Self::IdentifierWithoutVerification => "identifier-without-verification",
            Self::ArrayOfObjects => "array-of-objects",
            Self::OptionalObjectWithRequired => "optional-object-with-required",
            Self::UnsatisfiableSchema => "unsatisfiable-schema",
            Self::DottedTraitName => "dotted-trait-name",
            Self::MisspeltKeyword => "misspelt-keyword",
            Self::UnknownFormat => "unknown-format",
            Self::NewerKratosOnly => "newer-kratos-only",
            Self::RecursiveSchema => "recursive-schema",
            Self::MissingType => "missing-type",
            Self::MisplacedRole => "misplaced-role",
            Self::IgnoredRole => "ignored-role",
            Self::DuplicateKey => "duplicate-key",
            Self::CollidingValues => "colliding-values",
        }
    }

    /// Every name.
    pub(crate) fn names() -> Vec<&'static str> {
        Self::ALL.iter().map(|warning| warning.name()).collect()
    }
}
