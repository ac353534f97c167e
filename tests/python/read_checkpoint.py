"""Loads what phi3ml made of a checkpoint with MLflow and Transformers; prints what it says as JSON.

    read_checkpoint.py CHAT COMPLETIONS TEXT_GENERATION
"""

import json
import sys

import mlflow
from mlflow.models import get_model_info, validate_serving_input

QUESTION = "What is the capital of Spain?"
ASKED = f"<|user|>\n{QUESTION}<|end|>\n<|assistant|>\n"


def main(chat: str, completions: str, plain: str) -> None:
    request = {"messages": [{"role": "user", "content": QUESTION}], "max_tokens": 24}
    pipeline = mlflow.transformers.load_model(chat)
    print(
        json.dumps(
            {
                "mlflow": mlflow.__version__,
                "pipeline": type(pipeline).__name__,
                "tokenizer": type(pipeline.tokenizer).__name__,
                "dtype": str(pipeline.model.dtype),
                "chat": mlflow.pyfunc.load_model(chat).predict(request),
                "served": validate_serving_input(chat, json.dumps(request)),
                "completions": mlflow.pyfunc.load_model(completions).predict(
                    {"prompt": ASKED, "max_tokens": 24}
                ),
                "text": mlflow.pyfunc.load_model(plain).predict(ASKED),
                "metadata": get_model_info(chat).metadata,
            }
        )
    )


main(*sys.argv[1:])
