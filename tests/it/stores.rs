//! One contract for every store: what is sent comes back byte for byte under its own name, however it was
//! interrupted; what a store cannot keep is refused before it is sent.
//!
//! The stores are real: MLflow 3 and 2 on local files, MLflow on an S3 server that checks signatures, that
//! server itself, Azurite. Google's store has no server to try it on.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use phi3ml::artifacts::{self, ArtifactStore, Multipart, Settings, Span};
use phi3ml::digest::Digest;
use phi3ml::entity::manifest::{RelativePath, Source};
use phi3ml::http::{self, Client, Secret};
use phi3ml::transfer::{self, Event, Journal, Landing, Listed, Listener, Outgoing};
use tokio::sync::Notify;
use url::Url;

use crate::support::api::{Api, text};
use crate::support::mlflow::{self, Served, serve_mlflow3};
use crate::support::python::Python;
use crate::support::s3::{BUCKET, S3};
use crate::support::{full_ring, unique};

const MEBIBYTE: usize = 1 << 20;

/// Names that URLs, shells and file systems like to trip over.
const NAMES: &[&str] = &[
    "plain.txt",
    "with space.txt",
    "a+b.txt",
    "100%.txt",
    "semi;colon.txt",
    "what?.txt",
    "colon:.txt",
    "back\\slash.txt",
    "ünï-日本.txt",
    "deep/er/folder with space/é.bin",
    "empty",
];

/// How a store is spoken to here: parts begin at few bytes, so that a few bytes try them.
fn settings(variables: &[(&str, String)]) -> Settings {
    let secret = |(name, value): &(&str, String)| ((*name).to_owned(), Secret::new(value));
    Settings {
        multipart: Multipart {
            minimum_upload: 6 << 20,
            upload_chunk: 5 << 20,
            ..Multipart::default()
        },
        cloud: variables.iter().map(secret).collect(),
        ..Settings::default()
    }
}

/// The store of a new run on a server.
fn store_of(api: &Api, settings: &Settings) -> Box<dyn ArtifactStore> {
    open(&uri_of(api), api, settings)
}

fn uri_of(api: &Api) -> String {
    let experiment = api.create_experiment(&unique("stores"));
    let run = api.create_run(&experiment);
    text(&api.run(&run)["info"]["artifact_uri"])
}

fn open(uri: &str, api: &Api, settings: &Settings) -> Box<dyn ArtifactStore> {
    let url: Url = api.url.parse().unwrap();
    let client = Client::new(http::Settings {
        home: vec![url.clone()],
        retry: http::retry::Policy::default().brisk(),
        ..http::Settings::default()
    });
    artifacts::open(uri, &url, &client, settings).unwrap()
}

fn nobody() -> Arc<Listener> {
    Arc::new(|_| ())
}

/// Bytes that are nowhere alike.
fn bytes_of(name: &str, length: usize) -> Vec<u8> {
    let seed = Digest::of(name.as_bytes()).to_string();
    let mut state = u64::from_str_radix(seed.get(..15).unwrap(), 16).unwrap();
    (0..length)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()[3]
        })
        .collect()
}

/// The files that each store is given, written below a folder.
fn write_files(folder: &Path, impossible: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let sizes = [
        ("big.bin", 12 * MEBIBYTE + 7),
        ("half/medium.bin", 3 * MEBIBYTE),
    ];
    let small = NAMES
        .iter()
        .map(|name| (*name, if *name == "empty" { 0 } else { 900 }));
    let mut files = BTreeMap::new();
    let possible = |(name, _): &(&str, usize)| !impossible.contains(name);
    for (name, size) in sizes.into_iter().chain(small).filter(possible) {
        let bytes = bytes_of(name, size);
        let path = folder.join(name);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, &bytes).unwrap();
        files.insert(name.to_owned(), bytes);
    }
    files
}

fn outgoing(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> Vec<Outgoing> {
    files
        .iter()
        .map(|(name, bytes)| Outgoing {
            path: name.parse().unwrap(),
            size: bytes.len() as u64,
            digest: None,
            source: Source::File(folder.join(name)),
        })
        .collect()
}

/// Does something until so many bytes have moved, then drops it, as Ctrl-C does. Tells whether it was dropped.
async fn until<F: Future>(bytes: u64, work: impl FnOnce(Arc<Listener>) -> F) -> bool {
    let (moved, enough) = (Arc::new(AtomicU64::new(0)), Arc::new(Notify::new()));
    let listener: Arc<Listener> = {
        let (moved, enough) = (Arc::clone(&moved), Arc::clone(&enough));
        Arc::new(move |event| {
            if let Event::Moved { bytes: more, .. } = event
                && moved.fetch_add(more, Ordering::SeqCst) + more > bytes
            {
                enough.notify_one();
            }
        })
    };
    tokio::select! {
        _ = work(listener) => false,
        () = enough.notified() => true,
    }
}

/// The contract.
fn conforms(store: &dyn ArtifactStore) {
    conforms_without(store, &[]);
}

/// The contract, but for names with which the other side itself is at fault.
fn conforms_without(store: &dyn ArtifactStore, impossible: &[&str]) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("source");
        let files = write_files(&source, impossible);
        let sent = sends(store, &source, &files, folder.path()).await;
        lists(store, &files).await;
        reads(store, &files, &sent, folder.path()).await;
        refuses(store, &files).await;
        // Whoever is granted single files by a server cannot delete.
        if store.delete(&"half".parse().unwrap()).await.is_ok() {
            let left = transfer::list(store).await.unwrap();
            assert_eq!(left.len(), files.len() - 1);
        }
    });
}

