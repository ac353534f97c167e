//! Which command sends what was recorded, and in what that differs on purpose.
//!
//! Only tables: what is done with them is one room up.

use serde_json::Value;

use super::batch;

/// How what phi3ml sends differs from what was recorded.
pub(super) enum Change {
    /// A field is not sent, wherever in the body or query it stands.
    Without(&'static str),
    /// A field is not sent where it is empty.
    WithoutEmpty(&'static str),
    /// A field is sent with another value.
    Other(&'static str),
    /// A field is sent that was not recorded.
    With(&'static str),
    /// A tag is set besides.
    WithTag(&'static str),
    /// A param is set besides.
    WithParam(&'static str),
    /// A tag is set to another value.
    OtherTag(&'static str),
    /// A tag is not set.
    WithoutTag(&'static str),
    /// Another operation does the same; this makes its body out of the recorded one.
    By(&'static str, fn(&Value) -> Value),
    /// phi3ml does nothing of this sort.
    Unsent,
}

use Change::{
    By, Other, OtherTag, Unsent, With, WithParam, WithTag, Without, WithoutEmpty, WithoutTag,
};

/// Operation (or the label of one request), what differs, and why that is intended.
#[rustfmt::skip]
pub(super) const DIFFERENCES: &[(&str, Change, &str)] = &[
    ("*", Without("run_uuid"), "`run_id` alone has sufficed since MLflow 1.0"),
    ("POST runs/log-parameter", By("POST runs/log-batch", |body| batch("params", body)), "one request whatever the number of params"),
    ("POST runs/log-metric", By("POST runs/log-batch", |body| batch("metrics", body)), "one request whatever the number of metrics"),
    ("POST runs/set-tag", By("POST runs/log-batch", |body| batch("tags", body)), "one request whatever the number of tags"),
    ("a07-log_metrics", Without("metrics.run_id"), "the run is named once; servers do not read it here"),
    ("b03-log_model-registered_model_name+params+metadata POST runs/log-metric", Unsent, "phi3ml links no metric to a logged model"),
    ("*", WithoutEmpty("filter"), "no filter is no filter"),
    ("POST experiments/create", WithTag("phi3ml.request_id"), "found by it if the answer is lost"),
    ("POST runs/create", WithTag("phi3ml.request_id"), "found by it if the answer is lost"),
    ("POST logged-models", WithTag("phi3ml.request_id"), "found by it if the answer is lost"),
    ("POST logged-models", WithTag("phi3ml.sha256"), "the digest of the model's files travels with it"),
    ("POST logged-models", WithParam("context_length"), "what is known of the model itself, to tell models apart and to search them"),
    ("POST logged-models", WithParam("model_type"), "likewise"),
    ("POST logged-models", WithParam("precision"), "likewise"),
    ("POST logged-models", WithParam("task"), "likewise"),
    ("POST model-versions/create", WithTag("phi3ml.request_id"), "found by it if the answer is lost"),
    ("POST model-versions/create", WithTag("phi3ml.sha256"), "the digest of the model's files travels with it"),
    ("POST model-versions/create", With("run_id"), "it is known from the logged model, and not every server fills it in"),
    ("POST model-versions/create", WithoutEmpty("run_link"), "an empty link is none"),
    ("POST model-versions/create", WithoutEmpty("description"), "an empty description is none"),
    ("d29-copy_model_version", Other("source"), "the source of the version itself, so that the copy outlives its original"),
    ("d29-copy_model_version", With("model_id"), "the copy is as much a version of the logged model as its original"),
    ("POST runs/create", WithoutTag("mlflow.runName"), "servers set it from `run_name`"),
    ("POST runs/log-inputs", Without("datasets.dataset.schema"), "phi3ml does not read data"),
    ("POST runs/log-inputs", Without("datasets.dataset.profile"), "phi3ml does not read data"),
    ("a18-log_table", Other("path"), "only the folder that is meant is looked at"),
    ("a20-list_artifacts", Other("filter"), "the logged model of this run, not one of the same name of another"),
    ("b03-log_model-registered_model_name+params+metadata POST logged-models", WithoutTag("t"), "`--tag` belongs to the run, and no flag tags a logged model"),
    ("a33-update_run POST runs/update", Unsent, "no command renames a run"),
    ("POST logged-models", Without("model_type"), "it is for agents; a model that answers prompts has none"),
    ("b05-log_model-no-run POST logged-models", Unsent, "`log-model` always logs to a run"),
    ("d25-search_logged_models POST logged-models/search", Unsent, "no command lists logged models"),
    ("k13-search_mv", Other("max_results"), "pages of 1000: all of them, in several answers"),
    ("k13-search_mv", With("order_by"), "the newest first"),
    ("POST runs/log-model", Other("model_json"), "another model; what is in `MLmodel` is compared with `fixtures/mlmodel`"),
    ("POST runs/create", OtherTag("mlflow.source.name"), "the program is phi3ml"),
    ("POST logged-models", OtherTag("mlflow.source.name"), "the program is phi3ml"),
    ("PATCH logged-models/{model_id}/tags", Unsent, "the server sets `mlflow.modelVersions` itself; the client's copy doubles it"),
    ("DELETE logged-models/{model_id}/tags/{key}", Unsent, "no command for tags of logged models"),
    ("POST logged-models/{model_id}/params", Unsent, "params are given when the model is created"),
    ("DELETE logged-models/{model_id}", Unsent, "no command deletes a logged model"),
    ("GET model-versions/get-download-uri", Unsent, "`model-versions/get` says the same and the source, too"),
];

/// A recorded request, and the command that is to send the same. `|` stands between its words.
#[rustfmt::skip]
pub(super) const COMMANDS: &[(&str, &str)] = &[
    ("a00-set_experiment-new POST experiments/create", "experiments|create|phi3-lab"),
    ("a00-set_experiment-new GET experiments/get", "experiments|get|{experiment}"),
    ("a01-start_run POST runs/create", "runs|create|--experiment-id|{experiment}|--run-name|phi3-run-1|--description|hello desc"),
    ("a02-log_param POST runs/log-parameter", "log-params|--run-id|{run}|lr=0.001"),
    ("a03-log_params-batch POST runs/log-batch", "log-params|--run-id|{run}|epochs=3|model=phi-3-mini|q=None|t=True"),
    ("a05-log_metric POST runs/log-metric", "log-metrics|--run-id|{run}|--step|0|loss=0.5"),
    ("a07-log_metrics POST runs/log-batch", "log-metrics|--run-id|{run}|--step|2|acc=0.9|f1=0.8"),
    ("a10-set_tag POST runs/set-tag", "set-tags|--run-id|{run}|stage=ci"),
    ("a11-set_tags POST runs/log-batch", "set-tags|--run-id|{run}|a=1|b=2"),
    ("a12-delete_tag POST runs/delete-tag", "set-tags|--run-id|{run}|--delete|b"),
    ("a13-log_artifact GET runs/get", "runs|get|{run}"),
    ("a13-log_artifact GET /api/3.0/mlflow/server-info", "doctor"),
    ("a13-log_artifact PUT /api/2.0/mlflow-artifacts/artifacts/{path}", "log-model|{tiny}"),
    ("a18-log_table GET /api/2.0/mlflow-artifacts/artifacts", "register|runs:/{run}/mymodel|a"),
    ("a20-list_artifacts POST logged-models/search", "register|runs:/{run}/dir|a"),
    ("a36-download-artifacts GET /api/2.0/mlflow-artifacts/artifacts/{path}", "models|download|models:/{model}"),
    ("a19-log_input POST runs/log-inputs", "log-inputs|--run-id|{run}|--name|evalset|--digest|7ab17a64|--source|https://x.org/d.csv|--context|training|--tag|k=v"),
    ("a21-get_metric_history GET metrics/get-history", "metrics|history|--run-id|{run}|bm"),
    ("a22-end_run-FINISHED POST runs/update", "runs|finish|{run}"),
    ("a23-failed-run POST runs/create", "runs|create|--experiment-id|{experiment}"),
    ("a27-search_runs POST runs/search", "runs|list|--experiment-id|1|--max-results|3"),
    ("a28-client-search_runs-paged POST runs/search", "runs|search|attributes.status = 'FINISHED'|--experiment-id|1|--max-results|2|--order-by|metrics.loss DESC"),
    ("a28-client-search_runs-paged-2 POST runs/search", "runs|list|--experiment-id|1|--max-results|2|--page-token|eyJvZmZzZXQiOiAyfQ=="),
    ("a29-set_experiment-existing GET experiments/get-by-name", "experiments|get|phi3-lab"),
    ("a30-search_experiments POST experiments/search", "experiments|list"),
    ("a32-delete-restore-run POST runs/delete", "runs|delete|{run}"),
    ("a32-delete-restore-run POST runs/restore", "runs|restore|{deleted_run}"),
    ("a34-rename_delete_exp POST experiments/create", "experiments|create|tmp-exp|--tag|x=y"),
    ("a34-rename_delete_exp POST experiments/update", "experiments|rename|{experiment}|tmp2"),
    ("a34-rename_delete_exp POST experiments/set-experiment-tag", "experiments|set-tag|{experiment}|k=v"),
    ("a34-rename_delete_exp POST experiments/delete", "experiments|delete|{experiment}"),
    ("a34-rename_delete_exp POST experiments/restore", "experiments|restore|{deleted_experiment}"),
    ("b01-log_model-from-code POST logged-models", "log-model|{tiny}|--name|phi3-mlflow-model|--run-id|{run}"),
    ("b01-log_model-from-code POST runs/outputs", "log-model|{tiny}|--name|phi3-mlflow-model|--run-id|{run}"),
    ("b01-log_model-from-code GET logged-models/{model_id}", "register|models:/{model}|a"),
    ("b01-log_model-from-code PATCH logged-models/{model_id}", "log-model|{tiny}|--name|phi3-mlflow-model|--run-id|{run}"),
    ("b03-log_model-registered_model_name+params+metadata POST logged-models", "log-model|{tiny}|--name|phi3-mlflow-model|--run-id|{run}|--param|p=1|--param|lr=1"),
    ("b03-log_model-registered_model_name+params+metadata POST registered-models/create", "models|create|phi3-reg"),
    ("b03-log_model-registered_model_name+params+metadata POST model-versions/create", "register|models:/{model}|phi3-reg|--tag|t=v"),
    ("b08-load-registry GET registered-models/get", "models|get|phi3-reg"),
    ("d01-register_model-runs-uri-logged-model POST model-versions/create", "register|runs:/{logged_run}/phi3|reg-runs|--tag|a=b"),
    ("d02-register_model-models-m POST model-versions/create", "register|models:/{model}|reg-m"),
    ("d03-register_model-runs-uri-plain-artifacts POST model-versions/create", "register|runs:/{run}/mymodel|reg-plain"),
    ("d08-create_model_version-raw POST model-versions/create", "register|runs:/{run}/mymodel|manual|--tag|v=1|--description|vdesc"),
    ("d29-copy_model_version POST model-versions/create", "register|models:/reg-m/2|reg-copy"),
    ("d16-search_mv GET model-versions/search", "models|versions|reg-m|--max-results|1"),
    ("d06-create_registered_model POST registered-models/create", "models|create|manual|--tag|k=v|--description|my desc"),
    ("d09-update_desc PATCH registered-models/update", "models|update|manual|--description|new"),
    ("d09-update_desc PATCH model-versions/update", "models|update-version|manual|1|--description|new v"),
    ("d10-tags POST registered-models/set-tag", "models|tag|manual|x=y"),
    ("d10-tags POST model-versions/set-tag", "models|tag|manual|--version|1|x=y"),
    ("d10-tags DELETE registered-models/delete-tag", "models|delete-tag|manual|x"),
    ("d10-tags DELETE model-versions/delete-tag", "models|delete-tag|manual|--version|1|x"),
    ("d11-alias POST registered-models/alias", "models|alias|reg-m|champion|2"),
    ("d11-alias GET registered-models/alias", "models|version|reg-m|@champion"),
    ("d13-stage POST model-versions/transition-stage", "models|stage|reg-m|1|Staging"),
    ("d14-latest POST registered-models/get-latest-versions", "models|version|reg-m|latest"),
    ("d15-search_rm GET registered-models/search", "models|search|name LIKE 'reg%'|--max-results|2"),
    ("d17-get_mv GET model-versions/get", "models|version|reg-m|1"),
    ("d18-rename POST registered-models/rename", "models|rename|reg-plain|reg-plain2"),
    ("d19-delete_mv DELETE model-versions/delete", "models|delete-version|reg-m|1"),
    ("d20-delete_alias DELETE registered-models/alias", "models|delete-alias|reg-m|champion"),
    ("d21-delete_rm DELETE registered-models/delete", "models|delete|reg-runs"),
    ("first GET /version", "doctor"),
    ("k13-search_mv GET model-versions/search", "models|versions|man"),
    ("k06-log_model-name POST runs/log-model", "log-model|{tiny}|--run-id|{run}"),
    ("k03-params-metrics-tags POST runs/log-batch", "log-metrics|--run-id|{run}|--step|1|m=1"),
];
