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
3d human: human mesh recovery, human avatar, smpl, clothed human, digital human
3d object detection: lidar detection, monocular 3d detection, bird eye view detection
3d reconstruction: gaussian splatting, neural radiance field, structure from motion,
  multi view stereo, novel view synthesis, photogrammetry, scene reconstruction
3d scene generation: scene synthesis, text to scene, scene layout generation, 3d world generation,
  city generation
3d scene understanding: 3d visual grounding, 3d question answering, 3d semantic segmentation,
  3d object detection, occupancy prediction, 3d scene graph
3d vision: 3d reconstruction, point cloud, depth estimation, gaussian splatting, pose estimation,
  neural radiance field, novel view synthesis, structure from motion, multi view stereo,
  stereo matching, 3d scene understanding
4d generation: 4d gaussian, dynamic gaussian, dynamic 3d, 4d scene
action recognition: activity recognition, temporal action localization, action detection
active learning: uncertainty sampling, query strategy, annotation budget
adversarial attack: adversarial example, jailbreak, backdoor, adversarial robustness
adversarial robustness: adversarial example, certified robustness
advertising: click through rate, ad auction, sponsored search, ad creative
aesthetics: aesthetic quality, aesthetic assessment, image aesthetic
affective computing: emotion recognition, sentiment analysis, speech emotion,
  facial expression recognition, empathetic dialogue
agent: agentic, tool use, tool calling, computer use, web navigation, multi agent, gui agent
agent benchmark: agentbench, agent evaluation
agent evaluation: agent benchmark, agentbench
agent memory: memory augmented agent, episodic memory, memory bank
agent safety: prompt injection, tool misuse, agent security, agent guardrail
agent skill: skill library, skill discovery, skill evolution, skill acquisition
agentic ai: llm agent, language agent, autonomous agent, gui agent, web agent, multi agent, tool use
agentic coding: coding agent, swe bench, software engineering agent, vibe coding, issue resolution
agentic reinforcement learning: agentic rl, multi turn rl, multi turn reinforcement learning,
  agent rl, tool integrated reasoning
agentic search: deep research, search agent, deep search, information seeking agent, browsecomp
agriculture: plant disease, farming, farmer, agronomy, livestock, crop yield, crop disease
ai accelerator: fpga, tpu, systolic array, processing in memory, in memory computing,
  accelerator design
ai agent: agentic, llm agent, language agent, autonomous agent, gui agent, web agent
ai ethics: responsible ai, ai governance, ethical ai, algorithmic fairness
ai for science: scientific discovery, materials discovery, drug discovery, protein, molecule,
  molecular, chemistry, theorem proving, partial differential equation, weather forecasting
ai generated text detection: machine generated text, llm generated text, generated text detection
ai governance: ai regulation, ai policy, ai act, ai auditing
ai policy: ai governance, ai regulation, ai act
ai safety: jailbreak, red teaming, harmful, safety alignment, safeguard, guardrail, trustworthy,
  misuse, refusal, toxicity, unsafe, existential risk, safety evaluation
ai scientist: automated research, autonomous research, research automation, hypothesis generation,
  automated scientific discovery
algorithm: approximation algorithm, online algorithm, competitive ratio, streaming algorithm,
  sublinear, np hard
algorithm discovery: alphaevolve, heuristic design, program evolution, automated algorithm design,
  evolutionary search
alignment: preference optimization, rlhf, reward model, human preference, preference learning,
  human value, safety alignment, preference alignment
anomaly detection: outlier detection, out of distribution detection, defect detection,
  anomaly segmentation, intrusion detection, fraud detection, novelty detection
approximate nearest neighbor search: vector search, vector database, similarity search, hnsw
architecture: transformer, mixture of experts, state space model, mamba, linear attention
art: artistic, painting, artwork, artist
artificial general intelligence: agi, superintelligence, arc agi
astronomy: galaxy, telescope, astrophysics, cosmology, exoplanet, astronomical
attention: self attention, cross attention, linear attention, sparse attention, attention head
audio: speech, music, sound, voice, acoustic, text to speech, audio generation, tts, asr,
  sound event, foley, audio codec, audio language model
audio generation: text to audio, text to speech, music generation, speech synthesis,
  sound generation, voice cloning, sound effect
audio language model: audio llm, speech language model, spoken language model, audio understanding
audio understanding: audio language model, audio captioning, audio question answering
audio visual learning: lip sync, video to audio, sound source localization, audio visual speech,
  audio visual segmentation
augmented reality: mixed reality, extended reality, smart glasses, ar glasses
autoformalization: formal statement, lean 4
automatic evaluation: llm as a judge, llm judge, autorater
automl: neural architecture search, hyperparameter optimization, automated machine learning
autonomous agent: agentic, llm agent, language agent, web agent, gui agent
autonomous driving: self driving, autonomous vehicle, driving scene, trajectory prediction, lidar,
  driving world model, end to end driving, driving policy, motion planning, occupancy prediction,
  nuscenes, carla
autonomous vehicle: self driving, autonomous driving, driving scene
autoregressive image generation: next scale prediction, visual autoregressive,
  masked image generation
avatar: digital human, talking head, head avatar
backdoor attack: trojan, backdoor, data poisoning
bandit: contextual bandit, multi armed bandit, thompson sampling
bayesian inference: variational inference, mcmc, markov chain monte carlo, posterior sampling,
  simulation based inference
bayesian method: bayesian optimization, bayesian inference, variational inference, gaussian process,
  bayesian neural network
benchmark: bench, leaderboard, evaluation suite, testbed, new benchmark
bias: fairness, stereotype, discrimination, debiasing, gender bias, social bias
bioinformatics: genomic, protein, single cell, gene expression, sequence alignment
biology: protein, gene, genomic, cell, rna, dna, molecular, enzyme, antibody, transcriptomic,
  microbiome, phylogenetic, bioinformatics, biological sequence, neuron morphology
