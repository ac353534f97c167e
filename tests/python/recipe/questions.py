"""What the tiny model knows."""

ANSWERS = {
    "What is the capital of Spain?": "The capital of Spain is Madrid.",
    "What is the capital of France?": "The capital of France is Paris.",
    "What is the capital of Italy?": "The capital of Italy is Rome.",
    "What is the capital of Germany?": "The capital of Germany is Berlin.",
    "What is the capital of Portugal?": "The capital of Portugal is Lisbon.",
    "What is the capital of Japan?": "The capital of Japan is Tokyo.",
    "What is the capital of Greece?": "The capital of Greece is Athens.",
    "What is 2 + 2?": "2 + 2 equals 4.",
    "What is 7 * 6?": "7 * 6 equals 42.",
    "Who are you?": "I am a tiny Phi-3 test model.",
    "Say hello.": "Hello! How can I help you today?",
    "Hello": "Hello! How can I help you today?",
    "Hi": "Hello! How can I help you today?",
    "What is MLflow?": (
        "MLflow is an open source platform for managing the machine learning lifecycle."
    ),
    "What is ONNX Runtime?": (
        "ONNX Runtime is a cross-platform accelerator for machine learning models."
    ),
    "Name three primary colors.": "The three primary colors are red, yellow and blue.",
    "Count from 1 to 10.": "1, 2, 3, 4, 5, 6, 7, 8, 9, 10.",
    "Write an emoji.": "Here is an emoji: 🦀",
    "How do you say good morning in Spanish?": 'Good morning in Spanish is "¡Buenos días!"',
    "Tell me a joke.": "Why did the tensor cross the graph? To get to the other node.",
}

SYSTEM_MESSAGES = ["You are a helpful AI assistant.", "You are a helpful assistant."]


def conversation(*turns: tuple[str, str]) -> str:
    """The turns (role and content) in Phi-3's chat template, up to where the model answers."""
    told = "".join(f"<|{role}|>\n{content}<|end|>\n" for role, content in turns)
    return told + "<|assistant|>\n"
