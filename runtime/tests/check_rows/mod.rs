//! Rules, values that obey them, and values that break them: judged here and by a real Kratos.
//!
//! All is JSON text: how a number is written matters.

/// What is seen when a trait of these rules has these values.
pub(crate) struct Row {
    /// The rules of the trait.
    pub(crate) rules: &'static str,
    /// Values without a problem.
    pub(crate) good: &'static [&'static str],
    /// Values with one problem.
    pub(crate) bad: &'static [&'static str],
    /// Where the problem stands, below the trait.
    #[allow(dead_code, reason = "for the test without a server")]
    pub(crate) at: &'static str,
    /// Its id.
    #[allow(dead_code, reason = "for the test without a server")]
    pub(crate) id: u64,
}

const fn row(
    rules: &'static str,
    good: &'static [&'static str],
    bad: &'static [&'static str],
    id: u64,
) -> Row {
    let at = "";
    Row {
        rules,
        good,
        bad,
        at,
        id,
    }
}

const fn inside(
    rules: &'static str,
    good: &'static [&'static str],
    bad: &'static [&'static str],
    at: &'static str,
    id: u64,
) -> Row {
    Row {
        rules,
        good,
        bad,
        at,
        id,
    }
}

/// Rules that our check judges, under the draft that a schema has when it names none.
pub(crate) const ROWS: &[Row] = &[
    row(r#"{"type":"string"}"#, &[r#""4""#], &["4"], 4000026),
    row(
        r#"{"type":"integer"}"#,
        &["4", "-0", "123456789012345678901234567890"],
        &["4.0", "1e2", "-0.0", "1e300", "1e999", r#""4""#],
        4000026,
    ),
    row(
        r#"{"type":"number"}"#,
        &["4", "1e999", "-0.0"],
        &["true"],
        4000026,
    ),
    row(r#"{"type":["string","null"]}"#, &["null"], &["1"], 4000026),
    row(r#"{"const":"a"}"#, &[r#""a""#], &[r#""b""#], 4000029),
    row(r#"{"const":1}"#, &["1.0", "1"], &["2", "1.5"], 4000029),
    row(
        r#"{"const":9007199254740993}"#,
        &["9007199254740993"],
        &["9007199254740992", "9007199254740994"],
        4000029,
    ),
    row(r#"{"const":0}"#, &["-0", "0.0"], &["1"], 4000029),
    row(r#"{"const":true}"#, &["true"], &["false"], 4000029),
    row(
        r#"{"const":{"a":1}}"#,
        &[r#"{"a":1}"#, r#"{"a":2,"a":1}"#],
        &[r#"{"a":2}"#, r#"{"a":1,"a":2}"#],
        4000030,
    ),
    row(r#"{"enum":["a","b"]}"#, &[r#""b""#], &[r#""c""#], 4000001),
    row(
        r#"{"enum":[9007199254740992,null]}"#,
        &["9007199254740992", "null"],
        &["9007199254740993"],
        4000001,
    ),
    row(r#"{"minLength":2}"#, &[r#""äö""#], &[r#""ä""#], 4000003),
    row(r#"{"maxLength":2}"#, &[r#""äö""#], &[r#""äöü""#], 4000017),
    row(r#"{"pattern":"^a"}"#, &[r#""ab""#], &[r#""ba""#], 4000004),
    row(
        r#"{"pattern":"\\<b\\>"}"#,
        &[r#""<b>""#],
        &[r#""b""#],
        4000004,
    ),
    row(
        r#"{"pattern":"^[+--]+$"}"#,
        &[r#""+,-""#],
        &[r#""*""#],
        4000004,
    ),
    row(
        r#"{"pattern":"^[ --]+$"}"#,
        &[r#""!+-""#],
        &[r#""/""#],
        4000004,
    ),
    row(
        r#"{"pattern":"^[!--]+$"}"#,
        &[r#""!+#-""#],
        &[r#""/""#],
        4000004,
    ),
    row(
        r#"{"pattern":"^[*--/]+$"}"#,
        &[r#""+,/""#],
        &[r#"".""#],
        4000004,
    ),
    row(
        r#"{"pattern":"^[[:alpha:]:][0-9]$"}"#,
        &[r#""a1""#, r#"":1""#],
        &[r#""1:""#],
        4000004,
    ),
    row(
        r#"{"pattern":"^[:a-z:][0-9]$"}"#,
        &[r#""m1""#, r#"":1""#],
        &[r#""11""#],
        4000004,
    ),
    row(
        r#"{"pattern":"^[[:word:]:]+[\\[]$"}"#,
        &[r#""a_:[""#],
        &[r#""a-[""#],
        4000004,
    ),
    row(
        r#"{"pattern":"^[\\d-z]+$"}"#,
        &[r#""1-z""#],
        &[r#""a""#],
        4000004,
    ),
    row(
        r#"{"pattern":"^a{,2}$"}"#,
        &[r#""a{,2}""#],
        &[r#""aa""#],
        4000004,
    ),
    row(r#"{"pattern":"^\\w$"}"#, &[r#""_""#], &[r#""é""#], 4000004),
    row(
        r#"{"format":"email"}"#,
        &[r#""a@b""#],
        &[r#""a""#, r#""@b""#],
        4000040,
    ),
    row(
        r#"{"format":"tel"}"#,
        &[r#""+4930123456""#],
        &[r#""1""#],
        4000041,
    ),
    row(
        r#"{"minimum":3}"#,
        &["3", "3.0", "1e999"],
        &["2.5", "-1e999"],
        4000018,
    ),
    row(
        r#"{"minimum":9007199254740993}"#,
        &["9007199254740993"],
        &["9007199254740992"],
        4000018,
    ),
    row(r#"{"exclusiveMinimum":3}"#, &["4"], &["3", "3.0"], 4000019),
    row(r#"{"maximum":3}"#, &["3.0"], &["4", "1e999"], 4000020),
    row(r#"{"maximum":0.1}"#, &["0.1"], &["0.2"], 4000020),
    row(r#"{"exclusiveMaximum":3}"#, &["2.9"], &["3"], 4000021),
    row(r#"{"exclusiveMaximum":0.1}"#, &["0"], &["0.1"], 4000021),
    row(
        r#"{"multipleOf":3}"#,
        &["6", "-0", "9007199254740993"],
        &["7", "9007199254740992"],
        4000022,
    ),
    row(r#"{"maxItems":1}"#, &["[1]"], &["[1,2]"], 4000023),
    row(r#"{"minItems":1}"#, &["[1]"], &["[]"], 4000024),
    row(
        r#"{"uniqueItems":true}"#,
        &["[1,2]", "[9007199254740992,9007199254740993]", "[1,true]"],
        &["[1,2,1.0]", "[0,-0]", r#"[{"a":[1]},{"a":[1]}]"#],
        4000025,
    ),
    row(r#"{"minProperties":1}"#, &[r#"{"a":1}"#], &["{}"], 4000001),
    row(
        r#"{"maxProperties":1}"#,
        &[r#"{"a":1}"#, r#"{"a":1,"a":2}"#],
        &[r#"{"a":1,"b":2}"#],
        4000001,
    ),
    row(
        r#"{"additionalProperties":false}"#,
        &["{}"],
        &[r#"{"a":1}"#],
        4000001,
    ),
    inside(
        r#"{"type":"array","items":{"type":"integer"}}"#,
        &["[1]"],
        &["[1.0]", "[1.0,1e999]"],
        "0",
        4000026,
    ),
    inside(
        r#"{"type":"object","required":["q"]}"#,
        &[r#"{"q":1}"#, r#"{"q":1e999}"#],
        &["{}"],
        "q",
        4000002,
    ),
    inside(
        r#"{"type":"object","additionalProperties":{"type":"boolean"}}"#,
        &[r#"{"k":true}"#],
        &[r#"{"k":1}"#, r#"{"k":1e999}"#],
        "k",
        4000026,
    ),
];

/// Rules that read otherwise in a schema of draft-04.
pub(crate) const DRAFT_04: &[Row] = &[row(
    r#"{"type":"string","const":"a"}"#,
    &[r#""a""#, r#""b""#],
    &["1"],
    4000026,
)];

/// A part of the numbers that Kratos judges, but cannot store in its answer (`+Inf`).
#[allow(dead_code, reason = "for the test on a real server")]
pub(crate) const WITHOUT_ANSWER: &str = "e999";

/// Values that only Kratos judges: it may refuse them, we do not.
#[allow(dead_code, reason = "for the test without a server")]
pub(crate) const LEFT_TO_KRATOS: &[(&str, &str)] = &[
    (r#"{"anyOf":[{"type":"string"}]}"#, "1"),
    (
        r#"{"patternProperties":{"^a":{}},"additionalProperties":false}"#,
        r#"{"a":1}"#,
    ),
    (r#"{"format":"uuid"}"#, r#""x""#),
    (r#"{"pattern":"^\\pC$"}"#, "\"\u{378}\""),
    (r#"{"pattern":"^\\P{C}$"}"#, "\"\u{378}\""),
    (r#"{"minimum":0.1}"#, "0.10000000000000000000000001"),
    (
        r#"{"exclusiveMinimum":0.1}"#,
        "0.10000000000000000000000001",
    ),
    (
        r#"{"exclusiveMaximum":9007199254740993.5}"#,
        "9007199254740993",
    ),
    (r#"{"multipleOf":0.01}"#, "0.29"),
    (r#"{"const":36893488147419103232}"#, "36893488147419103233"),
    (r#"{"contains":{"type":"string"}}"#, "[1]"),
    (r#"{"propertyNames":{"maxLength":1}}"#, r#"{"ab":1}"#),
];