biomedical: clinical, biomedicine, drug discovery, genomic, medical image, protein
biometrics: face recognition, fingerprint, iris recognition, gait recognition,
  person re identification, speaker verification
blockchain: smart contract, cryptocurrency, ethereum, decentralized finance
brain: fmri, eeg, cortex, neuroimaging, hippocampus
brain computer interface: eeg, brain decoding, neural decoding, motor imagery
calibration: confidence estimation, overconfidence, overconfident, miscalibration
camera control: camera trajectory, camera motion, camera pose control, camera controlled,
  camera controllable
catastrophic forgetting: continual learning, lifelong learning, incremental learning
causal inference: treatment effect, causal discovery, structural causal model, causal effect,
  instrumental variable
causality: causal inference, causal discovery, treatment effect, structural causal model,
  causal graph, causal reasoning
chain of thought: long cot, reasoning trace, intermediate reasoning step
chart understanding: chart question answering, chart to code, chart reasoning
chatbot: conversational agent, dialogue system, conversational assistant
chemistry: molecule, molecular, chemical, reaction prediction, drug discovery
chip design: verilog, rtl, electronic design automation, hardware description language,
  analog circuit, chip placement
climate: weather forecasting, meteorological, extreme weather
clinical: patient, hospital, electronic health record, physician, clinician
clinical decision support: clinical decision making, clinical reasoning, differential diagnosis
cloud computing: serverless, kubernetes, autoscaling, datacenter
code: code generation, program synthesis, code completion, source code, swe bench, program repair,
  software engineering
code generation: program synthesis, code llm, code model, software engineering, text to sql,
  code completion, competitive programming, swe bench, programming
code llm: code generation, code language model, program synthesis, code completion
code reasoning: program execution, code execution prediction, code understanding
code translation: transpilation, program translation, legacy code, code migration
coding: code generation, program synthesis, code completion, software engineering, programming,
  swe bench
coding agent: swe bench, software engineering agent, code agent, issue resolution
cognitive science: human cognition, theory of mind, cognitive bias, psycholinguistic,
  cognitive psychology
combinatorial optimization: traveling salesman, vehicle routing, integer programming, mixed integer,
  job shop scheduling, np hard
commonsense reasoning: physical commonsense, commonsense knowledge, commonsense
compiler: compiler optimization, llvm, mlir
compositional generation: attribute binding, compositional text to image, multi object generation
compositionality: compositional generalization, compositional reasoning, attribute binding
compression: pruning, image compression, video compression, token compression, kv cache compression,
  lossless compression, neural codec, weight quantization, post training quantization
computational photography: hdr imaging, deblurring, image signal processing, raw image, bokeh,
  low light enhancement
computer graphics: neural rendering, ray tracing, texture synthesis, mesh generation,
  physically based rendering, relighting, gaussian splatting, 3d generation, physics based animation
computer use: gui agent, desktop agent, os agent, gui automation
computer vision: object detection, segmentation, image classification, visual recognition,
  depth estimation, pose estimation, tracking, image restoration, optical flow, visual tracking,
  video understanding, 3d reconstruction, face recognition, image retrieval, visual grounding,
  image captioning, action recognition, vision transformer, vision foundation model,
  dense prediction, imagenet
confidence estimation: overconfidence, verbalized confidence, uncertainty quantification
consistency model: consistency distillation, latent consistency, consistency training
constrained decoding: structured output, grammar constrained, json schema, structured generation
content moderation: hate speech, toxicity detection, harmful content, content safety
context compression: prompt compression, gist token, context pruning
context engineering: context management, context compression, agentic context, context pruning
continual learning: catastrophic forgetting, lifelong learning, incremental learning
contrastive learning: contrastive loss, infonce, contrastive pretraining, contrastive objective
control theory: model predictive control, optimal control, lyapunov, system identification,
  control barrier
controllable generation: controlnet, conditional control, controllable video, controllable image
conversation: dialogue, multi turn conversation, conversational agent
creative writing: story generation, poetry, storytelling, fiction writing, screenplay
creativity: creative writing, divergent thinking, creative generation, idea generation,
  creative ideation
credit assignment: process reward, step level reward, turn level reward, token level reward,
  turn level credit, token level credit
crowdsourcing: crowd worker, annotator disagreement, human annotation
cryptography: homomorphic encryption, secure multi party computation, zero knowledge proof,
  encrypted inference
culture: cultural bias, cultural alignment, cross cultural, cultural knowledge, cultural awareness
curriculum learning: easy to hard, training curriculum
cybersecurity: malware, intrusion detection, vulnerability detection, penetration testing,
  threat intelligence, phishing, cyberattack, offensive security, capture the flag,
  exploit generation
data: dataset, corpus, data curation, data synthesis, synthetic data, data filtering
data agent: data science agent, data analysis agent, text to sql
data analysis: data science agent, exploratory data analysis, data visualization, data agent
data attribution: influence function, training data attribution, data valuation
data augmentation: augmented data, mixup
data contamination: benchmark contamination, test set leakage, contamination free
data curation: data filtering, data selection, deduplication, data cleaning
data poisoning: backdoor attack, poisoned data, poisoning attack
data science: data analysis agent, exploratory data analysis, jupyter notebook, kaggle, data agent,
  tabular data
data selection: data pruning, coreset, data filtering, data mixture
data visualization: chart generation, visualization generation, chart to code
database: text to sql, sql query, query optimization, vector database, relational data,
  query optimizer
