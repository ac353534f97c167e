//! Encrypted doors in front of servers that have none, with certificates made for the occasion; and a proxy.
//!
//! Nothing is kept: an authority lives as long as its test.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{RootCertStore, ServerConfig};

use super::server::Server;

/// Who signs certificates, and whom nobody trusts unless told to.
pub(crate) struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A certificate with its private key.
pub(crate) struct Identity {
    certificate: CertificateDer<'static>,
    key: KeyPair,
    /// Both as PEM, one after the other.
    pub(crate) pem: String,
}

impl Authority {
    /// A new one.
    pub(crate) fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        // Two of the same name could be told apart by their keys alone, which is not how they fail elsewhere.
        let name = super::unique("authority");
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    /// Its own certificate, as PEM.
    pub(crate) fn pem(&self) -> String {
        self.0.pem()
    }

    /// Someone of this name, vouched for until the end of this year (years are 1 to 9999).
    pub(crate) fn vouch(&self, name: &str, until: i32) -> Identity {
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        params.not_before = date_time_ymd(2001, 1, 1);
        params.not_after = date_time_ymd(until, 12, 31);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap();
        Identity {
            pem: format!("{}{}", certificate.pem(), key.serialize_pem()),
            certificate: certificate.der().clone(),
            key,
        }
    }
}

/// What listens on a port of its own until dropped.
#[derive(Debug)]
pub(crate) struct Door {
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// The first line and the headers of what a proxy was asked.
    asked: Arc<Mutex<Vec<String>>>,
    _server: Server,
}

impl Door {
    /// Takes the encryption off and passes everything on to a server; `clients` must have vouched for whoever comes.
    pub(crate) fn encrypted(server: &str, own: &Identity, clients: Option<&Authority>) -> Self {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .unwrap();
        let builder = match clients {
            None => builder.with_no_client_auth(),
            Some(authority) => {
                let mut roots = RootCertStore::empty();
                roots.add(authority.0.der().clone()).unwrap();
                let verifier =
                    WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
                builder.with_client_cert_verifier(verifier.build().unwrap())
            }
        };
        let key = PrivateKeyDer::try_from(own.key.serialize_der()).unwrap();
        let config = builder
            .with_single_cert(vec![own.certificate.clone()], key)
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let server = host_and_port(server);
        Self::open(move |client, _| {
            let (acceptor, server) = (acceptor.clone(), server.clone());
            async move {
                // A client that does not trust us goes away, which is what some tests are about.
                let Ok(mut client) = acceptor.accept(client).await else {
                    return;
                };
                let mut server = TcpStream::connect(server).await.unwrap();
                let _ = copy_bidirectional(&mut client, &mut server).await;
            }
        })
    }

    /// A proxy that tunnels to one server, whatever name it is asked for.
    pub(crate) fn proxy(server: &str) -> Self {
        let server = host_and_port(server);
        Self::open(move |mut client, asked| {
            let server = server.clone();
            async move {
                let mut head = Vec::new();
                while !head.ends_with(b"\r\n\r\n") {
                    let Ok(byte) = client.read_u8().await else {
                        return;
                    };
                    head.push(byte);
                }
                asked.lock().unwrap().push(String::from_utf8(head).unwrap());
                let mut server = TcpStream::connect(server).await.unwrap();
                client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
                let _ = copy_bidirectional(&mut client, &mut server).await;
            }
        })
    }

    /// What the proxy was asked so far.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    fn open<F>(talk: impl Fn(TcpStream, Arc<Mutex<Vec<String>>>) -> F + Send + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let noted = Arc::clone(&asked);
        let server = Server::start("door", |listener| async move {
            loop {
                let (client, _) = listener.accept().await.unwrap();
                tokio::spawn(talk(client, Arc::clone(&noted)));
            }
        });
        Self {
            address: server.address,
            asked,
            _server: server,
        }
    }
}

fn host_and_port(url: &str) -> String {
    url.rsplit("//").next().unwrap().to_owned()
}
