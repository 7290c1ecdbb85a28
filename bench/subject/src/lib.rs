//! The file that the benchmark has written.
#![allow(warnings)]

include!(env!("KRATOS_TRAITS_BENCH_SUBJECT"));