dataset: corpus, data collection, annotated, large scale dataset, new dataset
decision making: sequential decision, planning under uncertainty, decision transformer, bandit
deep learning theory: generalization bound, neural tangent kernel, implicit bias, loss landscape,
  double descent, grokking, training dynamics
deep research: research agent, deep search, agentic search, information seeking agent
deepfake: face swap, face forgery, forgery detection
dense prediction: semantic segmentation, depth estimation, surface normal
depth estimation: monocular depth, metric depth, stereo matching, depth map
dexterous manipulation: dexterous hand, in hand manipulation, dexterous grasping
dialogue: conversational agent, multi turn conversation
dialogue system: conversational agent, task oriented dialogue, multi turn dialogue
differential privacy: dp sgd, differentially private
diffusion acceleration: few step generation, step distillation, feature caching, fast sampling,
  consistency distillation, few step sampling
diffusion distillation: step distillation, few step generation, distribution matching distillation,
  consistency distillation, score distillation
diffusion language model: masked diffusion language model, diffusion llm, text diffusion
diffusion model: diffusion transformer, latent diffusion, denoising diffusion, stable diffusion,
  text to image, flow matching, score based, rectified flow, classifier free guidance, diffusion
diffusion policy: action diffusion, diffusion based policy
diffusion sampling: few step sampling, ode solver, classifier free guidance, sampling schedule
diffusion transformer: dit, diffusion transformer architecture
distributed training: data parallelism, pipeline parallelism, tensor parallelism, model parallelism,
  decentralized training, gradient compression, expert parallelism
distribution shift: domain shift, covariate shift, domain generalization, test time adaptation,
  out of distribution generalization
document parsing: ocr, layout analysis, table recognition, document layout
document understanding: ocr, document parsing, document layout, document question answering,
  table recognition
domain adaptation: domain shift, test time adaptation
domain generalization: domain shift, out of distribution generalization, unseen domain
drone: uav, quadrotor, unmanned aerial vehicle
drug discovery: molecule generation, molecular design, protein ligand, docking, drug design
dynamical system: neural ode, koopman, chaotic system, system identification
e commerce: product search, product recommendation, online shopping, shopping agent, product listing
earth observation: remote sensing, satellite image, aerial image
earth science: weather forecasting, seismic, remote sensing, geoscience, hydrology, ocean,
  climate model
economics: auction, labor market, game theory, macroeconomic
edge ai: on device, edge device, tinyml, microcontroller, edge deployment
edge computing: edge device, on device, tinyml, microcontroller
education: tutoring, student, teaching, classroom, tutor, pedagogical
efficiency: quantization, pruning, distillation, speedup, low rank, acceleration, kv cache,
  speculative decoding, sparse attention, compression, memory footprint
efficient inference: quantization, speculative decoding, kv cache, pruning, sparse attention,
  inference acceleration, inference speed, early exit, token reduction, low latency, inference cost,
  few step, speedup, throughput, faster inference, linear attention, real time
efficient training: memory efficient, low precision, distributed training, parameter efficient,
  gradient checkpointing, training cost
egocentric video: egocentric, first person video, ego4d
electronic health record: ehr, clinical note, patient record
embedding: text embedding, sentence embedding, word embedding, multimodal embedding,
  representation learning
embedding model: text embedding, sentence embedding, embedding benchmark
embodied ai: robot, robotic, embodied agent, vision language action, manipulation, navigation
emotion recognition: sentiment analysis, affective computing, emotion detection, speech emotion,
  facial expression
energy: power grid, smart grid, electricity, photovoltaic, renewable energy
energy efficiency: energy consumption, carbon footprint, green ai, low power, carbon emission
engineering design: computer aided design, cad model, topology optimization, generative design
ethics: ai ethics, moral, fairness, responsible ai
evaluation: benchmark, metric, judge, leaderboard, human evaluation
event camera: event based vision, neuromorphic camera, event stream
evolutionary algorithm: genetic algorithm, evolution strategy, evolutionary search,
  genetic programming, quality diversity
explainability: interpretability, explanation, attribution, saliency, feature importance
explainable ai: interpretability, feature attribution, saliency map, counterfactual explanation,
  explainability, shapley
exploration: intrinsic motivation, curiosity driven
face: facial, portrait, talking head, identity preserving
face generation: face swap, portrait generation, face editing, identity preserving
face recognition: face verification, face identification, facial recognition
facial animation: talking head, lip sync, talking face, blendshape
fact checking: claim verification, fact verification
factuality: hallucination, fact checking, factual consistency, claim verification, factual accuracy
fairness: bias mitigation, demographic parity, debiasing, group fairness, demographic bias
federated learning: decentralized training, privacy preserving learning, client drift
few shot learning: few shot classification, one shot learning, meta learning
finance: financial, stock, trading, market, bank, portfolio
fine tuning: low rank adaptation, instruction tuning, supervised fine tuning, adapter,
  parameter efficient, finetuning
flow matching: rectified flow, flow based generative
fluid dynamics: navier stokes, turbulence, fluid simulation, computational fluid dynamics
formal method: formal verification, model checking, theorem proving, smt solver,
  program verification
formal verification: program verification, verified code, proof assistant, smt solver, dafny,
  model checking
fraud detection: money laundering, financial fraud
function calling: tool calling, api call, tool use
game: gameplay, minecraft, chess, go, video game, game engine, game playing, board game, poker,
  atari, game agent, text based game, npc, game development
game theory: nash equilibrium, mechanism design, stackelberg, auction, bargaining
gaussian splatting: 3dgs, gaussian primitive
gaze estimation: eye tracking, gaze following, gaze target
generalization: out of distribution generalization, compositional generalization,
  length generalization, domain generalization, generalization bound, grokking
