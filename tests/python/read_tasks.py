"""Asks a model that chats and one that completes as any MLflow user would; prints what they say as JSON.

    read_tasks.py CHAT COMPLETIONS
"""

import json
import sys

import mlflow
import pandas as pd
from mlflow.models import get_model_info, validate_serving_input
from mlflow.models.utils import load_serving_example
from mlflow.types.llm import (
    CHAT_MODEL_INPUT_SCHEMA,
    CHAT_MODEL_OUTPUT_SCHEMA,
    COMPLETIONS_MODEL_INPUT_SCHEMA,
    COMPLETIONS_MODEL_OUTPUT_SCHEMA,
)

QUESTION = "What is the capital of Spain?"
ASKED = f"<|user|>\n{QUESTION}<|end|>\n<|assistant|>\n"


def refusal(call) -> str:
    try:
        return f"answered {call()}"
    except Exception as error:
        return str(error)


def main(chat_folder: str, completions_folder: str) -> None:
    messages = [{"role": "user", "content": QUESTION}]
    chat = mlflow.pyfunc.load_model(chat_folder)
    completions = mlflow.pyfunc.load_model(completions_folder)
    chat_signature = get_model_info(chat_folder).signature
    completions_signature = get_model_info(completions_folder).signature
    configured = mlflow.pyfunc.load_model(chat_folder, model_config={"max_tokens": 2})
    # Without the schema, as a client within the same process may call it.
    raw = chat.unwrap_python_model()
    table = pd.DataFrame(
        [{"messages": messages}, {"messages": messages, "temperature": 0.0}]
    )
    print(
        json.dumps(
            {
                "plain": chat.predict({"messages": messages}),
                "config": dict(chat.model_config),
                "configured": configured.predict({"messages": messages}),
                "asked": configured.predict({"messages": messages, "max_tokens": 3}),
                "short": chat.predict({"messages": messages, "max_tokens": 3}),
                "stopped": chat.predict(
                    {"messages": messages, "stop": ["is Mad"], "n": 2}
                ),
                "rows": chat.predict(table),
                "streamed": list(
                    chat.predict_stream({"messages": messages, "stop": ["rid."]})
                ),
                "params": chat.predict(
                    {"messages": messages}, params={"max_length": 12}
                ),
                "drawn": [
                    chat.predict(
                        {"messages": messages, "temperature": 5.0, "max_tokens": 20},
                        params={"random_seed": 7},
                    )
                    for _ in range(2)
                ],
                "system": chat.predict(
                    {"messages": [{"role": "system", "content": "Hi."}] + messages}
                ),
                "raw": raw.predict(None, {"messages": messages}),
                "penalty": refusal(
                    lambda: chat.predict(
                        {"messages": messages, "presence_penalty": 1.0}
                    )
                ),
                "nothing": refusal(lambda: chat.predict({"messages": []})),
                "served": validate_serving_input(
                    chat_folder, load_serving_example(chat_folder)
                ),
                "completed": completions.predict({"prompt": ASKED}),
                "completed_short": completions.predict(
                    {"prompt": ASKED, "max_tokens": 4}, params={"top_k": 1}
                ),
                "completed_rows": completions.predict(
                    pd.DataFrame({"prompt": [ASKED, ASKED]})
                ),
                "completed_stream": list(completions.predict_stream({"prompt": ASKED})),
                "completed_served": validate_serving_input(
                    completions_folder, load_serving_example(completions_folder)
                ),
                "schemas_are_mlflows": [
                    chat_signature.inputs == CHAT_MODEL_INPUT_SCHEMA,
                    chat_signature.outputs == CHAT_MODEL_OUTPUT_SCHEMA,
                    completions_signature.inputs == COMPLETIONS_MODEL_INPUT_SCHEMA,
                    completions_signature.outputs == COMPLETIONS_MODEL_OUTPUT_SCHEMA,
                ],
                "metadata": get_model_info(chat_folder).metadata,
            }
        )
    )


main(*sys.argv[1:])
