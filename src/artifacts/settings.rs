//! How stores are to be reached, as the user set it.
//!
//! It reads no environment: values come in as arguments.

use crate::http::{Patience, Secret};

/// What the user decided about stores.
#[expect(
    missing_debug_implementations,
    reason = "it holds secrets that must not be printed"
)]
#[derive(Clone, Default)]
pub struct Settings {
    /// When files go in parts past the server.
    pub multipart: Multipart,
    /// The variables of cloud stores, such as `AWS_ACCESS_KEY_ID`, by name.
    pub cloud: Vec<(String, Secret)>,
    /// How patient to be with cloud stores.
    pub patience: Patience,
}

#[cfg(feature = "cloud")]
impl Settings {
    /// A variable of a cloud store.
    pub(super) fn cloud(&self, name: &str) -> Option<&str> {
        self.cloud
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.expose())
    }
}

/// MLflow's variables of the same meaning (`mlflow/environment_variables.py`, 3.17.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Multipart {
    /// `MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD`; without it the server is asked.
    pub upload: Option<bool>,
    /// `MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE`.
    pub minimum_upload: u64,
    /// `MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE`.
    pub upload_chunk: u64,
    /// `MLFLOW_ENABLE_PROXY_MULTIPART_DOWNLOAD`; without it the server is asked.
    pub download: Option<bool>,
}

impl Default for Multipart {
    fn default() -> Self {
        Self {
            upload: None,
            minimum_upload: 500 << 20,
            upload_chunk: 10 << 20,
            download: None,
        }
    }
}