generative ai: diffusion model, text to image, image generation, video generation
generative model: diffusion model, gan, autoregressive generation, flow matching, vae
genomics: dna sequence, genome, genomic, single cell, nucleotide
geometry: mesh, surface reconstruction, surface normal, geometric deep learning, point map
geospatial: satellite, remote sensing, geolocation, street view, earth observation
gpu: cuda, gpu kernel, triton kernel, tensor core
gpu kernel: cuda kernel, kernel generation, triton kernel, kernel optimization, gpu programming,
  cuda, kernel fusion, tensor core, triton
graph: graph neural network, knowledge graph, node classification, link prediction
graph learning: graph neural network, node classification, graph transformer, link prediction
graph neural network: message passing, node classification, graph convolution, graph transformer
graphic design: poster generation, layout generation, logo design, svg generation
gui agent: computer use, web agent, mobile agent, gui grounding, gui automation, os agent,
  screen understanding, web navigation
hallucination: factuality, factual consistency, unfaithful, object hallucination, factual error,
  hallucination detection, hallucination mitigation
hand: hand pose, hand mesh, hand object interaction, hand tracking
hardware: fpga, asic, accelerator design, tensor core, in memory computing, chip design
hardware design: verilog, rtl, electronic design automation, chip design
hate speech: offensive language, toxic comment, abusive language
healthcare: medical, clinical, patient, hospital, health, ehr, diagnosis, physician
high performance computing: supercomputer, exascale, gpu cluster, mpi
human ai collaboration: human ai interaction, human ai teaming, co creation,
  human agent collaboration
human ai interaction: human ai collaboration, human agent interaction, user trust, user reliance
human animation: character animation, portrait animation, pose driven animation, talking head
human computer interaction: user study, user interface, human ai collaboration,
  human ai interaction, user experience, human centered, participatory design
human feedback: rlhf, human preference, preference learning
human motion: motion generation, text to motion, motion capture, human pose, human mesh, gait
human motion generation: text to motion, human motion synthesis, motion diffusion, dance generation,
  motion generation model
human pose estimation: 3d pose, body pose, human mesh recovery
human robot interaction: human robot collaboration, social robot, teleoperation
humanoid: whole body control, humanoid robot, humanoid locomotion
image captioning: dense captioning, caption generation, image description
image classification: fine grained recognition, imagenet classification, image recognition
image compression: learned compression, image codec, neural compression
image editing: inpainting, instruction based editing, text guided editing, image manipulation,
  drag based editing, object removal, image edit, instruction guided editing, style transfer,
  background replacement
image generation: text to image, image synthesis, latent diffusion, stable diffusion,
  autoregressive image, personalization, image diffusion, t2i, next scale prediction,
  visual autoregressive, image generator, subject driven generation, layout to image,
  text rendering, controlnet
image quality assessment: perceptual quality, no reference quality, aesthetic assessment
image restoration: super resolution, denoising, deblurring, inpainting, dehazing, low light
image retrieval: composed image retrieval, text to image retrieval, visual search
image segmentation: semantic segmentation, instance segmentation, segment anything,
  referring segmentation, panoptic
image synthesis: image generation, text to image
image to video: image animation, i2v
imitation learning: behavior cloning, learning from demonstration, inverse reinforcement learning
in context learning: few shot prompting, demonstration, many shot
incremental learning: class incremental, continual learning, catastrophic forgetting
industrial: manufacturing, predictive maintenance, fault diagnosis, defect detection
inference: decoding, serving, test time compute, speculative decoding, kv cache
information extraction: named entity recognition, relation extraction, event extraction
information retrieval: dense retrieval, retriever, reranking, search engine, passage retrieval,
  document retrieval, recommendation
inpainting: image inpainting, video inpainting, object removal, outpainting
instruction following: constraint following, verifiable instruction
instruction tuning: instruction following, supervised fine tuning, instruction data
internet of things: iot, sensor network, smart home
interpretability: mechanistic interpretability, sparse autoencoder, probing, circuit,
  attention head, steering vector, activation patching, feature attribution, explainable,
  causal tracing, logit lens, linear probe, superposition, activation steering, attribution graph,
  saliency map, representation engineering, induction head, saes
inverse problem: compressed sensing, image reconstruction, tomography, deconvolution,
  diffusion posterior sampling
jailbreak: jailbreaking, adversarial prompt, attack success rate
journalism: news article, newsroom, news generation
keypoint detection: feature matching, landmark detection, image matching
knowledge distillation: distilled, student model, teacher model, distillation
knowledge editing: model editing, knowledge update, unlearning
knowledge graph: entity linking, link prediction, triple extraction, ontology, graphrag
kv cache: cache compression, cache eviction, cache quantization
language model: llm, large language model, gpt, bert, causal language modeling
language model pretraining: pretraining data, pretraining corpus, continual pretraining
latent reasoning: continuous thought, latent chain of thought, implicit reasoning,
  looped transformer, latent thought
law: legal, court, statute, contract, judicial
layout generation: graphic design, poster generation, scene layout
learning theory: generalization bound, sample complexity, pac bayes, regret bound, minimax,
  vc dimension, statistical learning
legal: court, statute, judicial, lawyer, legislation
legged robot: quadruped, legged locomotion, bipedal
lifelong learning: continual learning, catastrophic forgetting, incremental learning
linear attention: gated linear attention, delta rule, linear recurrent
linguistics: syntax, morphology, phonology, psycholinguistic, grammatical
llm: language model, chatgpt, gpt 4, llama, qwen, deepseek, prompting, instruction tuning,
  in context learning, chain of thought, pretrained transformer
llm agent: language agent, agentic, tool use, tool calling, web agent, autonomous agent,
  multi agent, gui agent, agent framework, agent workflow, ai agent, agent
