"""Saves the models `model_0.py`, … of a folder with their examples; prints what `MLmodel` then says of each as JSON.

    read_hints.py FOLDER            the signature, and where it comes from
    read_hints.py FOLDER MODEL...   what each model answers its example, as saved here and as packaged in MODEL
"""

import json
import sys
import tempfile
from pathlib import Path

import mlflow
import yaml


def save(code: Path, example, folder: str) -> Path:
    if isinstance(example, dict) and set(example) == {"inputs", "params"}:
        example = (example["inputs"], example["params"])
    path = Path(folder) / code.stem
    mlflow.pyfunc.save_model(
        path, python_model=str(code), input_example=example, pip_requirements=["mlflow"]
    )
    return path


def told(model: Path) -> dict:
    fields = yaml.safe_load((model / "MLmodel").read_text())
    return {
        "signature": fields.get("signature"),
        "from_hint": fields.get("is_signature_from_type_hint"),
        "from_example": fields.get("type_hint_from_example"),
    }


def answer(model: str, example) -> str:
    if isinstance(example, dict) and set(example) == {"inputs", "params"}:
        example = example["inputs"]
    try:
        return str(mlflow.pyfunc.load_model(str(model)).predict(example))
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def main(folder: str, *models: str) -> None:
    examples = json.loads((Path(folder) / "examples.json").read_text())
    with tempfile.TemporaryDirectory() as made:
        saved = [
            save(Path(folder) / f"model_{number}.py", example, made)
            for number, example in enumerate(examples)
        ]
        if models:
            print(
                json.dumps(
                    [
                        {"ours": answer(ours, example), "theirs": answer(theirs, example)}
                        for ours, theirs, example in zip(models, saved, examples)
                    ]
                )
            )
        else:
            print(json.dumps([told(model) for model in saved]))


main(*sys.argv[1:])
