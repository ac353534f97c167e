"""Print what MLflow's client knows of a run and, where given, a registered version: one line of JSON.

    read_back.py RUN_ID [NAME VERSION]

MLFLOW_TRACKING_URI names the server.
"""

import json
import sys

import mlflow
from mlflow import MlflowClient


def run_facts(client: MlflowClient, run_id: str) -> dict:
    run = client.get_run(run_id)
    outputs = getattr(run, "outputs", None)
    return {
        "status": run.info.status,
        "params": dict(run.data.params),
        "metrics": dict(run.data.metrics),
        "tags": dict(run.data.tags),
        "models": [output.model_id for output in outputs.model_outputs] if outputs else [],
    }


def model_facts(client: MlflowClient, model_id: str) -> dict:
    model = client.get_logged_model(model_id)
    return {
        "name": model.name,
        "status": str(getattr(model.status, "value", model.status)),
        "source_run_id": model.source_run_id,
        "params": dict(model.params),
        "tags": dict(model.tags),
    }


def version_facts(client: MlflowClient, name: str, number: str) -> dict:
    version = client.get_model_version(name, number)
    registered = client.get_registered_model(name)
    return {
        "status": version.status,
        "source": version.source,
        "run_id": version.run_id,
        "description": version.description,
        "tags": dict(version.tags),
        "aliases": {alias: str(of) for alias, of in registered.aliases.items()},
        "download_uri": client.get_model_version_download_uri(name, number),
    }


def main() -> None:
    run_id, *registered = sys.argv[1:]
    client = MlflowClient()
    facts = {"mlflow": mlflow.__version__, "run": run_facts(client, run_id)}
    facts["logged_models"] = {
        model_id: model_facts(client, model_id) for model_id in facts["run"]["models"]
    }
    if registered:
        name, number = registered
        facts["version"] = version_facts(client, name, number)
    print(json.dumps(facts))


if __name__ == "__main__":
    main()
