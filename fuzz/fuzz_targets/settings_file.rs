#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| kratos_traits_fuzz::settings_file(input));
