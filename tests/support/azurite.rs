//! Azurite, Microsoft's own emulator of Azure Blob Storage, from npm.
//!
//! For the full ring: it needs `node` and `npm`, and fetches some 180 MB once.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::python::cache;
use super::{CRATE, note};

/// The version that the tests are about.
const VERSION: &str = "3.35.0";
/// The account and the key that every Azurite knows (Azurite's README, "Default storage account").
const ACCOUNT: &str = "devstoreaccount1";
const KEY: &str =
    "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
/// The one container.
pub(crate) const CONTAINER: &str = "models";

/// A running emulator; it ends with this value.
#[derive(Debug)]
pub(crate) struct Azurite {
    endpoint: String,
    server: Child,
    folder: TempDir,
}

impl Azurite {
    /// Starts one with an empty container.
    pub(crate) fn start() -> Self {
        let program = installed();
        let folder = TempDir::with_prefix("phi3ml-azurite-").unwrap();
        let port = {
            let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
            listener.local_addr().unwrap().port()
        };
        let server = Command::new("node")
            .arg(program)
            .args(["--silent", "--blobHost", "127.0.0.1", "--blobPort"])
            .arg(port.to_string())
            .arg("--location")
            .arg(folder.path())
            .args(["--skipApiVersionCheck", "--disableTelemetry"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let azurite = Self {
            endpoint: format!("http://127.0.0.1:{port}/{ACCOUNT}"),
            server,
            folder,
        };
        azurite.make_container();
        azurite
    }

    /// How a client is told of it.
    pub(crate) fn variables(&self) -> Vec<(&'static str, String)> {
        variables(&self.endpoint)
    }

    /// How many bytes it keeps, those of blocks that belong to no blob yet among them.
    pub(crate) fn bytes(&self) -> u64 {
        let mut bytes = 0;
        let mut folders = vec![self.folder.path().to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in fs_err::read_dir(folder).unwrap().filter_map(Result::ok) {
                match entry.metadata() {
                    Ok(found) if found.is_dir() => folders.push(entry.path()),
                    Ok(found) => bytes += found.len(),
                    Err(_) => {}
                }
            }
        }
        bytes
    }

    /// A location in the container.
    pub(crate) fn uri(scheme: &str, folder: &str) -> String {
        format!("{scheme}://{CONTAINER}@{ACCOUNT}.blob.core.windows.net/{folder}")
    }

    fn make_container(&self) {
        let deadline = Instant::now() + Duration::from_secs(30);
        loop {
            let output = Command::new("node")
                .arg(Path::new(CRATE).join("tests/support/azurite.mjs"))
                .args([&self.endpoint, ACCOUNT, KEY, CONTAINER])
                .output()
                .unwrap();
            if output.status.success() {
                return;
            }
            assert!(Instant::now() < deadline, "{output:?}");
            std::thread::sleep(Duration::from_millis(200));
        }
    }
}

/// How a client is told of an account that answers at this address.
pub(crate) fn variables(endpoint: &str) -> Vec<(&'static str, String)> {
    let connection = format!("AccountName={ACCOUNT};AccountKey={KEY};BlobEndpoint={endpoint}");
    vec![("AZURE_STORAGE_CONNECTION_STRING", connection)]
}

impl Drop for Azurite {
    fn drop(&mut self) {
        _ = self.server.kill();
        _ = self.server.wait();
    }
}

/// Azurite's program, fetched where it is missing.
fn installed() -> PathBuf {
    let folder = cache().unwrap().join(format!("azurite-{VERSION}"));
    fs_err::create_dir_all(&folder).unwrap();
    let lock = fs_err::File::create(folder.with_extension("lock")).unwrap();
    lock.file().lock().unwrap();
    if !folder.join("complete").exists() {
        note(&format!("fetching azurite into {}", folder.display()));
        let mut install = Command::new("npm");
        install.args(["install", "--no-audit", "--no-fund", "--prefix"]);
        install.arg(&folder).arg(format!("azurite@{VERSION}"));
        let output = install.stdin(Stdio::null()).output();
        let output = output.expect("these tests need `npm`");
        assert!(output.status.success(), "{output:?}");
        fs_err::write(folder.join("complete"), "").unwrap();
    }
    folder.join("node_modules/azurite/dist/src/blob/main.js")
}