/// An upload that is stopped once, and then goes on.
async fn sends(
    store: &dyn ArtifactStore,
    source: &Path,
    files: &BTreeMap<String, Vec<u8>>,
    folder: &Path,
) -> BTreeMap<RelativePath, Digest> {
    let outgoing = outgoing(source, files);
    let journal = || Journal::open(&folder.join("uploads"), &store.place()).unwrap();
    let last: RelativePath = "big.bin".parse().unwrap();
    let (last, files_before): (Vec<_>, Vec<_>) =
        outgoing.iter().cloned().partition(|file| file.path == last);
    let stopped = {
        let (journal, before) = (journal(), &files_before);
        let last = last.first();
        until(11 << 20, |listener| async move {
            transfer::upload(before, last, store, &journal, &listener)
                .await
                .unwrap();
        })
        .await
    };
    assert!(stopped, "the upload was over before it was stopped");
    let before_big = {
        let mut found = transfer::list(store).await.unwrap();
        // MLflow 2.22.5 keeps what came of a file whose sender went away, so that no more can be asked of a store
        // than not to take it for the whole.
        let whole = files["big.bin"].len() as u64;
        let is_big = |file: &Listed| file.path.as_str() == "big.bin";
        assert!(
            found
                .iter()
                .all(|file| !is_big(file) || file.size < Some(whole)),
            "a whole file is to be seen that was not sent: {found:?}"
        );
        found.retain(|file| !is_big(file));
        found.len()
    };
    assert_eq!(before_big, files_before.len());
    let journal = journal();
    let again = transfer::upload(&files_before, last.first(), store, &journal, &nobody())
        .await
        .unwrap();
    let small: usize = files_before
        .iter()
        .map(|file| usize::try_from(file.size).unwrap())
        .sum();
    let reused = usize::try_from(again.summary.reused_bytes).unwrap();
    let listed = || transfer::list(store);
    assert!(reused >= small, "{:?}: {:?}", again.summary, listed().await);
    for (name, bytes) in files {
        let digest = again.digests[&name.parse::<RelativePath>().unwrap()];
        assert_eq!(digest, Digest::of(bytes), "{name}");
    }
    journal.remove();
    again.digests
}

async fn lists(store: &dyn ArtifactStore, files: &BTreeMap<String, Vec<u8>>) {
    let found: BTreeMap<String, u64> = transfer::list(store)
        .await
        .unwrap()
        .into_iter()
        .map(|file| (file.path.to_string(), file.size.unwrap_or(0)))
        .collect();
    let expected: BTreeMap<String, u64> = files
        .iter()
        .map(|(name, bytes)| (name.clone(), bytes.len() as u64))
        .collect();
    assert_eq!(found, expected);
    let nowhere = "nowhere".parse().unwrap();
    assert_eq!(store.list(Some(&nowhere)).await.unwrap(), []);
    let missing = store.get(&nowhere, Span::default()).await.unwrap_err();
    assert!(
        matches!(missing, artifacts::Error::NotFound { .. }),
        "{missing:?}"
    );
}

/// A download that is stopped once, and then goes on.
async fn reads(
    store: &dyn ArtifactStore,
    files: &BTreeMap<String, Vec<u8>>,
    digests: &BTreeMap<RelativePath, Digest>,
    folder: &Path,
) {
    let listed = transfer::list(store).await.unwrap();
    let landing = || Landing::try_open(folder, "it").unwrap().unwrap();
    let stopped = {
        let (landing, listed) = (landing(), &listed);
        until(8 << 20, |listener| async move {
            let done = transfer::download(listed, digests, store, &landing, listener.as_ref());
            done.await.unwrap();
        })
        .await
    };
    assert!(stopped, "the download was over before it was stopped");
    let landing = landing();
    assert!(
        Landing::try_open(folder, "it").unwrap().is_none(),
        "two own it"
    );
    let summary = transfer::download(&listed, digests, store, &landing, &|_| ())
        .await
        .unwrap();
    assert!(summary.reused_bytes >= 2 << 20, "{summary:?}");
    let target = folder.join("target");
    landing.become_folder(&target).unwrap();
    for (name, bytes) in files {
        let path = name.parse::<RelativePath>().unwrap().under(&target);
        assert!(
            fs_err::read(path).unwrap() == *bytes,
            "`{name}` came back as another"
        );
    }
    let mut left = fs_err::read_dir(folder).unwrap().filter_map(Result::ok);
    assert!(left.all(|it| !it.file_name().to_string_lossy().starts_with(".partial")));
}

