//! What a server says it can do.
//!
//! Servers before MLflow 3.10 say nothing; what they can do is known by their version.

use serde::{Deserialize, Serialize};

/// Where a server says it (`mlflow/server/handlers.py`, 3.17.2).
pub const PATH: &str = "api/3.0/mlflow/server-info";

/// What a server says it can do; what it does not mention it cannot.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ServerFeatures {
    /// Where it keeps runs.
    pub store_type: Option<String>,
    /// Whether it has workspaces.
    pub workspaces_enabled: bool,
    /// Whether artifacts go through it.
    pub artifact_serving_enabled: bool,
    /// Whether they can be sent in parts.
    pub multipart_uploads_enabled: bool,
    /// Whether they can be fetched in parts.
    pub multipart_downloads_enabled: bool,
    /// Whether it signs addresses to which a run's artifacts are sent directly.
    pub presigned_upload_run_id_supported: bool,
    /// Likewise for those of a logged model.
    pub presigned_upload_model_id_supported: bool,
    /// How it finds out who asks; empty if it does not.
    pub tracking_auth: Option<String>,
}
