//! Workspaces: parts of a server that know nothing of each other, chosen by a header.
//!
//! A server without them answers the header with an error (`FEATURE_DISABLED`, MLflow 3.17), so that it is sent
//! only after asking.

use url::Url;

use super::server_info::{PATH, ServerFeatures};
use crate::http::Conditional;
use crate::http::header::{HeaderName, HeaderValue};

/// `mlflow/utils/workspace_utils.py`, 3.17.2.
const HEADER: HeaderName = HeaderName::from_static("x-mlflow-workspace");

/// The administration of the workspaces themselves belongs to none.
const ADMINISTRATION: &str = "/mlflow/workspaces";

/// The header that chooses a workspace of the server at `base`; `None` if this cannot be a workspace's name.
pub fn choose(name: &str, base: &Url) -> Option<Conditional> {
    let value = HeaderValue::from_str(name).ok()?;
    Some(Conditional {
        name: HEADER,
        value,
        question: super::below(base, PATH),
        is_understood: |answer| {
            serde_json::from_str(answer)
                .is_ok_and(|features: ServerFeatures| features.workspaces_enabled)
        },
        except: ADMINISTRATION,
    })
}
