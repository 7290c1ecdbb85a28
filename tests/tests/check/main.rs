//! The local check against a real Kratos: the same values, the same problems at the same traits.

// Its tests live in the runtime; here the same rows meet the server.
#[path = "../../../runtime/tests/check_rows/mod.rs"]
mod check_rows;

use std::collections::BTreeSet;

use check_rows::{DRAFT_04, ROWS, Row, WITHOUT_ANSWER};
use kratos_traits::{MessageId, Problem, RawTraits, Schema, TraitPath};
use kratos_traits_tests::kratos::{Api, Failure, Kratos, KratosConfig, People, create_identity};
use serde_json::{Value, json};

const EMAIL: &str = "ada@example.org";
const PASSWORD: &str = "correct horse battery staple";

/// Where problems stand, and their ids.
type Found = BTreeSet<(String, u64)>;

/// A server with one person.
struct Trial {
    kratos: Kratos,
    schema: &'static Schema,
    token: String,
}

impl Trial {
    async fn start(schema: &'static Schema, traits: &Value) -> Result<Self, Failure> {
        let kratos = Kratos::start(KratosConfig::new(schema.json)).await?;
        let ada = json!({
            "schema_id": "default",
            "traits": traits,
            "credentials": { "password": { "config": { "password": PASSWORD } } },
        });
        create_identity(&Api::at(&kratos.admin)?, &ada).await?;
        let token = People::at(&kratos.public)?.login(EMAIL, PASSWORD).await?;
        Ok(Self {
            kratos,
            schema,
            token,
        })
    }

    /// What Kratos finds in the document. As text, because the way numbers are written matters.
    async fn found_by_kratos(&self, traits: &RawTraits) -> Result<Found, Failure> {
        let api = Api::at(&self.kratos.public)?;
        let flow = api.get("/self-service/settings/api", Some(&self.token));
        let flow = flow.await?.require(200)?;
        let id = flow["id"].as_str().unwrap_or_default();
        let url = format!("{}/self-service/settings?flow={id}", self.kratos.public);
        let failed = |error: reqwest::Error| Failure::because("the submit", &error);
        let client = reqwest::Client::builder()
            .no_proxy()
            .build()
            .map_err(failed)?;
        let request = client
            .post(url)
            .header("accept", "application/json")
            .header("content-type", "application/json")
            .header("x-session-token", &self.token)
            .body(format!(
                r#"{{"method":"profile","traits":{}}}"#,
                traits.as_str()
            ));
        let response = request.send().await.map_err(failed)?;
        let status = response.status().as_u16();
        let text = response.text().await.map_err(failed)?;
        let body: Value = serde_json::from_str(&text).unwrap_or_default();
        match status {
            200 => Ok(Found::new()),
            400 if body["ui"].is_object() => Ok(self.problems_of(&body["ui"])),
            _ => Err(Failure::new(format_args!("{status}: {text}"))),
        }
    }

    fn problems_of(&self, ui: &Value) -> Found {
        let mut found = Found::new();
        for node in ui["nodes"].as_array().into_iter().flatten() {
            let name = node["attributes"]["name"].as_str().unwrap_or_default();
            let path = TraitPath::from_node_name(name, self.schema)
                .map_or_else(|| name.to_owned(), |path| path.to_string());
            found.extend(ids(&node["messages"]).map(|id| (path.clone(), id)));
        }
        found.extend(ids(&ui["messages"]).map(|id| ("form".to_owned(), id)));
        found
    }
}

fn ids(messages: &Value) -> impl Iterator<Item = u64> {
    let messages = messages.as_array().into_iter().flatten();
    messages
        .filter(|one| one["type"] == "error")
        .filter_map(|one| one["id"].as_u64())
        .map(|id| without_formats(MessageId(id)).0)
}

/// v1.3.1 has no ids for formats, v26.2.0 has.
fn without_formats(id: MessageId) -> MessageId {
    match id {
        MessageId::EMAIL | MessageId::PHONE => MessageId::INVALID,
        id => id,
    }
}

fn found_here(problems: &[Problem]) -> Found {
    let ids = problems.iter().map(|problem| {
        let id = without_formats(problem.message.id);
        (problem.path.to_string(), id.0)
    });
    ids.collect()
}

fn schema(head: &str, rows: &[Row]) -> &'static Schema {
    let traits: String = (rows.iter().enumerate())
        .map(|(n, row)| format!(r#","x{n}":{}"#, row.rules))
        .collect();
    let json = format!(
        r#"{{{head}"type":"object","properties":{{"traits":{{"type":"object","properties":{{
        "email":{{"type":"string","ory.sh/kratos":{{"credentials":{{"password":{{"identifier":true}}}}}}}}{traits}
        }}}}}}}}"#
    );
    Box::leak(Box::new(Schema::new(
        "test.schema.json",
        json.leak(),
        &[],
        0,
    )))
}

/// One document for the first value of each row, one for the second, and so on.
fn documents(rows: &[Row], values: impl Fn(&Row) -> &'static [&'static str]) -> Vec<RawTraits> {
    let values = |row: &Row| -> Vec<&str> {
        let values = values(row).iter().copied();
        values
            .filter(|value| !value.contains(WITHOUT_ANSWER))
            .collect()
    };
    let count = rows.iter().map(|row| values(row).len()).max();
    let document = |turn: usize| {
        let members: String = (rows.iter().enumerate())
            .map(|(n, row)| {
                let values = values(row);
                format!(r#","x{n}":{}"#, values[turn % values.len()])
            })
            .collect();
        RawTraits::parse(&format!(r#"{{"email":"{EMAIL}"{members}}}"#)).expect("an object")
    };
    (0..count.unwrap_or_default()).map(document).collect()
}

async fn verdicts_agree(head: &str, rows: &[Row]) -> Result<(), Failure> {
    let schema = schema(head, rows);
    let trial = Trial::start(schema, &json!({ "email": EMAIL })).await?;
    for document in documents(rows, |row| row.bad) {
        let found = found_here(&schema.check(&document));
        assert!(found.len() >= rows.len(), "{found:?}");
        let by_kratos = trial.found_by_kratos(&document).await?;
        assert_eq!(found, by_kratos, "{}\n{}", schema.json, document.as_str());
    }
    for document in documents(rows, |row| row.good) {
        let by_kratos = trial.found_by_kratos(&document).await?;
        assert_eq!(by_kratos, Found::new(), "{}", document.as_str());
        assert_eq!(found_here(&schema.check(&document)), Found::new());
    }
    Ok(())
}

async fn each_rule_is_checked_as_by_kratos() -> Result<(), Failure> {
    verdicts_agree("", ROWS).await
}

async fn each_rule_of_draft_04_is_judged_as_kratos_does() -> Result<(), Failure> {
    let head = r#""$schema":"http://json-schema.org/draft-04/schema#","#;
    verdicts_agree(head, DRAFT_04).await
}

kratos_traits_tests::live! {
    each_rule_is_checked_as_by_kratos,
    each_rule_of_draft_04_is_judged_as_kratos_does,
}