/// A listing that leads out of the place is refused by every store that is told one.
#[test]
fn a_hostile_listing_is_refused_whoever_tells_it() {
    use crate::support::fake::{Fake, Fault, Generation};
    let (run, model) = (
        "0123456789abcdef".repeat(2),
        "m-0123456789abcdef".to_owned(),
    );
    let model = format!("{model}{}", "0".repeat(16));
    let places = [
        (
            format!("mlflow-artifacts:/0/{run}/artifacts"),
            "/mlflow-artifacts/artifacts",
        ),
        (format!("s3://bucket/0/{run}/artifacts"), "/artifacts/list"),
        (
            format!("s3://bucket/models/{model}/artifacts"),
            "/artifacts/directories",
        ),
    ];
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for (uri, path) in places {
        for name in ["/etc/x", "../x", "a/../../x", "..", ".", "", "a\u{0}b"] {
            let fake = Fake::start(Generation::Three);
            let file = serde_json::json!({ "path": name, "is_dir": false, "file_size": 1 });
            let body = serde_json::json!({ "root_uri": uri, "files": [file] });
            let answer = Fault::Answer {
                status: 200,
                content_type: "application/json",
                body: body.to_string(),
            };
            fake.fail(usize::MAX, "GET", path, answer);
            let store = open(&uri, &fake.api, &settings(&[]));
            let error = runtime
                .block_on(transfer::list(store.as_ref()))
                .unwrap_err();
            let is_refused = matches!(
                &error,
                transfer::Error::Store(artifacts::Error::Listing { .. })
            );
            assert!(is_refused, "{uri} {name:?}: {error:?}");
        }
    }
    #[cfg(feature = "cloud")]
    for name in ["../x", "a/../../x", "/x", "./x", "."] {
        let fake = Fake::start(Generation::Three);
        let object =
            "<LastModified>2024-01-01T00:00:00Z</LastModified><ETag>\"0\"</ETag><Size>1</Size>";
        let answer = Fault::Answer {
            status: 200,
            content_type: "application/xml",
            body: format!(
                "<ListBucketResult><Contents><Key>own/{name}</Key>{object}</Contents></ListBucketResult>"
            ),
        };
        fake.fail(usize::MAX, "GET", "/", answer);
        let variables = [
            ("AWS_ACCESS_KEY_ID", "key".to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "secret".to_owned()),
            ("MLFLOW_S3_ENDPOINT_URL", fake.api.url.clone()),
        ];
        let store = open(&in_bucket("own"), &fake.api, &settings(&variables));
        runtime
            .block_on(transfer::list(store.as_ref()))
            .unwrap_err();
    }
}

async fn refuses(store: &dyn ArtifactStore, files: &BTreeMap<String, Vec<u8>>) {
    for name in ["a#b", "%41.txt", "x/%2e%2e/y", "tab\there"] {
        let file = Outgoing {
            path: name.parse().unwrap(),
            size: 1,
            digest: None,
            source: Source::Bytes("x".into()),
        };
        let error = transfer::upload(&[file], None, store, &Journal::none(), &nobody())
            .await
            .unwrap_err();
        let is_refused = matches!(
            &error,
            transfer::Error::Store(artifacts::Error::Name { .. })
        );
        assert!(is_refused, "{name}: {error:?}");
    }
    for name in ["..", "../x", "a/../b", "/etc/x", ""] {
        name.parse::<RelativePath>().unwrap_err();
    }
    assert_eq!(transfer::list(store).await.unwrap().len(), files.len());
}

/// s3s-fs 0.14 says that it encoded the names that it lists, and did not: boto3 takes the plus for a space.
const BOTO: &[&str] = &["a+b.txt"];

/// MLflow 3 with boto3 and a bucket.
pub(crate) fn on_s3(s3: &S3, arguments: &[String]) -> Served {
    let boto = Python::mlflow3().packages("s3", true);
    serve_mlflow3(arguments, &s3.variables(), &[boto])
}

pub(crate) fn in_bucket(folder: &str) -> String {
    format!("s3://{BUCKET}/{folder}")
}

#[test]
fn a_folder() {
    let folder = tempfile::tempdir().unwrap();
    conforms(artifacts::folder(&folder.path().join("store")).as_ref());
}

