//! The codes that Kratos sends, read from its queue, which is not delivered.

use super::{Api, Failure, Kratos};

impl Kratos {
    /// The last code that was sent to this address.
    pub async fn last_code(&self, recipient: &str) -> Result<String, Failure> {
        let admin = Api::at(&self.admin)?;
        let messages = admin.get("/admin/courier/messages", None).await?;
        let messages = messages.require(200)?;
        // The newest comes first.
        let message = (messages.as_array().into_iter().flatten())
            .find(|message| message["recipient"] == recipient);
        let body = message.and_then(|message| message["body"].as_str());
        body.and_then(code)
            .ok_or_else(|| Failure::new(format_args!("no code for {recipient} in {messages}")))
    }
}

/// The six digits that stand alone in a text.
fn code(text: &str) -> Option<String> {
    text.split(|c: char| !c.is_ascii_digit())
        .find(|digits| digits.len() == 6)
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_code_is_six_digits() {
        let text = "of 2026, enter 012345:\n\n012345\n";
        assert_eq!(super::code(text).as_deref(), Some("012345"));
        assert_eq!(super::code("1234567"), None);
    }
}