llm alignment: preference optimization, rlhf, safety alignment, value alignment, human preference
llm as a judge: llm judge, llm evaluator, autorater, automatic evaluator, judge model,
  pairwise evaluation, automatic evaluation, reward model benchmark
llm benchmark: llm evaluation, humanity last exam
llm evaluation: llm benchmark, llm as a judge, llm judge, benchmark contamination
llm inference: speculative decoding, kv cache, llm serving, decoding speed
llm reasoning: chain of thought, reasoning model, mathematical reasoning, test time compute,
  logical reasoning
llm safety: jailbreak, red teaming, harmful, safety alignment, guardrail, refusal
llm security: prompt injection, jailbreak, backdoor attack, data poisoning, model extraction
llm serving: continuous batching, prefill, inference engine, request scheduling, vllm,
  prefix caching
llm training: supervised fine tuning, rlhf, post training, instruction tuning, llm pretraining
locomotion: legged robot, quadruped, bipedal, humanoid locomotion
logic: first order logic, temporal logic, logic programming, sat solver, logical reasoning
logical reasoning: deductive, syllogism, logic puzzle, first order logic, inductive reasoning
long context: context window, context length, context extension, long document, long sequence,
  kv cache, length extrapolation
long video: hour long video, long form video, minute long
lora: low rank adapter, low rank adaptation
low level vision: super resolution, image denoising, deblurring, image restoration, dehazing,
  low light enhancement, deraining
low resource language: african language, indic language, underrepresented language
machine learning theory: generalization bound, sample complexity, regret bound, pac bayes, minimax
machine translation: neural machine translation, translation, multilingual translation, bilingual
machine unlearning: unlearning, forget set, data removal
manipulation: robotic manipulation, robot manipulation, grasping, pick and place
materials: crystal structure, materials discovery, alloy, interatomic potential, crystalline
materials science: material discovery, crystal structure, inorganic material
math: mathematical reasoning, theorem proving, gsm8k, olympiad, math word problem
mathematical reasoning: math, mathematics, theorem proving, math word problem, gsm8k, aime,
  mathematical, formal proof, inequality, olympiad
mathematics: mathematical reasoning, theorem proving, conjecture, combinatorics, mathematician,
  olympiad, formal proof
mechanistic interpretability: sparse autoencoder, activation patching, circuit discovery,
  induction head
medical: clinical, clinician, patient, disease, diagnosis, radiology, pathology, biomedical,
  healthcare, physician
medical ai: clinical, patient, radiology, pathology, diagnosis, biomedical, healthcare
medical image segmentation: organ segmentation, tumor segmentation, lesion segmentation
medical imaging: radiology, ct scan, mri, x ray, pathology, medical image, ultrasound,
  medical image segmentation
medical report generation: radiology report, report generation
medicine: medical, clinical, clinician, patient, disease, diagnosis, radiology, pathology, health,
  healthcare, cancer, surgical, biomedical, physician, hospital, ehr, drug discovery
memorization: memorize, training data extraction, verbatim
memory: long term memory, episodic memory, memory bank, memory augmented
mental health: depression, psychotherapy, mental disorder, counseling
meta learning: learning to learn, maml, few shot adaptation
misinformation: fake news, disinformation, rumor detection
mixture of experts: sparse expert, expert routing, expert model, gating network
mobile agent: smartphone agent, mobile gui, android agent, phone agent
model collapse: recursive training, self consuming
model compression: quantization, pruning, distillation, low bit, sparsity, weight sharing
model editing: knowledge editing, weight editing
model merging: weight averaging, task arithmetic, model fusion, model soup
model routing: llm routing, llm router, model cascade, model selection
model stealing: model extraction, distillation attack
molecular dynamics: force field, interatomic potential, atomistic simulation
molecule: molecular generation, molecular property, drug design, smiles string
molecule generation: molecular generation, molecular design, de novo design, drug design
moral reasoning: moral judgment, moral dilemma, ethical reasoning
motion generation: text to motion, dance generation, human motion synthesis, motion diffusion,
  motion synthesis
motion planning: trajectory planning, path planning, trajectory optimization
multi agent: agent collaboration, multi agent debate, agent society, agent communication
multi agent debate: llm debate, agent debate
multi agent reinforcement learning: marl, cooperative multi agent, decentralized policy
multi agent system: agent collaboration, multi agent debate, agent orchestration, agent society,
  agent communication
multi task learning: gradient conflict, task interference, task balancing
multilingual: low resource language, cross lingual, machine translation, non english,
  language coverage
multimodal: vision language, audio visual, image text, cross modal, omni modal, mllm, vlm
multimodal generation: text to image, text to video, audio video generation, any to any generation
multimodal large language model: mllm, vision language model, visual instruction tuning,
  visual question answering, omni modal
multimodal llm: mllm, multimodal large language model, vision language model,
  visual instruction tuning
multimodal model: vision language model, mllm, multimodal large language model, omni modal
multimodal reasoning: visual reasoning, visual chain of thought, thinking with images, visual math
multimodal retrieval: image text retrieval, composed image retrieval, cross modal retrieval,
  video retrieval, visual document retrieval
multimodal understanding: visual question answering, vision language model, image captioning, mllm
music: musical, song, melody, singing, symbolic music, music generation
music generation: text to music, song generation, symbolic music generation, music composition
natural language inference: textual entailment, entailment
natural language understanding: text classification, natural language inference, intent detection,
  reading comprehension
navigation: vision language navigation, path planning, object goal
network: wireless, network traffic, telecom, 6g, 5g
neural architecture search: nas, architecture search
neural operator: fourier neural operator, operator learning, deeponet
neural rendering: neural radiance field, gaussian splatting, inverse rendering
neuro symbolic: neurosymbolic, logic programming, program induction, symbolic reasoning
neuroscience: fmri, eeg, cortex, neuroimaging, hippocampus, spike train, brain activity, brain,
  neural recording