#[test]
fn mlflow_3_on_local_files() {
    let api = &mlflow::mlflow3().api;
    conforms(store_of(api, &settings(&[])).as_ref());
}

#[test]
fn mlflow_2_on_local_files() {
    let api = &mlflow::mlflow2().api;
    // MLflow 2.22.5 keeps it and hangs up when it is asked for: it writes the name into a header that holds
    // Latin letters alone.
    let impossible = ["ünï-日本.txt"];
    conforms_without(store_of(api, &settings(&[])).as_ref(), &impossible);
}

#[test]
fn mlflow_3_that_signs_parts_for_its_bucket() {
    let s3 = S3::start();
    let destination = in_bucket("proxied");
    let server = on_s3(&s3, &["--artifacts-destination".to_owned(), destination]);
    let store = store_of(&server.api, &settings(&[]));
    conforms_without(store.as_ref(), BOTO);
    assert!(!s3.holds_loose_parts());
}

#[test]
fn mlflow_3_that_signs_whole_files_for_its_bucket() {
    let s3 = S3::start();
    let arguments = [
        "--no-serve-artifacts",
        "--default-artifact-root",
        &in_bucket("direct"),
    ];
    let server = on_s3(&s3, &arguments.map(str::to_owned));
    let store = store_of(&server.api, &settings(&[]));
    // What a single PUT does not carry is refused before anything is sent (Amazon S3 User Guide, "Uploading objects").
    let path = "large".parse().unwrap();
    store.check(&path, 5 << 30).unwrap();
    let error = store.check(&path, (5 << 30) + 1).unwrap_err();
    assert!(matches!(error, artifacts::Error::TooLong { .. }), "{error}");
    conforms_without(store.as_ref(), BOTO);
}

#[test]
fn mlflow_3_that_passes_nothing_on() {
    if !full_ring("stores: a server with --artifacts-presigned-only (MLflow 3.18)") {
        return;
    }
    let s3 = S3::start();
    let python = Python::mlflow3();
    let packages = [
        python.packages("presigned_only", false),
        python.packages("s3", true),
    ];
    let destination = in_bucket("only");
    let arguments = [
        "--artifacts-presigned-only",
        "--artifacts-destination",
        &destination,
    ];
    let server = serve_mlflow3(&arguments.map(str::to_owned), &s3.variables(), &packages);
    // MLflow 3.18 takes a backslash for a path of Windows there.
    let impossible = [BOTO, &["back\\slash.txt"]].concat();
    let store = store_of(&server.api, &settings(&[]));
    conforms_without(store.as_ref(), &impossible);
    assert!(!s3.holds_loose_parts());
}

#[test]
fn mlflow_3_with_a_shared_folder() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("shared root");
    let arguments = [
        "--no-serve-artifacts",
        "--default-artifact-root",
        root.to_str().unwrap(),
    ];
    let server = serve_mlflow3(&arguments.map(str::to_owned), &[], &[]);
    let settings = settings(&[]);
    let uri = uri_of(&server.api);
    conforms(open(&uri, &server.api, &settings).as_ref());

    // The same name on another machine is another folder.
    let elsewhere = uri.replace("shared root", "shared%20root elsewhere");
    let store = open(&elsewhere, &server.api, &settings);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let error = runtime.block_on(store.list(None)).unwrap_err();
    assert!(
        matches!(error, artifacts::Error::NotShared { .. }),
        "{error:?}"
    );
    assert!(!folder.path().join("shared root elsewhere").exists());
}

#[cfg(feature = "cloud")]
#[test]
fn s3_directly() {
    let s3 = S3::start();
    let settings = settings(&s3.variables());
    let api = Api::new("http://127.0.0.1:9".to_owned());
    conforms(open(&in_bucket("own/models"), &api, &settings).as_ref());
    assert!(!s3.holds_loose_parts());

    let mut wrong = s3.variables();
    wrong[1].1 = "not the secret".to_owned();
    let store = open(&in_bucket("own"), &api, &self::settings(&wrong));
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(store.list(None)).unwrap_err();
}

#[cfg(feature = "cloud")]
#[test]
fn azure_directly() {
    use crate::support::azurite::Azurite;

    if !full_ring("stores: Azurite (npm)") {
        return;
    }
    let azurite = Azurite::start();
    let settings = settings(&azurite.variables());
    let api = Api::new("http://127.0.0.1:9".to_owned());
    for scheme in ["wasbs", "abfss"] {
        let uri = Azurite::uri(scheme, &format!("own/{scheme}"));
        let store = open(&uri, &api, &settings);
        // Azure takes a backslash for a slash, so such a name is refused.
        let backslash = "back\\slash.txt";
        store.check(&backslash.parse().unwrap(), 1).unwrap_err();
        conforms_without(store.as_ref(), &[backslash]);
    }
}
