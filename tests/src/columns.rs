//! The servers that a test runs on: the fake, a real Kratos, or both.

/// Makes two tests of each scenario: one on the fake, and one on a real Kratos, which is ignored without the feature `live`.
///
/// A scenario is an `async fn(&Server) -> Result<(), Failure>`; its server has the schema of the traits that are named.
#[macro_export]
macro_rules! on_each_server {
    ($($module:ident::$scenario:ident: $schema:ident::$traits:ident,)*) => {
        mod fake {
            $(#[tokio::test]
            async fn $scenario() -> Result<(), $crate::kratos::Failure> {
                let server = $crate::server::Server::fake::<$crate::schemas::$schema::$traits>().await?;
                super::$module::$scenario(&server).await
            })*
        }

        mod live {
            $(#[tokio::test]
            #[cfg_attr(not(feature = "live"), ignore = "needs --features live: builds and starts a real Kratos")]
            async fn $scenario() -> Result<(), $crate::kratos::Failure> {
                let server = $crate::server::Server::real::<$crate::schemas::$schema::$traits>().await?;
                super::$module::$scenario(&server).await
            })*
        }
    };
}

/// Makes a test on a real Kratos of each function, an `async fn() -> Result<(), Failure>`; ignored without the feature `live`.
#[macro_export]
macro_rules! live {
    ($($test:ident,)*) => {
        mod live {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            #[cfg_attr(not(feature = "live"), ignore = "needs --features live: builds and starts a real Kratos")]
            async fn $test() -> Result<(), $crate::kratos::Failure> {
                super::$test().await
            })*
        }
    };
}