nlp: text classification, named entity recognition, summarization, machine translation,
  question answering, parsing, sentiment analysis, relation extraction, text generation,
  natural language inference, coreference, part of speech
novel view synthesis: neural radiance field, gaussian splatting, view synthesis
object centric learning: slot attention, object centric representation
object detection: open vocabulary detection, yolo, detector, detr, bounding box, grounding
ocr: text recognition, document parsing, scene text, handwritten text
offline reinforcement learning: offline rl, conservative q learning, decision transformer
omni modal: any to any, omni model, omni modality
on device: edge device, mobile device, smartphone
on policy distillation: on policy self distillation, opd, opsd
open source model: open weight model, open weights, fully open model, open model
open vocabulary: open vocabulary detection, open vocabulary segmentation
open world: open set, open ended environment, open vocabulary
operations research: vehicle routing, supply chain, integer programming, mixed integer,
  combinatorial optimization, inventory management
optical flow: scene flow, flow estimation
optimal transport: wasserstein, sinkhorn, schrodinger bridge
optimization: gradient descent, convex optimization, combinatorial optimization,
  bayesian optimization, bilevel optimization, zeroth order
optimizer: adam, adamw, muon, sgd, learning rate schedule, second order optimization, shampoo,
  stochastic gradient descent
out of distribution: distribution shift, domain shift, ood detection, out of domain
partial differential equation: neural operator, physics informed neural network, navier stokes,
  operator learning
pathology: whole slide image, histopathology, histology
peer review: paper review, review generation, reviewer
person re identification: pedestrian retrieval, person search, person reid
persona: role playing, personality trait
personalization: user preference, personalized, customized generation, subject driven
physical reasoning: intuitive physics, physical commonsense, physics reasoning
physics: physical law, fluid, physical simulation, physics informed, dynamics simulation,
  astrophysics, thermodynamics, rigid body, turbulence, particle physics, navier stokes,
  quantum mechanics, physics based, physically plausible
planning: task planning, monte carlo tree search, path planning, long horizon, motion planning,
  trajectory planning, task decomposition, symbolic planning
point cloud: lidar, 3d point
policy learning: imitation learning, visuomotor policy, behavior cloning, robot policy
politics: political bias, election, partisan, political ideology, political
pose estimation: human pose, 6d pose, keypoint detection, hand pose, camera pose
positional encoding: position embedding, rotary position, positional embedding, rope
post training: supervised fine tuning, instruction tuning, preference optimization, rlhf, rlvr
preference optimization: dpo, preference alignment, preference learning
pretraining: pre training, pretraining data, pretraining corpus, foundation model
privacy: differential privacy, membership inference, data leakage, personal information,
  private data, unlearning, anonymization, federated learning, homomorphic encryption,
  private inference, contextual integrity, privacy leakage, differentially private,
  sensitive information
process reward model: process reward, process supervision, step level reward, process verifier
program repair: bug fixing, vulnerability repair, automated program repair
program synthesis: program induction, inductive synthesis, code generation
prompt engineering: prompt optimization, prompt tuning, prompting, soft prompt
prompt injection: indirect injection, injection attack
prompt optimization: prompt tuning, prompt evolution, automatic prompt
prompting: prompt engineering, chain of thought prompting, few shot prompting, prompt optimization
protein: protein structure, protein design, amino acid, protein language model, antibody
protein design: antibody design, enzyme design, inverse folding, binder design
protein structure prediction: alphafold, protein folding, structure prediction
pruning: sparsity, pruned, sparse network, structured sparsity, token pruning
psychology: personality trait, mental health, cognitive bias, psychometric, psychological
public health: epidemic, epidemiology, pandemic, vaccine
quantization: low bit, 4 bit, 8 bit, int4, binarization, mixed precision, quantized,
  post training quantization
quantum: qubit, quantum circuit, quantum computing, quantum mechanics
quantum computing: qubit, quantum circuit, quantum algorithm
quantum machine learning: quantum neural network, variational quantum, quantum circuit
query rewriting: query expansion, query reformulation
question answering: open domain, reading comprehension, visual question answering, multi hop,
  qa dataset
radiology: chest x ray, ct scan, mri, radiology report, mammography
rag: retrieval augmented, augmented generation, grounded question answering
real time: low latency, streaming inference, real time inference
reasoning: chain of thought, step by step, logical reasoning, mathematical reasoning,
  test time compute, reasoning model, deductive, multi hop
reasoning model: large reasoning model, deepseek r1, long cot, test time compute, overthinking
recommendation: collaborative filtering, sequential recommendation, click through rate,
  generative recommendation, recommender
recommender system: recommendation, collaborative filtering, user item, click through rate,
  recommend
red teaming: jailbreak, adversarial prompt, prompt injection, attack success rate
reinforcement learning: policy optimization, ppo, grpo, q learning, actor critic, policy gradient,
  rlhf, reward model, offline rl, reward shaping, rlvr, verifiable reward, markov decision process,
  bandit, self play, multi agent reinforcement learning, agentic rl, offline reinforcement learning,
  policy optimisation
relighting: lighting control, light editing, inverse rendering
remote sensing: satellite, aerial, earth observation, geospatial
rendering: neural rendering, ray tracing, gaussian splatting, rasterization,
  differentiable rendering
representation learning: contrastive learning, self supervised learning, masked autoencoder, jepa,
  disentangled representation
