"""Load a model as any MLflow user would and print its answers as one line of JSON.

    predict.py MODEL_URI PROMPT...

MLFLOW_TRACKING_URI names the server. Each prompt is asked alone, then all of them in one call.
"""

import json
import sys

import mlflow.pyfunc
import pandas


def main() -> None:
    uri, *prompts = sys.argv[1:]
    model = mlflow.pyfunc.load_model(uri)
    metadata = model.metadata
    signature = metadata.signature
    print(
        json.dumps(
            {
                "mlflow": mlflow.__version__,
                "single": [model.predict({"prompt": prompt}) for prompt in prompts],
                "rows": model.predict(pandas.DataFrame({"prompt": prompts})),
                "flavors": sorted(metadata.flavors),
                "run_id": metadata.run_id,
                "model_id": getattr(metadata, "model_id", None),
                "inputs": signature.inputs.to_dict() if signature else None,
                "outputs": signature.outputs.to_dict() if signature else None,
                "input_example": model.input_example,
            }
        )
    )


if __name__ == "__main__":
    main()
