"""Broad terms of the field and what falls under them, so that a broad topic finds narrow papers.

A narrower term must imply the broad one: who reads about the broad one wants it too. Written by
hand; singular, lower case, hyphens as spaces.
"""

from __future__ import annotations

_ENTRIES = """
3d generation: text to 3d, image to 3d, 3d asset, mesh generation, novel view synthesis,
  gaussian splatting, neural radiance field, shape generation, multi view diffusion, 3d object
3d reconstruction: gaussian splatting, neural radiance field, structure from motion,
  multi view stereo, novel view synthesis, photogrammetry, scene reconstruction
3d vision: 3d reconstruction, point cloud, depth estimation, gaussian splatting, pose estimation,
  neural radiance field, novel view synthesis
adversarial attack: adversarial example, jailbreak, backdoor, adversarial robustness
agent: agentic, tool use, tool calling, computer use, web navigation, multi agent, gui agent
ai for science: scientific discovery, materials discovery, drug discovery, protein, molecule,
  molecular, chemistry, theorem proving, partial differential equation, weather forecasting
ai safety: jailbreak, red teaming, harmful, safety alignment, safeguard, guardrail, trustworthy,
  misuse, refusal, toxicity, unsafe, existential risk, safety evaluation
alignment: preference optimization, rlhf, reward model, human preference, preference learning,
  human value, safety alignment, preference alignment
anomaly detection: outlier detection, out of distribution detection, defect detection
architecture: transformer, mixture of experts, state space model, mamba, linear attention
attention: self attention, cross attention, linear attention, sparse attention, attention head
audio: speech, music, sound, voice, acoustic, text to speech, audio generation
audio generation: text to audio, text to speech, music generation, speech synthesis,
  sound generation, voice cloning, sound effect
autonomous driving: self driving, autonomous vehicle, driving scene, trajectory prediction, lidar
benchmark: bench, leaderboard, evaluation suite, testbed, new benchmark
bias: fairness, stereotype, discrimination, debiasing, gender bias, social bias
biology: protein, gene, genomic, cell, rna, dna, molecular
chemistry: molecule, molecular, chemical, reaction prediction, drug discovery
code generation: program synthesis, code llm, code model, software engineering, text to sql,
  code completion, competitive programming, swe bench, programming
computer vision: object detection, segmentation, image classification, visual recognition,
  depth estimation, pose estimation, tracking
continual learning: catastrophic forgetting, lifelong learning, incremental learning
data: dataset, corpus, data curation, data synthesis, synthetic data, data filtering
dataset: corpus, data collection, annotated, large scale dataset, new dataset
diffusion model: diffusion transformer, latent diffusion, denoising diffusion, stable diffusion,
  text to image, flow matching, score based, rectified flow, classifier free guidance, diffusion
document understanding: ocr, document parsing, document layout, document question answering,
  table recognition
drug discovery: molecule generation, molecular design, protein ligand, docking, drug design
education: tutoring, student, teaching, classroom, tutor, pedagogical
efficiency: quantization, pruning, distillation, speedup, low rank, acceleration, kv cache,
  speculative decoding, sparse attention, compression, memory footprint
efficient inference: quantization, speculative decoding, kv cache, pruning, sparse attention,
  inference acceleration, inference speed, early exit, token reduction, low latency, inference cost,
  few step, speedup, throughput, faster inference, linear attention, real time
efficient training: memory efficient, low precision, distributed training, parameter efficient,
  gradient checkpointing, training cost
embodied ai: robot, robotic, embodied agent, vision language action, manipulation, navigation
emotion recognition: sentiment analysis, affective computing, emotion detection,
  speech emotion, facial expression
evaluation: benchmark, metric, judge, leaderboard, human evaluation
explainability: interpretability, explanation, attribution, saliency, feature importance
face: facial, portrait, talking head, identity preserving
federated learning: decentralized training, privacy preserving learning, client drift
finance: financial, stock, trading, market, bank, portfolio
fine tuning: low rank adaptation, instruction tuning, supervised fine tuning, adapter,
  parameter efficient, finetuning
game: gameplay, minecraft, chess, go, video game, game engine
generative model: diffusion model, gan, autoregressive generation, flow matching, vae
graph: graph neural network, knowledge graph, node classification, link prediction
hallucination: factuality, factual consistency, unfaithful, object hallucination
healthcare: medical, clinical, patient, hospital, health, ehr, diagnosis, physician
gui agent: computer use, web agent, mobile agent, gui grounding, gui automation, os agent,
  screen understanding, web navigation
human motion generation: text to motion, human motion synthesis, motion diffusion,
  dance generation, motion generation model
image editing: inpainting, instruction based editing, text guided editing, image manipulation,
  drag based editing, object removal
image generation: text to image, image synthesis, latent diffusion, stable diffusion,
  autoregressive image, personalization, image diffusion
image restoration: super resolution, denoising, deblurring, inpainting, dehazing, low light
in context learning: few shot prompting, demonstration, many shot
inference: decoding, serving, test time compute, speculative decoding, kv cache
information retrieval: dense retrieval, retriever, reranking, search engine, passage retrieval,
  document retrieval, recommendation
instruction tuning: instruction following, supervised fine tuning, instruction data
interpretability: mechanistic interpretability, sparse autoencoder, probing, circuit,
  attention head, steering vector, activation patching, feature attribution, explainable
knowledge distillation: distilled, student model, teacher model, distillation
knowledge editing: model editing, knowledge update, unlearning
language model: llm, large language model, gpt, bert, causal language modeling
law: legal, court, statute, contract, judicial
llm: language model, chatgpt, gpt 4, llama, qwen, deepseek, prompting, instruction tuning,
  in context learning, chain of thought, pretrained transformer
llm agent: language agent, agentic, tool use, tool calling, web agent, autonomous agent,
  multi agent, gui agent, agent framework, agent workflow, ai agent, agent
llm as a judge: llm judge, llm evaluator, autorater, automatic evaluator, judge model,
  pairwise evaluation, automatic evaluation, reward model benchmark
long context: context window, context length, context extension, long document, long sequence,
  kv cache, length extrapolation
machine translation: neural machine translation, translation, multilingual translation, bilingual
machine unlearning: unlearning, forget set, data removal
mathematical reasoning: math, mathematics, theorem proving, math word problem, gsm8k, aime,
  mathematical, formal proof, inequality, olympiad
medical imaging: radiology, ct scan, mri, x ray, pathology, medical image, ultrasound,
  medical image segmentation
medicine: medical, clinical, clinician, patient, disease, diagnosis, radiology, pathology, health,
  healthcare, cancer, surgical, biomedical, physician, hospital, ehr, drug discovery
memory: long term memory, episodic memory, memory bank, memory augmented
mixture of experts: sparse expert, expert routing, expert model, gating network
model compression: quantization, pruning, distillation, low bit, sparsity, weight sharing
model merging: weight averaging, task arithmetic, model fusion, model soup
multi agent: agent collaboration, multi agent debate, agent society, agent communication
multilingual: low resource language, cross lingual, machine translation, non english,
  language coverage
multimodal: vision language, audio visual, image text, cross modal, omni modal, mllm, vlm
multimodal large language model: mllm, vision language model, visual instruction tuning,
  visual question answering, omni modal
music: musical, song, melody, singing, symbolic music, music generation
navigation: vision language navigation, path planning, object goal
nlp: text classification, named entity recognition, summarization, machine translation,
  question answering, parsing, sentiment analysis
object detection: open vocabulary detection, yolo, detector, detr, bounding box, grounding
optimizer: adam, adamw, muon, sgd, learning rate schedule, second order optimization, shampoo,
  stochastic gradient descent
personalization: user preference, personalized, customized generation, subject driven
physics: physical law, fluid, physical simulation, physics informed, dynamics simulation
planning: task planning, monte carlo tree search, path planning, long horizon
pretraining: pre training, pretraining data, pretraining corpus, foundation model
privacy: differential privacy, membership inference, data leakage, personal information,
  private data
prompt engineering: prompt optimization, prompt tuning, prompting, soft prompt
protein: protein structure, protein design, amino acid, protein language model, antibody
pruning: sparsity, pruned, sparse network, structured sparsity, token pruning
quantization: low bit, 4 bit, 8 bit, int4, binarization, mixed precision, quantized,
  post training quantization
question answering: open domain, reading comprehension, visual question answering, multi hop,
  qa dataset
rag: retrieval augmented, augmented generation, grounded question answering
reasoning: chain of thought, step by step, logical reasoning, mathematical reasoning,
  test time compute, reasoning model, deductive, multi hop
recommender system: recommendation, collaborative filtering, user item, click through rate,
  recommend
red teaming: jailbreak, adversarial prompt, prompt injection, attack success rate
reinforcement learning: policy optimization, ppo, grpo, q learning, actor critic, policy gradient,
  rlhf, reward model, offline rl, reward shaping
remote sensing: satellite, aerial, earth observation, geospatial
reward model: reward modeling, process reward, preference model, reward hacking, verifier
robot: robotic, manipulation, humanoid, grasping, locomotion, quadruped, dexterous,
  vision language action, embodied
robotics: robot, robotic, manipulation, humanoid, grasping, locomotion, quadruped, dexterous,
  vision language action, embodied
robustness: adversarial robustness, distribution shift, perturbation, out of distribution
scaling law: compute optimal, scaling behavior, scaling exponent, chinchilla, scaling property,
  neural scaling, scaling up
science: scientific discovery, scientific literature, research idea, hypothesis generation
scientific discovery: hypothesis generation, research idea, ai scientist, scientific research,
  scientific literature, materials discovery, automated research, idea generation
security: vulnerability, malware, cyberattack, cybersecurity, prompt injection, backdoor
segmentation: semantic segmentation, instance segmentation, panoptic, segment anything, mask
self supervised learning: contrastive learning, masked autoencoder, masked modeling,
  representation learning
sign language: sign language translation, sign language recognition, gloss
software engineering: code generation, bug fixing, issue resolution, swe bench, program repair,
  unit test, repository level, code review
speech: spoken, voice, text to speech, speech recognition, speaker, speech synthesis
speech recognition: asr, automatic speech recognition, speech to text, transcription, whisper,
  word error rate
speech synthesis: text to speech, voice cloning, vocoder, speech generation
state space model: mamba, linear attention, selective state space, recurrent model
style transfer: stylization, stylized, artistic style, style image
summarization: abstractive, summary generation, summarize
synthetic data: data synthesis, generated data, self instruct, data augmentation
table: tabular, table understanding, spreadsheet, table question answering, text to sql
test time compute: inference time scaling, test time scaling, best of n, self consistency,
  inference time compute
theorem proving: lean, formal proof, autoformalization, formal verification, proof assistant
time series: forecasting, temporal forecasting, time series forecasting
tokenization: tokenizer, byte level, subword, vocabulary
tool use: function calling, tool calling, api call, tool learning
toxicity: toxic, hate speech, harmful content, offensive language, detoxification
tracking: object tracking, point tracking, multi object tracking
trajectory prediction: motion forecasting, motion prediction
transformer: self attention, vision transformer, attention mechanism
uncertainty: calibration, conformal prediction, confidence estimation, bayesian,
  uncertainty quantification
video editing: video inpainting, video manipulation, video to video
video generation: text to video, image to video, video diffusion, video synthesis,
  video generative model, talking head, human animation, camera control, video generator
video understanding: video question answering, long video, action recognition, video language model,
  temporal grounding, video captioning, moment retrieval
virtual try on: garment, try on, clothing
vision language model: vlm, mllm, multimodal large language model, visual question answering,
  visual instruction tuning, image text, large vision language model, vqa
visual question answering: vqa, image question answering
world model: world simulator, dynamics model, learned simulator, model based reinforcement learning,
  interactive environment generation
"""


def _entries(text: str) -> dict[str, tuple[str, ...]]:
    lines = text.strip().replace("\n  ", " ").splitlines()
    split = (line.split(":", 1) for line in lines)
    return {broad: tuple(term.strip() for term in terms.split(",")) for broad, terms in split}


NARROWER: dict[str, tuple[str, ...]] = _entries(_ENTRIES)
