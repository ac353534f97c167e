"""Print all that MLflow's client knows of a store: one line of JSON.

    whole_ledger.py source|copy [EXPERIMENT…]

MLFLOW_TRACKING_URI names the store. With `copy`, things are called what their sources are called, as the tags of
`phi3ml sync` say, and only what is a copy is told. What a server sets itself is left out. Lists are sorted and keep
what is there twice.
"""

import hashlib
import json
import math
import sys
import tempfile
from pathlib import Path

import mlflow
from mlflow import MlflowClient
from mlflow.entities import ViewType

RUN = "phi3ml.sync.source_run_id"
MODEL = "phi3ml.sync.source_model_id"
VERSION = "phi3ml.sync.source_version"


def plain(value: float) -> float | str:
    if math.isnan(value):
        return "NaN"
    return max(min(value, sys.float_info.max), -sys.float_info.max)


class Store:
    def __init__(self, is_copy: bool, experiments: list[str]) -> None:
        self.client = MlflowClient()
        self.is_copy = is_copy
        self.only = experiments
        # What stands in texts, and what it is called at the source.
        self.names: list[tuple[str, str]] = []

    def text(self, value: str) -> str:
        for here, there in self.names:
            value = value.replace(here, there)
        return value

    def tags(self, tags: dict) -> dict:
        left_out = ("phi3ml.sync.", "phi3ml.request_id", "mlflow.modelVersions")
        return {key: self.text(value) for key, value in sorted(tags.items()) if not key.startswith(left_out)}

    def files(self, uri: str) -> dict:
        try:
            # Into a folder of its own: MLflow would note something beside the files of a model where they lie.
            folder = Path(mlflow.artifacts.download_artifacts(uri, dst_path=tempfile.mkdtemp()))
        except Exception:
            return {}
        found = {}
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name != "registered_model_meta":
                content = path.read_bytes()
                if path.name == "MLmodel":
                    content = self.text(content.decode()).encode()
                found[str(path.relative_to(folder))] = hashlib.sha256(content).hexdigest()
        return found

    def has_files(self, run) -> bool:
        return bool(self.client.list_artifacts(run.info.run_id))

    def run(self, run) -> dict:
        info, data = run.info, run.data
        history = {
            key: sorted(
                [point.step, point.timestamp, str(plain(point.value))]
                for point in self.client.get_metric_history(info.run_id, key)
            )
            for key in sorted(data.metrics)
        }
        return {
            "id": self.text(info.run_id),
            "name": info.run_name,
            "user": info.user_id,
            "status": info.status,
            "stage": info.lifecycle_stage,
            "times": [info.start_time, info.end_time],
            "params": dict(sorted(data.params.items())),
            "metrics": {key: str(plain(value)) for key, value in sorted(data.metrics.items())},
            "history": history,
            "tags": self.tags(data.tags),
            "datasets": sorted(
                [entry.dataset.name, entry.dataset.digest, entry.dataset.source, entry.dataset.schema or "",
                 {tag.key: tag.value for tag in entry.tags}]
                for entry in run.inputs.dataset_inputs
            ),
            "outputs": sorted(
                [self.text(output.model_id), output.step]
                for output in getattr(getattr(run, "outputs", None), "model_outputs", None) or []
            ),
            "model_inputs": sorted(
                self.text(entry.model_id)
                for entry in getattr(self.client.get_run(info.run_id).inputs, "model_inputs", None) or []
            ),
            "files": self.files(f"runs:/{info.run_id}/") if info.lifecycle_stage == "active" and self.has_files(run) else {},
        }

    def model(self, model) -> dict:
        return {
            "id": self.text(model.model_id),
            "name": model.name,
            "run": self.text(model.source_run_id or ""),
            "status": str(model.status),
            "type": model.model_type or "",
            "params": dict(model.params or {}),
            "tags": self.tags(model.tags or {}),
            "metrics": sorted(
                [metric.key, metric.step, metric.timestamp, metric.value, self.text(metric.run_id or ""),
                 metric.dataset_name or "", metric.dataset_digest or ""]
                for metric in model.metrics or []
            ),
            "files": self.files(f"models:/{model.model_id}") if self.client.list_logged_model_artifacts(model.model_id) else {},
        }

    def version(self, version) -> dict:
        return {
            "version": str(version.version),
            "source": self.text(version.source),
            "run": self.text(version.run_id or ""),
            "description": version.description or "",
            "stage": version.current_stage,
            "tags": self.tags(version.tags),
        }

    def all_runs(self, experiments: list) -> list:
        found, token = [], None
        while True:
            page = self.client.search_runs(
                [one.experiment_id for one in experiments], run_view_type=ViewType.ALL, max_results=1000, page_token=token
            )
            found += page
            token = page.token
            if not token:
                return [run for run in found if not self.is_copy or RUN in run.data.tags]

    def look(self) -> dict:
        experiments = self.client.search_experiments(view_type=ViewType.ALL)
        experiments = [one for one in experiments if not self.only or one.name in self.only]
        runs = self.all_runs(experiments)
        models = []
        if hasattr(self.client, "search_logged_models"):
            for one in experiments:
                models += self.client.search_logged_models([one.experiment_id])
        models = [model for model in models if not self.is_copy or MODEL in model.tags]
        for run in runs:
            source = run.data.tags[RUN] if self.is_copy else run.info.run_id
            self.names.append((run.info.artifact_uri, f"artifacts of {source}"))
            self.names.append((run.info.run_id, source))
        for model in models:
            source = model.tags[MODEL] if self.is_copy else model.model_id
            self.names.append((model.artifact_location, f"artifacts of {source}"))
            self.names.append((model.model_id, source))
        names = {one.experiment_id: one.name for one in experiments}
        registered = self.client.search_registered_models()
        return {
            "experiments": {
                one.name: {"stage": one.lifecycle_stage, "tags": self.tags(one.tags)} for one in experiments
            },
            "runs": sorted(
                ({"experiment": names[run.info.experiment_id], **self.run(run)} for run in runs),
                key=lambda run: run["id"],
            ),
            "models": sorted(
                ({"experiment": names[model.experiment_id], **self.model(model)} for model in models),
                key=lambda model: model["id"],
            ),
            "registered": {
                one.name: {
                    "description": one.description or "",
                    "tags": self.tags(one.tags),
                    "aliases": {alias: str(version) for alias, version in sorted(one.aliases.items())},
                    "versions": sorted(
                        (
                            self.version(version)
                            for version in self.client.search_model_versions(f"name = '{one.name}'")
                            if not self.is_copy or VERSION in version.tags
                        ),
                        key=lambda version: int(version["version"]),
                    ),
                }
                for one in registered
            },
        }


def main() -> None:
    kind, *experiments = sys.argv[1:]
    print(json.dumps(Store(kind == "copy", experiments).look()))


if __name__ == "__main__":
    main()
