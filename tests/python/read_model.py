"""Reads a model directory with MLflow and prints as JSON what MLflow makes of it.

Usage: read_model.py MODEL EXPECTED

EXPECTED maps prompts to objects with the `text` that the model is to answer. Any warning that
loading or predicting gives is among what is printed.
"""

import json
import logging
import sys
import warnings

import mlflow
import mlflow.pyfunc.loaders.code_model  # what it warns of is its own
import pandas as pd
from mlflow.models import Model, get_model_info, validate_serving_input
from mlflow.models.utils import load_serving_example


class Heard(logging.Handler):
    """Keeps what MLflow logs as a warning or worse."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.messages = []

    def emit(self, record):
        self.messages.append(record.getMessage())


def main(folder: str, expected_path: str) -> None:
    with open(expected_path, encoding="utf-8") as file:
        expected = {prompt: answer["text"] for prompt, answer in json.load(file).items()}
    heard = Heard()
    logging.getLogger("mlflow").addHandler(heard)
    logging.getLogger("mlflow").propagate = False
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        loaded = mlflow.pyfunc.load_model(folder)
        prompts = list(expected)
        by_dict = [loaded.predict({"prompt": prompt}) for prompt in prompts]
        by_frame = loaded.predict(pd.DataFrame({"prompt": prompts}))
    model = loaded.unwrap_python_model()
    first = prompts[0]
    chat = f"<|user|>\n{first}<|end|>\n<|assistant|>\n"
    info = get_model_info(folder)
    json.dump(
        {
            "mlflow": mlflow.__version__,
            "warnings": heard.messages + [str(warning.message) for warning in caught],
            "prompts": prompts,
            "expected": list(expected.values()),
            "by_dict": by_dict,
            "by_frame": by_frame,
            "by_rows": loaded.predict([{"prompt": prompt} for prompt in prompts]),
            "by_text": model.predict(None, prompts),
            "by_columns": loaded.predict({"prompt": prompts}),
            "chat": loaded.predict({"prompt": chat}),
            "streamed": list(loaded.predict_stream({"prompt": first})),
            "short": loaded.predict({"prompt": first}, params={"max_length": 12}),
            "drawn": [
                loaded.predict(
                    {"prompt": first},
                    params={"temperature": 5.0, "random_seed": 7, "max_length": 40},
                )
                for _ in range(2)
            ],
            "served": validate_serving_input(folder, load_serving_example(folder)),
            "signature": info.signature.to_dict(),
            "flavors": sorted(info.flavors),
            "run_id": info.run_id,
            "model_size_bytes": Model.load(folder).model_size_bytes,
            "rewritten": Model.load(folder).to_dict(),
        },
        sys.stdout,
        default=str,
    )


main(*sys.argv[1:])
