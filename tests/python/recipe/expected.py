"""Writes down what onnxruntime-genai answers, token by token.

Usage: expected.py MODEL
"""

import json
import sys
from pathlib import Path

import onnxruntime_genai as og
from questions import ANSWERS, conversation


def answers(folder: Path) -> dict:
    """By question: the ids of the prompt, the ids of the greedy answer, and its text."""
    model = og.Model(str(folder))
    tokenizer = og.Tokenizer(model)
    told = {}
    for question in ANSWERS:
        prompt = tokenizer.encode(conversation(("user", question)))
        search = og.GeneratorParams(model)
        search.set_search_options(do_sample=False)
        generator = og.Generator(model, search)
        generator.append_tokens(prompt)
        tokens = []
        while not generator.is_done():
            generator.generate_next_token()
            tokens.append(int(generator.get_next_tokens()[0]))
        told[question] = {
            "prompt_ids": [int(token) for token in prompt],
            "out_ids": tokens,
            "text": tokenizer.decode(tokens),
        }
    return told


def dumps(told: dict) -> str:
    return json.dumps(told, indent=0, ensure_ascii=False)


if __name__ == "__main__":
    print(dumps(answers(Path(sys.argv[1]))), end="")
