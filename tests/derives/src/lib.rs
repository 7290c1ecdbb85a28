//! The types of one hard schema, three times.

kratos_traits::include_schema!(pub "by_schemars");
kratos_traits::include_schema!(pub "by_ts_rs");
kratos_traits::include_schema!(pub "by_utoipa");
