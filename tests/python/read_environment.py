"""What MLflow makes of requirements that somebody gives, and what it reads in those that phi3ml wrote.

Arguments: `made FLAG VALUE...` as JSON in the first argument, and the folder of a model.
"""

import json
import os
import sys
from pathlib import Path

os.environ["MLFLOW_SKIP_PIP_REQUIREMENTS_CHECK"] = "true"

import yaml
from mlflow.utils.environment import (
    _get_pip_deps,
    _process_conda_env,
    _process_pip_requirements,
    _PythonEnv,
)
from packaging.requirements import InvalidRequirement, Requirement


def meaning(lines):
    """Requirements without regard to how they are spelled."""

    def one(line):
        try:
            return str(Requirement(line))
        except InvalidRequirement:
            return line

    return [one(line) for line in lines]


given, folder = json.loads(sys.argv[1]), Path(sys.argv[2])
if "conda_env" in given:
    made, lines, constraints = _process_conda_env(given["conda_env"])
else:
    made, lines, constraints = _process_pip_requirements(
        given.get("packages", []), given.get("pip_requirements"), given.get("extra")
    )
conda = yaml.safe_load((folder / "conda.yaml").read_text())
from_conda = _PythonEnv.get_dependencies_from_conda_yaml(folder / "conda.yaml")
constraints_file = folder / "constraints.txt"
print(
    json.dumps({
        "expected": meaning(lines),
        "requirements": meaning((folder / "requirements.txt").read_text().splitlines()),
        "conda": meaning(_get_pip_deps(conda)),
        "conda_rest": [it for it in conda["dependencies"] if isinstance(it, str)],
        "expected_rest": [it for it in made["dependencies"] if isinstance(it, str)],
        "name": conda.get("name"),
        "python_env": _PythonEnv.from_yaml(folder / "python_env.yaml").to_dict(),
        "python_of_conda": from_conda["python"],
        "expected_constraints": constraints,
        "constraints": constraints_file.read_text().splitlines()
        if constraints_file.exists()
        else [],
    })
)
