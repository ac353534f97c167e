"""Print what MLflow's client knows of a registered model and its versions: one line of JSON.

    read_registry.py NAME

MLFLOW_TRACKING_URI names the server.
"""

import json
import sys
import warnings

from mlflow import MlflowClient

warnings.filterwarnings("ignore", category=FutureWarning)


def version_facts(client: MlflowClient, name: str, number: str) -> dict:
    version = client.get_model_version(name, number)
    return {
        "stage": version.current_stage,
        "description": version.description or "",
        "tags": {key: tag for key, tag in version.tags.items() if not key.startswith("phi3ml.")},
        "aliases": sorted(version.aliases),
        "source": version.source,
        "run_id": version.run_id,
    }


def main() -> None:
    (name,) = sys.argv[1:]
    client = MlflowClient()
    model = client.get_registered_model(name)
    numbers = sorted(str(it.version) for it in client.search_model_versions(f"name = '{name}'"))
    listed = [it.name for it in client.search_registered_models(f"name LIKE '{name}%'")]
    facts = {
        "description": model.description or "",
        "tags": dict(model.tags),
        "aliases": {alias: str(version) for alias, version in model.aliases.items()},
        "versions": {number: version_facts(client, name, number) for number in numbers},
        "listed": listed,
    }
    print(json.dumps(facts))


if __name__ == "__main__":
    main()
