"""What Transformers makes of odd texts and of conversations with the tokenizer and template in a folder, as JSON.

    python transformers_reads.py FOLDER...

Needs `tests/python/transformers.txt`. The tokenizer is read from `tokenizer.json` as it stands, not made anew as the
class named in `tokenizer_config.json`.
"""

import json
import random
import sys
from pathlib import Path

from transformers import PreTrainedTokenizerFast

TEXTS = [
    "a", " ", "  ", "\n", "\t", "\r\n", "\0", "a\0b", "\ufeffa", " leading", "  two leading", "trailing ", "trailing\n\n",
    "line\r\nline\r\n", "tab\tand  spaces   in    rows", "▁", "▁▁a ▁ b", "a▁b", "\u00a0a\u2003b\u200bc\u200dd\u2060e",
    "fn main() {\n    println!(\"{:?}\", vec![1, 2, 3]);\n}\n", "for(int i=0;i<10;++i){a[i]=*p++;}", "\");\n",
    "SELECT * FROM t WHERE a <> 'b' -- c", "{\"a\": [1, 2.5e-10, null, \"\\u00e9\\n\"]}", "<div class=\"x\">&amp;</div>",
    "def f(x):\n\treturn x**2  # ²\n", "https://example.org/a?b=c&d=%20#e", "C:\\Users\\a\\b.txt", "1234567890 3.14 1e10 ½ ٣",
    "¡Hola, señor! Où çà? Straße ŁÓDŹ", "e\u0301 é ﬁ ﬀ Å \u212b", "日本語のテキスト、中文文本，한국어 텍스트", "Привет, мир! Γειά σου Κόσμε",
    "שלום עולם", "مرحبا بالعالم", "\u202eright to left\u202c", "नमस्ते दुनिया", "ไทย", "🦀", "👩‍👩‍👧‍👦 🇪🇸 👍🏽", "🦀🦀🦀 a🦀b",
    "\U0001f980" * 40, "a" * 300, "ab" * 200, " " * 100, "\n" * 50, "=" * 80, "é" * 90, "👍" * 30, "word " * 60,
    "<s>", "</s>", "<unk>", "<s>a</s>", "<|user|>", "<|end|>", "<|user|>\nHi<|end|>\n<|assistant|>\n", "a<|end|>b", "a <|end|> b",
    "<|end|> \n b", "<|end|><|end|>", "<|endoftext|> a", " <|system|>  a", "<|user", "|>", "<|user|><|nobody|>", "<|USER|>",
    "<|assistant|>   \n\n  a", "<0x41>", "<0x0A>a", "<0xZZ>", "\x7f\x1b[31mred\x1b[0m", "\ud7ff\ue000\ufffd\U0010ffff", "￿a",
    "'s 't 're don't DON'T can’t", "...!!!???", "---\n- a\n- b\n", "| a | b |\n|---|---|\n", "$x_1^2 + \\frac{a}{b}$",
]
PIECES = ["a", " ", "\n", "the", " of", "\r\n", "\0", "🦀", "é", "世", "<|end|>", "<|user|>", "<s>", "</s>", "▁", "1", "\t", "\"", ");",
          "ש", "\u200d", "<0x0A>", "  ", "Spain", ".", "e\u0301", "<|", "|>"]
CONVERSATIONS = [
    [("user", "Hi")],
    [("system", "Be brief."), ("user", "What is two plus two?")],
    [("user", "Hi"), ("assistant", "Hello!"), ("user", "  spaces \n\n around  ")],
    [("system", ""), ("user", "a<|end|>b {{ x }} {% if %} &amp; <b>'\"</b>"), ("assistant", "🦀"), ("user", "¿Qué?\r\n")],
    [("system", "Use tools.", ("tools", '[{"name": "add"}]')), ("user", "Hi", ("name", "Ana"))],
    [("user", f"turn {turn}") if turn % 2 == 0 else ("assistant", f"answer {turn}") for turn in range(9)],
]


def read(folder: Path) -> dict:
    tokenizer = PreTrainedTokenizerFast.from_pretrained(folder)
    processor = folder / "chat_template.json"
    if tokenizer.chat_template is None and processor.exists():
        # There only processors look, and a tokenizer has to be told.
        tokenizer.chat_template = json.loads(processor.read_text())["chat_template"]
    random.seed(7)
    texts = TEXTS + ["".join(random.choices(PIECES, k=random.randint(1, 30))) for _ in range(400)]
    found = {"texts": [{"text": text, "ids": tokenizer(text)["input_ids"]} for text in texts], "chats": []}
    for conversation in CONVERSATIONS if tokenizer.chat_template else []:
        messages = [{"role": role, "content": content, **dict(more)} for role, content, *more in conversation]
        text = tokenizer.apply_chat_template(messages, add_generation_prompt=True, tokenize=False)
        ids = tokenizer(text, add_special_tokens=False)["input_ids"]
        found["chats"].append({"messages": messages, "text": text, "ids": ids})
    return found


def main() -> None:
    print(json.dumps([read(Path(folder)) for folder in sys.argv[1:]]))


if __name__ == "__main__":
    main()
