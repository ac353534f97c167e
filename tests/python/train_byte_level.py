"""Give a model in a folder a tokenizer of bytes, as Phi-4-mini has one, trained on the texts of `transformers_reads.py`.

    python train_byte_level.py FOLDER

Needs `tests/python/transformers.txt`. Prints nothing but `null`.
"""

import json
import sys
from pathlib import Path

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers_reads import PIECES, TEXTS

# How texts are cut into words before bytes are joined: letters with one mark before and an ending, up to three digits,
# marks, ends of lines, spaces.
WORDS = (r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
         r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
         r"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+")
# The model has 611 tokens; its answers end with 600, 601 or 607.
TRAINED = 600
SPECIAL = ["<|endoftext|>", "<|assistant|>", "<|user|>", "<|system|>", "<|tool|>", "<|/tool|>", "<|tag|>", "<|end|>"]


def main() -> None:
    folder = Path(sys.argv[1])
    tokenizer = Tokenizer(models.BPE())
    words = pre_tokenizers.Split(Regex(WORDS), "removed", invert=True)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([words, pre_tokenizers.ByteLevel(False, use_regex=False)])
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=TRAINED, initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator(TEXTS + PIECES, trainer)
    assert tokenizer.get_vocab_size() == TRAINED, tokenizer.get_vocab_size()
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in SPECIAL])
    tokenizer.save(str(folder / "tokenizer.json"))
    path = folder / "tokenizer_config.json"
    config = json.loads(path.read_text())
    kept = {"tokenizer_class": "GPT2Tokenizer", "bos_token": SPECIAL[0], "eos_token": SPECIAL[0]}
    path.write_text(json.dumps({**kept, "chat_template": config["chat_template"]}))
    for other in "special_tokens_map.json", "added_tokens.json":
        (folder / other).unlink(missing_ok=True)
    print("null")


if __name__ == "__main__":
    main()
