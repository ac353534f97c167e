"""Trains a small tokenizer that is built like Phi-3's.

Byte-pair encoding with byte fallback, no pre-tokenizer, spaces written as `▁`, and Phi-3's
special tokens at the end of the vocabulary in Phi-3's order.
"""

import json
from pathlib import Path

from questions import ANSWERS, SYSTEM_MESSAGES
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

VOCABULARY = 600
BYTES = [f"<0x{byte:02X}>" for byte in range(256)]
SPECIAL = [
    "<|endoftext|>",
    "<|assistant|>",
    "<|placeholder1|>",
    "<|placeholder2|>",
    "<|placeholder3|>",
    "<|placeholder4|>",
    "<|system|>",
    "<|end|>",
    "<|placeholder5|>",
    "<|placeholder6|>",
    "<|user|>",
]
CHAT_TEMPLATE = (
    "{% for message in messages %}"
    "{% if message['role'] == 'system' %}"
    "{{'<|system|>\n' + message['content'] + '<|end|>\n'}}"
    "{% elif message['role'] == 'user' %}"
    "{{'<|user|>\n' + message['content'] + '<|end|>\n'}}"
    "{% elif message['role'] == 'assistant' %}"
    "{{'<|assistant|>\n' + message['content'] + '<|end|>\n'}}"
    "{% endif %}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|assistant|>\n' }}{% else %}{{ eos_token }}{% endif %}"
)


def trained() -> dict:
    """`tokenizer.json` after training, before the special tokens."""
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", byte_fallback=True, fuse_unk=True))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")]
    )
    # Only for training: tokens are not to reach across words. Phi-3's tokenizer has none.
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split("▁", "merged_with_next"),
            pre_tokenizers.Punctuation("isolated"),
            pre_tokenizers.Digits(individual_digits=True),
        ]
    )
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        initial_alphabet=[chr(code) for code in range(33, 127)] + ["▁"],
        special_tokens=["<unk>", "<s>", "</s>", *BYTES],
        show_progress=False,
        min_frequency=1,
    )
    corpus = [text for pair in ANSWERS.items() for text in pair] + SYSTEM_MESSAGES
    tokenizer.train_from_iterator(corpus, trainer)
    return json.loads(tokenizer.to_str())


def added_token(number: int, content: str, rstrip: bool, special: bool = True) -> dict:
    return {
        "id": number,
        "content": content,
        "single_word": False,
        "lstrip": False,
        "rstrip": rstrip,
        "normalized": False,
        "special": special,
    }


def write(folder: Path) -> None:
    """Writes the tokenizer's files into `folder`."""
    tokenizer = trained()
    size = len(tokenizer["model"]["vocab"])
    added = [
        added_token(0, "<unk>", rstrip=False),
        added_token(1, "<s>", rstrip=False),
        added_token(2, "</s>", rstrip=True, special=False),
    ]
    added += [
        added_token(size + index, content, rstrip=index > 0)
        for index, content in enumerate(SPECIAL)
    ]
    tokenizer["added_tokens"] = added
    tokenizer["pre_tokenizer"] = None
    tokenizer["decoder"] = {
        "type": "Sequence",
        "decoders": [
            {"type": "Replace", "pattern": {"String": "▁"}, "content": " "},
            {"type": "ByteFallback"},
            {"type": "Fuse"},
            {"type": "Strip", "content": " ", "start": 1, "stop": 0},
        ],
    }
    tokenizer["post_processor"] = {
        "type": "TemplateProcessing",
        "single": [{"Sequence": {"id": "A", "type_id": 0}}],
        "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
        "special_tokens": {},
    }
    names = ("content", "lstrip", "normalized", "rstrip", "single_word", "special")
    config = {
        "add_bos_token": False,
        "add_eos_token": False,
        "added_tokens_decoder": {
            str(token["id"]): {name: token[name] for name in names} for token in added
        },
        "bos_token": "<s>",
        "chat_template": CHAT_TEMPLATE,
        "clean_up_tokenization_spaces": False,
        "eos_token": "<|endoftext|>",
        "legacy": False,
        "model_max_length": 4096,
        "pad_token": "<|endoftext|>",
        "padding_side": "left",
        "sp_model_kwargs": {},
        "tokenizer_class": "LlamaTokenizer",
        "unk_token": "<unk>",
        "use_default_system_prompt": False,
    }
    special = {name: config[name] for name in ("bos_token", "eos_token", "pad_token", "unk_token")}
    text = json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":"))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokenizer.json").write_text(text, encoding="utf-8")
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=2), encoding="utf-8")
    (folder / "special_tokens_map.json").write_text(json.dumps(special, indent=2), encoding="utf-8")