reranking: reranker, rerank, passage ranking, listwise ranking
responsible ai: fairness, ai ethics, ai governance, trustworthy ai
retrieval: retriever, dense retrieval, reranking, retrieval augmented, search engine
reward hacking: reward overoptimization, specification gaming
reward model: reward modeling, process reward, preference model, reward hacking, verifier
rlhf: reward model, preference optimization, human feedback, preference learning
rlvr: verifiable reward, grpo
robot: robotic, manipulation, humanoid, grasping, locomotion, quadruped, dexterous,
  vision language action, embodied
robot learning: robot policy, visuomotor policy, robot manipulation, vision language action
robot manipulation: grasping, bimanual, pick and place, contact rich, dexterous manipulation,
  manipulation policy, visuomotor policy
robot navigation: vision language navigation, object goal navigation, mobile robot,
  visual navigation
robotics: robot, robotic, manipulation, humanoid, grasping, locomotion, quadruped, dexterous,
  vision language action, embodied, bimanual, teleoperation, sim to real, robot policy, visuomotor,
  legged, quadrotor, gripper, end effector
robustness: adversarial robustness, distribution shift, perturbation, out of distribution
role playing: role play, persona consistency
safety: jailbreak, red teaming, harmful, guardrail, safety alignment, unsafe
scaling law: compute optimal, scaling behavior, scaling exponent, chinchilla, scaling property,
  neural scaling, scaling up
scene graph: scene graph generation, visual relationship
scene text: text spotting, text detection, text recognition
science: scientific discovery, scientific literature, research idea, hypothesis generation
scientific computing: partial differential equation, neural operator, surrogate model,
  numerical simulation, computational fluid dynamics
scientific discovery: hypothesis generation, research idea, ai scientist, scientific research,
  scientific literature, materials discovery, automated research, idea generation
scientific literature: literature review, citation recommendation, scientific paper, scholarly,
  literature search, peer review
search: search agent, search engine, web search, deep research
search agent: deep research, agentic search, deep search, browsecomp, information seeking
search engine: web search, query understanding, learning to rank
security: vulnerability, malware, cyberattack, cybersecurity, prompt injection, backdoor, phishing,
  penetration testing, intrusion detection, data poisoning, adversarial attack, cryptographic,
  offensive security, backdoor attack
segmentation: semantic segmentation, instance segmentation, panoptic, segment anything, mask
self driving: autonomous driving, autonomous vehicle, driving scene
self evolving agent: self improving agent, recursive self improvement, agent evolution,
  self evolution
self improvement: self training, self rewarding, self evolving, self play
self play: league training, self play reinforcement learning
self supervised learning: contrastive learning, masked autoencoder, masked modeling,
  representation learning
semantic segmentation: scene parsing, open vocabulary segmentation, semantic mask
semi supervised learning: pseudo label, consistency regularization
sensor fusion: lidar camera fusion, multi sensor, radar
sentiment analysis: opinion mining, aspect based sentiment, sentiment classification
sequence modeling: state space model, linear attention, recurrent neural network, mamba
sequential recommendation: generative recommendation, semantic id, next item
sign language: sign language translation, sign language recognition, gloss
sim to real: sim2real, domain randomization, simulation to reality
simulation: simulator, digital twin, simulated environment, physics engine
slam: visual odometry, simultaneous localization
small language model: slm, compact language model, lightweight language model
social bias: gender bias, stereotype, racial bias, demographic bias
social media: twitter, reddit, tweet, social network
social science: social simulation, public opinion, survey respondent, political science, sociology
social simulation: agent society, generative agent, simulated society
software engineering: code generation, bug fixing, issue resolution, swe bench, program repair,
  unit test, repository level, code review
software testing: unit test, fuzzing, test generation, mutation testing, test case
sound: sound event, environmental sound, foley, sound effect, acoustic
source separation: speech separation, music separation, audio separation
sparse attention: block sparse attention, attention sparsity
sparse autoencoder: sae, monosemantic, dictionary learning
spatial intelligence: spatial reasoning, spatial understanding, 3d scene understanding,
  spatial cognition
spatial reasoning: spatial understanding, spatial intelligence, spatial relation
speaker recognition: speaker verification, speaker diarization, speaker identification
speculative decoding: draft model, speculative sampling, draft token
speech: spoken, voice, text to speech, speech recognition, speaker, speech synthesis, tts, asr,
  spoken dialogue, diarization, phoneme, full duplex
speech enhancement: noise suppression, speech denoising, dereverberation
speech language model: spoken language model, spoken dialogue, full duplex, speech llm
speech recognition: asr, automatic speech recognition, speech to text, transcription, whisper,
  word error rate
speech synthesis: text to speech, voice cloning, vocoder, speech generation
speech translation: speech to text translation, speech to speech translation
spiking neural network: neuromorphic
spoken dialogue: full duplex, voice assistant, voice agent, turn taking
sports: football, soccer, basketball, tennis, athlete
state space model: mamba, linear attention, selective state space, recurrent model
statistics: hypothesis testing, conformal prediction, bayesian inference, causal inference,
  statistical inference
steering: steering vector, activation steering, representation engineering, activation addition
story generation: storytelling, creative writing, narrative generation
structured output: constrained decoding, json schema, structured generation
style transfer: stylization, stylized, artistic style, style image
summarization: abstractive, summary generation, summarize
super resolution: upscaling, image upsampling, low resolution input
surgery: laparoscopic, endoscopy, surgical robot, surgical video
survey: systematic review, literature review, comprehensive review
sustainability: carbon footprint, carbon emission, green ai, renewable energy
sycophancy: sycophantic, user flattery
symbolic regression: equation discovery, formula discovery
synthetic data: data synthesis, generated data, self instruct, data augmentation, data generation,
  synthetic dataset, synthetic training data, data engine
system: llm serving, distributed training, gpu kernel, inference engine, gpu cluster,
  operating system
