//! A server inside the test process, at a port of its own, which ends with its value.
//!
//! What it answers is the business of whoever starts it.

use std::net::{Ipv4Addr, SocketAddr};

use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

/// A running server.
#[derive(Debug)]
pub(crate) struct Server {
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// Nothing only while it is dropped.
    runtime: Option<Runtime>,
}

impl Server {
    /// Starts one on this machine, on two threads of this name.
    pub(crate) fn start<F>(name: &str, serve: impl FnOnce(TcpListener) -> F) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name(name)
            .enable_all()
            .build()
            .unwrap();
        let address = listen(&runtime, serve);
        Self {
            address,
            runtime: Some(runtime),
        }
    }

    /// Lets it answer at one more port, and tells where.
    pub(crate) fn also<F>(&self, serve: impl FnOnce(TcpListener) -> F) -> SocketAddr
    where
        F: Future<Output = ()> + Send + 'static,
    {
        listen(self.runtime.as_ref().unwrap(), serve)
    }

    /// Its address as a client is told it.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // Whoever is being answered is hung up on.
            runtime.shutdown_background();
        }
    }
}

fn listen<F>(runtime: &Runtime, serve: impl FnOnce(TcpListener) -> F) -> SocketAddr
where
    F: Future<Output = ()> + Send + 'static,
{
    let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
    let listener = runtime.block_on(bound).unwrap();
    let address = listener.local_addr().unwrap();
    runtime.spawn(serve(listener));
    address
}
