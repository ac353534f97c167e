"""Asks a packaged model with its own model_config, and with params over it; prints the answers as JSON."""

import json
import sys

import mlflow

path, prompt = sys.argv[1:]
model = mlflow.pyfunc.load_model(path).unwrap_python_model()


def answer(params: dict) -> str:
    return model.predict(None, [{"prompt": prompt}], params)[0].rstrip()


asked = [{}, {"stop": ["France"]}, {"max_tokens": 20, "stop": ["France"]}]
print(json.dumps([answer(params) for params in asked]))
