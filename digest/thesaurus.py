"""Broad terms of the field and what falls under them, so that a broad topic finds narrow papers.

A narrower term must imply the broad one: who reads about the broad one wants it too. Written by
hand; singular, lower case, hyphens as spaces.
"""

from __future__ import annotations

_ENTRIES = """
3d: 3d generation, 3d reconstruction, gaussian splatting, point cloud, neural radiance field, mesh
3d avatar: head avatar, avatar reconstruction, gaussian avatar, avatar generation
3d generation: text to 3d, image to 3d, 3d asset, mesh generation, novel view synthesis,
  gaussian splatting, neural radiance field, shape generation, multi view diffusion, 3d object
3d reconstruction: gaussian splatting, neural radiance field, structure from motion,
  multi view stereo, novel view synthesis, photogrammetry, scene reconstruction
3d vision: 3d reconstruction, point cloud, depth estimation, gaussian splatting, pose estimation,
  neural radiance field, novel view synthesis
4d generation: 4d gaussian, dynamic gaussian, dynamic 3d, 4d scene
action recognition: activity recognition, temporal action localization, action detection
adversarial attack: adversarial example, jailbreak, backdoor, adversarial robustness
adversarial robustness: adversarial example, certified robustness
agent: agentic, tool use, tool calling, computer use, web navigation, multi agent, gui agent
agent memory: memory augmented agent, episodic memory, memory bank
ai agent: agentic, llm agent, language agent, autonomous agent, gui agent, web agent
ai ethics: responsible ai, ai governance, ethical ai, algorithmic fairness
ai for science: scientific discovery, materials discovery, drug discovery, protein, molecule,
  molecular, chemistry, theorem proving, partial differential equation, weather forecasting
ai generated text detection: machine generated text, llm generated text, generated text detection
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
audio understanding: audio language model, audio captioning, audio question answering
automatic evaluation: llm as a judge, llm judge, autorater
autonomous agent: agentic, llm agent, language agent, web agent, gui agent
autonomous driving: self driving, autonomous vehicle, driving scene, trajectory prediction, lidar
backdoor attack: trojan, backdoor, data poisoning
benchmark: bench, leaderboard, evaluation suite, testbed, new benchmark
bias: fairness, stereotype, discrimination, debiasing, gender bias, social bias
biology: protein, gene, genomic, cell, rna, dna, molecular
calibration: confidence estimation, overconfidence, overconfident, miscalibration
catastrophic forgetting: continual learning, lifelong learning, incremental learning
chain of thought: long cot, reasoning trace, intermediate reasoning step
chart understanding: chart question answering, chart to code, chart reasoning
chemistry: molecule, molecular, chemical, reaction prediction, drug discovery
climate: weather forecasting, meteorological, extreme weather
clinical: patient, hospital, electronic health record, physician, clinician
code generation: program synthesis, code llm, code model, software engineering, text to sql,
  code completion, competitive programming, swe bench, programming
code llm: code generation, code language model, program synthesis, code completion
coding: code generation, program synthesis, code completion, software engineering, programming,
  swe bench
coding agent: swe bench, software engineering agent, code agent, issue resolution
compositional generation: attribute binding, compositional text to image, multi object generation
computer use: gui agent, desktop agent, os agent, gui automation
computer vision: object detection, segmentation, image classification, visual recognition,
  depth estimation, pose estimation, tracking
consistency model: consistency distillation, latent consistency, consistency training
continual learning: catastrophic forgetting, lifelong learning, incremental learning
controllable generation: controlnet, conditional control, controllable video, controllable image
conversation: dialogue, multi turn conversation, conversational agent
curriculum learning: easy to hard, training curriculum
data: dataset, corpus, data curation, data synthesis, synthetic data, data filtering
data augmentation: augmented data, mixup
data curation: data filtering, data selection, deduplication, data cleaning
data selection: data pruning, coreset, data filtering, data mixture
dataset: corpus, data collection, annotated, large scale dataset, new dataset
deep research: research agent, deep search, agentic search, information seeking agent
deepfake: face swap, face forgery, forgery detection
depth estimation: monocular depth, metric depth, stereo matching, depth map
dexterous manipulation: dexterous hand, in hand manipulation, dexterous grasping
dialogue: conversational agent, multi turn conversation
diffusion language model: masked diffusion language model, diffusion llm, text diffusion
diffusion model: diffusion transformer, latent diffusion, denoising diffusion, stable diffusion,
  text to image, flow matching, score based, rectified flow, classifier free guidance, diffusion
diffusion policy: action diffusion, diffusion based policy
diffusion transformer: dit, diffusion transformer architecture
document understanding: ocr, document parsing, document layout, document question answering,
  table recognition
domain adaptation: domain shift, test time adaptation
drug discovery: molecule generation, molecular design, protein ligand, docking, drug design
education: tutoring, student, teaching, classroom, tutor, pedagogical
efficiency: quantization, pruning, distillation, speedup, low rank, acceleration, kv cache,
  speculative decoding, sparse attention, compression, memory footprint
efficient inference: quantization, speculative decoding, kv cache, pruning, sparse attention,
  inference acceleration, inference speed, early exit, token reduction, low latency, inference cost,
  few step, speedup, throughput, faster inference, linear attention, real time
efficient training: memory efficient, low precision, distributed training, parameter efficient,
  gradient checkpointing, training cost
egocentric video: egocentric, first person video, ego4d
embedding model: text embedding, sentence embedding, embedding benchmark
embodied ai: robot, robotic, embodied agent, vision language action, manipulation, navigation
emotion recognition: sentiment analysis, affective computing, emotion detection,
  speech emotion, facial expression
evaluation: benchmark, metric, judge, leaderboard, human evaluation
explainability: interpretability, explanation, attribution, saliency, feature importance
exploration: intrinsic motivation, curiosity driven
face: facial, portrait, talking head, identity preserving
fact checking: claim verification, fact verification
federated learning: decentralized training, privacy preserving learning, client drift
finance: financial, stock, trading, market, bank, portfolio
fine tuning: low rank adaptation, instruction tuning, supervised fine tuning, adapter,
  parameter efficient, finetuning
flow matching: rectified flow, flow based generative
function calling: tool calling, api call, tool use
game: gameplay, minecraft, chess, go, video game, game engine
gaussian splatting: 3dgs, gaussian primitive
generative ai: diffusion model, text to image, image generation, video generation
generative model: diffusion model, gan, autoregressive generation, flow matching, vae
genomics: dna sequence, genome, genomic, single cell, nucleotide
gpu kernel: cuda kernel, kernel generation, triton kernel, kernel optimization
graph: graph neural network, knowledge graph, node classification, link prediction
graph learning: graph neural network, node classification, graph transformer, link prediction
gui agent: computer use, web agent, mobile agent, gui grounding, gui automation, os agent,
  screen understanding, web navigation
hallucination: factuality, factual consistency, unfaithful, object hallucination
healthcare: medical, clinical, patient, hospital, health, ehr, diagnosis, physician
human animation: character animation, portrait animation, pose driven animation, talking head
human motion generation: text to motion, human motion synthesis, motion diffusion,
  dance generation, motion generation model
human pose estimation: 3d pose, body pose, human mesh recovery
image compression: learned compression, image codec, neural compression
image editing: inpainting, instruction based editing, text guided editing, image manipulation,
  drag based editing, object removal
image generation: text to image, image synthesis, latent diffusion, stable diffusion,
  autoregressive image, personalization, image diffusion
image restoration: super resolution, denoising, deblurring, inpainting, dehazing, low light
image retrieval: composed image retrieval, text to image retrieval, visual search
image segmentation: semantic segmentation, instance segmentation, segment anything,
  referring segmentation, panoptic
image synthesis: image generation, text to image
imitation learning: behavior cloning, learning from demonstration, inverse reinforcement learning
in context learning: few shot prompting, demonstration, many shot
inference: decoding, serving, test time compute, speculative decoding, kv cache
information extraction: named entity recognition, relation extraction, event extraction
information retrieval: dense retrieval, retriever, reranking, search engine, passage retrieval,
  document retrieval, recommendation
instruction following: constraint following, verifiable instruction
instruction tuning: instruction following, supervised fine tuning, instruction data
interpretability: mechanistic interpretability, sparse autoencoder, probing, circuit,
  attention head, steering vector, activation patching, feature attribution, explainable
jailbreak: jailbreaking, adversarial prompt, attack success rate
knowledge distillation: distilled, student model, teacher model, distillation
knowledge editing: model editing, knowledge update, unlearning
kv cache: cache compression, cache eviction, cache quantization
language model: llm, large language model, gpt, bert, causal language modeling
law: legal, court, statute, contract, judicial
linear attention: gated linear attention, delta rule, linear recurrent
llm: language model, chatgpt, gpt 4, llama, qwen, deepseek, prompting, instruction tuning,
  in context learning, chain of thought, pretrained transformer
llm agent: language agent, agentic, tool use, tool calling, web agent, autonomous agent,
  multi agent, gui agent, agent framework, agent workflow, ai agent, agent
llm alignment: preference optimization, rlhf, safety alignment, value alignment, human preference
llm as a judge: llm judge, llm evaluator, autorater, automatic evaluator, judge model,
  pairwise evaluation, automatic evaluation, reward model benchmark
llm inference: speculative decoding, kv cache, llm serving, decoding speed
llm reasoning: chain of thought, reasoning model, mathematical reasoning, test time compute,
  logical reasoning
llm safety: jailbreak, red teaming, harmful, safety alignment, guardrail, refusal
long context: context window, context length, context extension, long document, long sequence,
  kv cache, length extrapolation
lora: low rank adapter, low rank adaptation
low resource language: african language, indic language, underrepresented language
machine translation: neural machine translation, translation, multilingual translation, bilingual
machine unlearning: unlearning, forget set, data removal
manipulation: robotic manipulation, robot manipulation, grasping, pick and place
materials science: material discovery, crystal structure, inorganic material
math: mathematical reasoning, theorem proving, gsm8k, olympiad, math word problem
mathematical reasoning: math, mathematics, theorem proving, math word problem, gsm8k, aime,
  mathematical, formal proof, inequality, olympiad
mechanistic interpretability: sparse autoencoder, activation patching, circuit discovery,
  induction head
medical: clinical, clinician, patient, disease, diagnosis, radiology, pathology, biomedical,
  healthcare, physician
medical ai: clinical, patient, radiology, pathology, diagnosis, biomedical, healthcare
medical imaging: radiology, ct scan, mri, x ray, pathology, medical image, ultrasound,
  medical image segmentation
medicine: medical, clinical, clinician, patient, disease, diagnosis, radiology, pathology, health,
  healthcare, cancer, surgical, biomedical, physician, hospital, ehr, drug discovery
memorization: memorize, training data extraction, verbatim
memory: long term memory, episodic memory, memory bank, memory augmented
mental health: depression, psychotherapy, mental disorder, counseling
misinformation: fake news, disinformation, rumor detection
mixture of experts: sparse expert, expert routing, expert model, gating network
mobile agent: smartphone agent, mobile gui, android agent, phone agent
model compression: quantization, pruning, distillation, low bit, sparsity, weight sharing
model editing: knowledge editing, weight editing
model merging: weight averaging, task arithmetic, model fusion, model soup
molecule generation: molecular generation, molecular design, de novo design, drug design
moral reasoning: moral judgment, moral dilemma, ethical reasoning
multi agent: agent collaboration, multi agent debate, agent society, agent communication
multilingual: low resource language, cross lingual, machine translation, non english,
  language coverage
multimodal: vision language, audio visual, image text, cross modal, omni modal, mllm, vlm
multimodal large language model: mllm, vision language model, visual instruction tuning,
  visual question answering, omni modal
multimodal llm: mllm, multimodal large language model, vision language model,
  visual instruction tuning
multimodal model: vision language model, mllm, multimodal large language model, omni modal
music: musical, song, melody, singing, symbolic music, music generation
music generation: text to music, song generation, symbolic music generation, music composition
navigation: vision language navigation, path planning, object goal
neural architecture search: nas, architecture search
neural rendering: neural radiance field, gaussian splatting, inverse rendering
nlp: text classification, named entity recognition, summarization, machine translation,
  question answering, parsing, sentiment analysis
novel view synthesis: neural radiance field, gaussian splatting, view synthesis
object detection: open vocabulary detection, yolo, detector, detr, bounding box, grounding
ocr: text recognition, document parsing, scene text, handwritten text
omni modal: any to any, omni model, omni modality
on device: edge device, mobile device, smartphone
open vocabulary: open vocabulary detection, open vocabulary segmentation
optical flow: scene flow, flow estimation
optimizer: adam, adamw, muon, sgd, learning rate schedule, second order optimization, shampoo,
  stochastic gradient descent
peer review: paper review, review generation, reviewer
persona: role playing, personality trait
personalization: user preference, personalized, customized generation, subject driven
physical reasoning: intuitive physics, physical commonsense, physics reasoning
physics: physical law, fluid, physical simulation, physics informed, dynamics simulation
planning: task planning, monte carlo tree search, path planning, long horizon
point cloud: lidar, 3d point
positional encoding: position embedding, rotary position, positional embedding, rope
post training: supervised fine tuning, instruction tuning, preference optimization, rlhf, rlvr
preference optimization: dpo, preference alignment, preference learning
pretraining: pre training, pretraining data, pretraining corpus, foundation model
privacy: differential privacy, membership inference, data leakage, personal information,
  private data
process reward model: process reward, process supervision, step level reward, process verifier
prompt engineering: prompt optimization, prompt tuning, prompting, soft prompt
prompt injection: indirect injection, injection attack
prompting: prompt engineering, chain of thought prompting, few shot prompting, prompt optimization
protein: protein structure, protein design, amino acid, protein language model, antibody
pruning: sparsity, pruned, sparse network, structured sparsity, token pruning
quantization: low bit, 4 bit, 8 bit, int4, binarization, mixed precision, quantized,
  post training quantization
quantum computing: qubit, quantum circuit, quantum algorithm
query rewriting: query expansion, query reformulation
question answering: open domain, reading comprehension, visual question answering, multi hop,
  qa dataset
rag: retrieval augmented, augmented generation, grounded question answering
reasoning: chain of thought, step by step, logical reasoning, mathematical reasoning,
  test time compute, reasoning model, deductive, multi hop
reasoning model: large reasoning model, deepseek r1, long cot, test time compute, overthinking
recommender system: recommendation, collaborative filtering, user item, click through rate,
  recommend
red teaming: jailbreak, adversarial prompt, prompt injection, attack success rate
reinforcement learning: policy optimization, ppo, grpo, q learning, actor critic, policy gradient,
  rlhf, reward model, offline rl, reward shaping
remote sensing: satellite, aerial, earth observation, geospatial
reranking: reranker, rerank, passage ranking, listwise ranking
responsible ai: fairness, ai ethics, ai governance, trustworthy ai
retrieval: retriever, dense retrieval, reranking, retrieval augmented, search engine
reward hacking: reward overoptimization, specification gaming
reward model: reward modeling, process reward, preference model, reward hacking, verifier
rlvr: verifiable reward, grpo
robot: robotic, manipulation, humanoid, grasping, locomotion, quadruped, dexterous,
  vision language action, embodied
robot learning: robot policy, visuomotor policy, robot manipulation, vision language action
robotics: robot, robotic, manipulation, humanoid, grasping, locomotion, quadruped, dexterous,
  vision language action, embodied
robustness: adversarial robustness, distribution shift, perturbation, out of distribution
role playing: role play, persona consistency
safety: jailbreak, red teaming, harmful, guardrail, safety alignment, unsafe
scaling law: compute optimal, scaling behavior, scaling exponent, chinchilla, scaling property,
  neural scaling, scaling up
science: scientific discovery, scientific literature, research idea, hypothesis generation
scientific discovery: hypothesis generation, research idea, ai scientist, scientific research,
  scientific literature, materials discovery, automated research, idea generation
security: vulnerability, malware, cyberattack, cybersecurity, prompt injection, backdoor
segmentation: semantic segmentation, instance segmentation, panoptic, segment anything, mask
self improvement: self training, self rewarding, self evolving, self play
self supervised learning: contrastive learning, masked autoencoder, masked modeling,
  representation learning
sign language: sign language translation, sign language recognition, gloss
sim to real: sim2real, domain randomization, simulation to reality
slam: visual odometry, simultaneous localization
small language model: slm, compact language model, lightweight language model
social simulation: agent society, generative agent, simulated society
software engineering: code generation, bug fixing, issue resolution, swe bench, program repair,
  unit test, repository level, code review
sparse attention: block sparse attention, attention sparsity
sparse autoencoder: sae, monosemantic, dictionary learning
spatial reasoning: spatial understanding, spatial intelligence, spatial relation
speculative decoding: draft model, speculative sampling, draft token
speech: spoken, voice, text to speech, speech recognition, speaker, speech synthesis
speech recognition: asr, automatic speech recognition, speech to text, transcription, whisper,
  word error rate
speech synthesis: text to speech, voice cloning, vocoder, speech generation
speech translation: speech to text translation, speech to speech translation
spiking neural network: neuromorphic
state space model: mamba, linear attention, selective state space, recurrent model
story generation: storytelling, creative writing, narrative generation
style transfer: stylization, stylized, artistic style, style image
summarization: abstractive, summary generation, summarize
synthetic data: data synthesis, generated data, self instruct, data augmentation
table: tabular, table understanding, spreadsheet, table question answering, text to sql
tabular data: tabular, table understanding, table question answering
talking head: portrait animation, lip sync, talking face, audio driven portrait
test time compute: inference time scaling, test time scaling, best of n, self consistency,
  inference time compute
text to 3d: score distillation, text to 3d generation
text to speech: speech synthesis, voice cloning
text to sql: sql generation, sql query, nl2sql
theorem proving: lean, formal proof, autoformalization, formal verification, proof assistant
theory of mind: false belief, mental state
time series: forecasting, temporal forecasting, time series forecasting
token compression: token pruning, token merging, token reduction
tokenization: tokenizer, byte level, subword, vocabulary
tokenizer: tokenization, byte level, subword, byte pair encoding
tool learning: tool use, tool calling, function calling
tool use: function calling, tool calling, api call, tool learning
toxicity: toxic, hate speech, harmful content, offensive language, detoxification
tracking: object tracking, point tracking, multi object tracking
training efficiency: memory efficient training, training speed, training cost
trajectory prediction: motion forecasting, motion prediction
transformer: self attention, vision transformer, attention mechanism
uncertainty: calibration, conformal prediction, confidence estimation, bayesian,
  uncertainty quantification
unified multimodal model: multimodal understanding and generation, any to any
video captioning: video description, video caption, dense captioning
video editing: video inpainting, video manipulation, video to video
video generation: text to video, image to video, video diffusion, video synthesis,
  video generative model, talking head, human animation, camera control, video generator
video model: video generation, video diffusion, video language model, video understanding
video question answering: long video understanding, videoqa, video qa
video understanding: video question answering, long video, action recognition, video language model,
  temporal grounding, video captioning, moment retrieval
virtual try on: garment, try on, clothing
vision language action: vla model, action token, robot foundation model
vision language model: vlm, mllm, multimodal large language model, visual question answering,
  visual instruction tuning, image text, large vision language model, vqa
vision transformer: vit, visual transformer
visual grounding: referring expression, phrase grounding, referring segmentation
visual question answering: vqa, image question answering
visual reasoning: multimodal reasoning, visual chain of thought
watermark: watermarking, watermarked
weather forecasting: weather prediction, precipitation, nowcasting
web agent: web navigation, web browsing agent, browser agent
world model: world simulator, dynamics model, learned simulator, model based reinforcement learning,
  interactive environment generation
"""


def _entries(text: str) -> dict[str, tuple[str, ...]]:
    lines = text.strip().replace("\n  ", " ").splitlines()
    split = (line.split(":", 1) for line in lines)
    return {broad: tuple(term.strip() for term in terms.split(",")) for broad, terms in split}


NARROWER: dict[str, tuple[str, ...]] = _entries(_ENTRIES)
