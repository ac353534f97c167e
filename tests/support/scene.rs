//! One test on every server: a [`Context`] beside a fake or a real MLflow, of both generations.

use super::Context;
use super::api::Api;
use super::fake::{Fake, Generation};
use super::mlflow::{Served, mlflow2, mlflow3};

/// A place to run in and a server to talk to.
#[derive(Debug)]
pub(crate) struct Scene {
    /// Where the binary runs; `MLFLOW_TRACKING_URI` is set.
    pub(crate) context: Context,
    /// Which MLflow it is.
    pub(crate) generation: Generation,
    server: Server,
}

#[derive(Debug)]
enum Server {
    Fake(Fake),
    Real(&'static Served),
}

impl Scene {
    /// With a fake server of its own.
    pub(crate) fn fake(generation: Generation) -> Self {
        Self::with(Server::Fake(Fake::start(generation)), generation)
    }

    /// With the real server of the test process.
    pub(crate) fn real(generation: Generation) -> Self {
        let server = match generation {
            Generation::Two => mlflow2(),
            Generation::Three => mlflow3(),
        };
        Self::with(Server::Real(server), generation)
    }

    /// The server's REST interface.
    pub(crate) fn api(&self) -> &Api {
        match &self.server {
            Server::Fake(fake) => &fake.api,
            Server::Real(server) => &server.api,
        }
    }

    /// The fake server; fails on a real one.
    #[track_caller]
    pub(crate) fn server(&self) -> &Fake {
        match &self.server {
            Server::Fake(fake) => fake,
            Server::Real(_) => panic!("this test needs the fake server"),
        }
    }

    fn with(server: Server, generation: Generation) -> Self {
        let context = Context::new();
        let mut scene = Self {
            context,
            generation,
            server,
        };
        let url = scene.api().url.clone();
        scene.context.set("MLFLOW_TRACKING_URI", url);
        scene
    }
}

/// Makes one test of a function for each server: `fake3`, `fake2`, `mlflow3`, `mlflow2`.
macro_rules! on_every_server {
    ($($name:ident),+ $(,)?) => {
        $crate::support::scene::on_every_server!(@one fake3, fake, Three, $($name),+);
        $crate::support::scene::on_every_server!(@one fake2, fake, Two, $($name),+);
        $crate::support::scene::on_every_server!(@one mlflow3, real, Three, $($name),+);
        $crate::support::scene::on_every_server!(@one mlflow2, real, Two, $($name),+);
    };
    (@one $server:ident, $kind:ident, $generation:ident, $($name:ident),+) => {
        mod $server {
            use $crate::support::fake::Generation;
            use $crate::support::scene::Scene;
            $(
                #[test]
                fn $name() {
                    super::$name(&Scene::$kind(Generation::$generation));
                }
            )+
        }
    };
}
pub(crate) use on_every_server;
