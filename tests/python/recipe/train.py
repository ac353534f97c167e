"""Trains the checkpoint until it answers every question exactly, quantised to int4 or not."""

import json
import random
from pathlib import Path

import torch
from questions import ANSWERS, SYSTEM_MESSAGES, conversation
from tokenizers import Tokenizer
from torch.nn.utils import parametrize
from transformers import Phi3Config, Phi3ForCausalLM

STEPS = 1500
BATCH = 16
RATE = 4e-3
BLOCK = 32
IGNORED = -100  # what torch's cross entropy leaves out of account


class Int4(torch.nn.Module):
    """Rounds weights as `MatMulNBits` will, and lets gradients through as if it had not.

    Symmetric, to the nearest of sixteen steps, in blocks along the input.
    """

    active = False

    def forward(self, weight: torch.Tensor) -> torch.Tensor:
        if not Int4.active:
            return weight
        outputs, inputs = weight.shape
        blocks = weight.reshape(outputs, inputs // BLOCK, BLOCK)
        index = blocks.abs().max(-1, keepdim=True)[1]
        scale = torch.gather(blocks, 2, index) / -8
        scale = torch.where(scale == 0, torch.ones_like(scale), scale)
        rounded = (blocks / scale).round().clamp(-8, 7) * scale
        return weight + (rounded.reshape(outputs, inputs) - weight).detach()


def config(tokenizer: Tokenizer) -> Phi3Config:
    end_of_text = tokenizer.token_to_id("<|endoftext|>")
    return Phi3Config(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=4,
        max_position_embeddings=1024,
        original_max_position_embeddings=1024,
        rope_parameters={
            "rope_type": "default",
            "rope_theta": 10000.0,
            "partial_rotary_factor": 1.0,
        },
        sliding_window=None,
        bos_token_id=tokenizer.token_to_id("<s>"),
        eos_token_id=end_of_text,
        pad_token_id=end_of_text,
        tie_word_embeddings=False,
        attention_dropout=0.0,
        resid_pdrop=0.0,
        embd_pdrop=0.0,
    )


class Lesson:
    """Makes the conversations that the model learns from."""

    def __init__(self, tokenizer: Tokenizer):
        self.tokenizer = tokenizer
        self.end = [tokenizer.token_to_id(token) for token in ("<|end|>", "<|endoftext|>")]
        self.pad = self.end[1]

    def encode(self, text: str) -> list[int]:
        return self.tokenizer.encode(text, add_special_tokens=False).ids

    def sample(self, question: str, answer: str) -> tuple[list[int], list[int]]:
        """Tokens and labels: now and then with a system message or an earlier question."""
        tokens = []
        if random.random() < 0.3:
            message = random.choice(SYSTEM_MESSAGES)
            tokens += self.encode(f"<|system|>\n{message}<|end|>\n")
        if random.random() < 0.15:
            earlier, told = random.choice(list(ANSWERS.items()))
            tokens += self.encode(conversation(("user", earlier)) + f"{told}<|end|>\n")
        tokens += self.encode(conversation(("user", question)))
        learnt = self.encode(answer) + self.end
        return tokens + learnt, [IGNORED] * len(tokens) + learnt

    def batch(self) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Tokens, labels and attention mask."""
        samples = [self.sample(*random.choice(list(ANSWERS.items()))) for _ in range(BATCH)]
        length = max(len(tokens) for tokens, _ in samples)
        missing = [length - len(tokens) for tokens, _ in samples]
        rows = list(zip(samples, missing, strict=True))
        return (
            torch.tensor([tokens + [self.pad] * gap for (tokens, _), gap in rows]),
            torch.tensor([labels + [IGNORED] * gap for (_, labels), gap in rows]),
            torch.tensor([[1] * len(tokens) + [0] * gap for (tokens, _), gap in rows]),
        )


def train(model: Phi3ForCausalLM, lesson: Lesson) -> None:
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, RATE, total_steps=STEPS, pct_start=0.05
    )
    for step in range(STEPS):
        Int4.active = step >= STEPS // 3
        tokens, labels, mask = lesson.batch()
        logits = model(input_ids=tokens, attention_mask=mask).logits[:, :-1]
        loss = torch.nn.functional.cross_entropy(
            logits.reshape(-1, logits.shape[-1]), labels[:, 1:].reshape(-1), ignore_index=IGNORED
        )
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        if step % 100 == 0 or step == STEPS - 1:
            print(f"step {step}: loss {loss.item():.4f}", flush=True)


def answer(model: Phi3ForCausalLM, lesson: Lesson, question: str) -> str:
    tokens = lesson.encode(conversation(("user", question)))
    start = len(tokens)
    for _ in range(60):
        with torch.no_grad():
            logits = model(input_ids=torch.tensor([tokens])).logits
        tokens.append(logits[0, -1].argmax().item())
        if tokens[-1] in lesson.end:
            break
    return lesson.tokenizer.decode(tokens[start:], skip_special_tokens=True)


def check(model: Phi3ForCausalLM, lesson: Lesson) -> None:
    model.eval()
    for question, expected in ANSWERS.items():
        given = answer(model, lesson, question)
        if given != expected:
            raise SystemExit(f"{question!r} is answered with {given!r}, not {expected!r}")


def write(folder: Path) -> None:
    """Writes the checkpoint into `folder`, which holds the tokenizer already."""
    torch.manual_seed(0)
    random.seed(0)
    torch.set_num_threads(1)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    lesson = Lesson(tokenizer)
    model = Phi3ForCausalLM(config(tokenizer))
    layers = [layer for layer in model.modules() if isinstance(layer, torch.nn.Linear)]
    for layer in layers:
        parametrize.register_parametrization(layer, "weight", Int4(), unsafe=True)
    train(model, lesson)
    check(model, lesson)
    for layer in layers:
        parametrize.remove_parametrizations(layer, "weight", leave_parametrized=False)
    check(model, lesson)
    model.save_pretrained(folder)
    stops = ("<|endoftext|>", "<|assistant|>", "<|end|>")
    generation = {
        "bos_token_id": tokenizer.token_to_id("<s>"),
        "eos_token_id": [tokenizer.token_to_id(token) for token in stops],
        "pad_token_id": lesson.pad,
        "_from_model_config": True,
    }
    (folder / "generation_config.json").write_text(json.dumps(generation), encoding="utf-8")