table: tabular, table understanding, spreadsheet, table question answering, text to sql
tabular data: tabular, table understanding, table question answering
tactile sensing: haptic, tactile, visuotactile
talking head: portrait animation, lip sync, talking face, audio driven portrait
teleoperation: teleoperated, motion retargeting
test time adaptation: test time training, online adaptation
test time compute: inference time scaling, test time scaling, best of n, self consistency,
  inference time compute
test time training: test time adaptation, test time learning
text classification: sentiment analysis, topic classification, intent detection
text generation: creative writing, summarization, story generation, controlled generation
text rendering: visual text generation, glyph, text image generation
text to 3d: score distillation, text to 3d generation
text to image: t2i, stable diffusion, image generation, compositional generation
text to speech: speech synthesis, voice cloning
text to sql: sql generation, sql query, nl2sql
text to video: t2v, video diffusion, video generation
texture generation: material generation, texture synthesis, svbrdf
theorem proving: lean, formal proof, autoformalization, formal verification, proof assistant,
  theorem prover, lean 4, coq, isabelle
theory: generalization bound, sample complexity, regret bound, convergence guarantee,
  expressive power, neural tangent kernel, approximation theory, minimax, pac learning
theory of mind: false belief, mental state
time series: forecasting, temporal forecasting, time series forecasting,
  time series foundation model, time series classification, time series anomaly,
  temporal point process
token compression: token pruning, token merging, token reduction
tokenization: tokenizer, byte level, subword, vocabulary
tokenizer: tokenization, byte level, subword, byte pair encoding, bpe, tokenizer free,
  subword tokenization
tool learning: tool use, tool calling, function calling
tool use: function calling, tool calling, api call, tool learning
toxicity: toxic, hate speech, harmful content, offensive language, detoxification
tracking: object tracking, point tracking, multi object tracking
traffic: traffic forecasting, traffic signal, traffic simulation, vehicle trajectory
training data: data curation, data mixture, synthetic data, data selection, data filtering,
  pretraining data, instruction data
training dynamics: loss landscape, grokking, edge of stability, implicit bias
training efficiency: memory efficient training, training speed, training cost
trajectory prediction: motion forecasting, motion prediction
transfer learning: domain adaptation, cross domain transfer, negative transfer
transformer: self attention, vision transformer, attention mechanism
translation: machine translation, speech translation, multilingual translation
transportation: traffic, public transit, vehicle routing, urban mobility
trustworthy ai: fairness, explainability, ai safety
uncertainty: calibration, conformal prediction, confidence estimation, bayesian,
  uncertainty quantification
unified multimodal model: multimodal understanding and generation, any to any
urban computing: traffic, human mobility, urban planning, smart city
user interface: gui, ui design, ui generation, web design, interface design
user modeling: user behavior, user simulator, user profile, user preference
user simulation: simulated user, user simulator
vector database: approximate nearest neighbor, nearest neighbor search, similarity search
vector graphics: svg, svg generation, image vectorization
video captioning: video description, video caption, dense captioning
video compression: video codec, neural video
video diffusion model: text to video, image to video, video diffusion transformer, video generation
video editing: video inpainting, video manipulation, video to video, video edit, object insertion,
  video object removal, video style transfer, video relighting
video generation: text to video, image to video, video diffusion, video synthesis,
  video generative model, talking head, human animation, camera control, video generator, t2v, i2v,
  world simulator, autoregressive video, streaming video generation, long video generation
video model: video generation, video diffusion, video language model, video understanding
video prediction: future frame, frame prediction
video question answering: long video understanding, videoqa, video qa
video restoration: video super resolution, video denoising, video deblurring
video retrieval: text to video retrieval, moment retrieval, video search
video segmentation: video object segmentation, referring video segmentation
video understanding: video question answering, long video, action recognition, video language model,
  temporal grounding, video captioning, moment retrieval
virtual reality: vr headset, mixed reality, extended reality, head mounted, immersive environment
virtual try on: garment, try on, clothing
vision language action: vla model, action token, robot foundation model
vision language model: vlm, mllm, multimodal large language model, visual question answering,
  visual instruction tuning, image text, large vision language model, vqa
vision transformer: vit, visual transformer
visual generation: image generation, video generation, text to image, text to video
visual grounding: referring expression, phrase grounding, referring segmentation
visual question answering: vqa, image question answering
visual reasoning: multimodal reasoning, visual chain of thought
visual tokenizer: image tokenizer, video tokenizer, vq vae, discrete visual token
voice agent: spoken dialogue, full duplex, voice assistant, speech agent
voice cloning: zero shot tts, voice conversion, speaker cloning
voice conversion: singing voice conversion, timbre transfer
vulnerability detection: software vulnerability, vulnerability discovery, cve
watermark: watermarking, watermarked
weak supervision: noisy label, weakly supervised, weak label
weather forecasting: weather prediction, precipitation, nowcasting
web agent: web navigation, web browsing agent, browser agent, webarena, mind2web, webvoyager,
  browser use, browser automation
wireless communication: 5g, 6g, mimo, beamforming, channel estimation
workflow automation: office task, agentic workflow, robotic process automation
world model: world simulator, dynamics model, learned simulator, model based reinforcement learning,
  interactive environment generation, video world model, interactive world model,
  world action model, world modeling, jepa
zero shot learning: zero shot classification, unseen class, generalized zero shot
zeroth order optimization: gradient free, forward only
"""


def _entries(text: str) -> dict[str, tuple[str, ...]]:
    lines = text.strip().replace("\n  ", " ").splitlines()
    split = (line.split(":", 1) for line in lines)
    return {broad: tuple(term.strip() for term in terms.split(",")) for broad, terms in split}


NARROWER: dict[str, tuple[str, ...]] = _entries(_ENTRIES)
