"""Changes the requirements of a model with MLflow itself, and tells what they are in it and in another.

Lines in: a JSON list with the model directory, the other one, `add` or `remove`, and requirements. Lines out: what they
mean in both.
"""

import json
import sys
from pathlib import Path

import yaml
from mlflow.models.model import update_model_requirements
from mlflow.utils.environment import _get_pip_deps, _PythonEnv
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name


def meaning(lines):
    def one(line):
        try:
            requirement = Requirement(line)
        except InvalidRequirement:
            return line
        requirement.name = canonicalize_name(requirement.name)
        return str(requirement)

    return [one(line) for line in lines]


def told(folder):
    folder = Path(folder)
    conda = yaml.safe_load((folder / "conda.yaml").read_text())
    return {
        "requirements": meaning((folder / "requirements.txt").read_text().splitlines()),
        "conda": meaning(_get_pip_deps(conda)),
        "rest": [it for it in conda["dependencies"] if isinstance(it, str)],
        "python_env": _PythonEnv.from_yaml(folder / "python_env.yaml").to_dict(),
    }


for line in sys.stdin:
    theirs, ours, operation, *requirements = json.loads(line)
    update_model_requirements(theirs, operation, requirements)
    print(json.dumps({"theirs": told(theirs), "ours": told(ours)}))
