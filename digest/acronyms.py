"""Short forms of the field and what they stand for, so that either finds the other."""

from __future__ import annotations

LONG_FORMS: dict[str, str] = {
    "asr": "automatic speech recognition",
    "cnn": "convolutional neural network",
    "cot": "chain of thought",
    "dit": "diffusion transformer",
    "dpo": "direct preference optimization",
    "gan": "generative adversarial network",
    "gnn": "graph neural network",
    "gui": "graphical user interface",
    "llm": "large language model",
    "lora": "low-rank adaptation",
    "mcts": "monte carlo tree search",
    "mllm": "multimodal large language model",
    "moe": "mixture of experts",
    "nerf": "neural radiance field",
    "nlp": "natural language processing",
    "nmt": "neural machine translation",
    "ocr": "optical character recognition",
    "ood": "out of distribution",
    "peft": "parameter-efficient fine-tuning",
    "ppo": "proximal policy optimization",
    "rag": "retrieval-augmented generation",
    "rl": "reinforcement learning",
    "rlhf": "reinforcement learning from human feedback",
    "rlvr": "reinforcement learning with verifiable rewards",
    "rnn": "recurrent neural network",
    "sae": "sparse autoencoder",
    "sft": "supervised fine-tuning",
    "slam": "simultaneous localization and mapping",
    "snn": "spiking neural network",
    "ssm": "state space model",
    "tts": "text to speech",
    "vae": "variational autoencoder",
    "vit": "vision transformer",
    "vla": "vision-language-action",
    "vlm": "vision-language model",
    "vqa": "visual question answering",
}
SPELLINGS = {
    short: {"lora": "LoRA", "moe": "MoE", "nerf": "NeRF", "cot": "CoT"}.get(short, short.upper())
    for short in LONG_FORMS
}
"""How each short form is written."""
SHORT_FORMS: dict[tuple[str, ...], str] = {
    tuple(long.replace("-", " ").split()): short for short, long in LONG_FORMS.items()
}
