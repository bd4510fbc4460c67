"""Broad terms of the field and what falls under them, so that a broad topic finds narrow papers.

A narrower term must imply the broad one: who reads about the broad one wants it too. Written by
hand; singular, lower case, hyphens as spaces.
"""

from __future__ import annotations

_ENTRIES = """
2d to 3d: single view reconstruction, image to 3d, single image 3d, monocular reconstruction
360 degree video: omnidirectional image, panoramic image, panoramic video, equirectangular
3d: 3d generation, 3d reconstruction, gaussian splatting, point cloud, neural radiance field, mesh
3d asset: mesh generation, texture generation, text to 3d, image to 3d
3d avatar: head avatar, avatar reconstruction, gaussian avatar, avatar generation
3d content creation: text to 3d, image to 3d, 3d asset, mesh generation
3d editing: scene editing, gaussian editing, mesh editing, shape editing
3d gaussian splatting: 3dgs, gaussian primitive, gaussian splat, dynamic gaussian
3d generation: text to 3d, image to 3d, 3d asset, mesh generation, novel view synthesis,
  gaussian splatting, neural radiance field, shape generation, multi view diffusion, 3d object
3d generative model: text to 3d, image to 3d, mesh generation, shape generation
3d human: human mesh recovery, human avatar, smpl, clothed human, digital human
3d medical imaging: ct scan, mri volume, volumetric medical, 3d medical
3d modeling: mesh generation, computer aided design, text to 3d, procedural modeling, blender, cad
  model
3d object detection: lidar detection, monocular 3d detection, bird eye view detection
3d perception: 3d object detection, occupancy prediction, point cloud segmentation, lidar, depth
  estimation
3d printing: additive manufacturing, digital fabrication
3d reconstruction: gaussian splatting, neural radiance field, structure from motion,
  multi view stereo, novel view synthesis, photogrammetry, scene reconstruction
3d scene generation: scene synthesis, text to scene, scene layout generation, 3d world generation,
  city generation
3d scene understanding: 3d visual grounding, 3d question answering, 3d semantic segmentation,
  3d object detection, occupancy prediction, 3d scene graph
3d shape: mesh, signed distance, shape generation, point cloud
3d vision: 3d reconstruction, point cloud, depth estimation, gaussian splatting, pose estimation,
  neural radiance field, novel view synthesis, structure from motion, multi view stereo,
  stereo matching, 3d scene understanding
3d world model: 3d world generation, spatial world model, explorable world
4d generation: 4d gaussian, dynamic gaussian, dynamic 3d, 4d scene
6d pose estimation: object pose estimation, 6dof pose, category level pose, 6d object pose
abstract reasoning: arc agi, raven progressive matrices, analogical reasoning, abstraction and
  reasoning corpus, visual analogy
academic writing: scientific writing, paper writing, citation generation, scholarly writing
accessibility: visually impaired, blind user, screen reader, assistive technology, sign language,
  low vision, deaf, dyslexia
accounting: financial statement, bookkeeping, audit of financial, auditing of financial
acoustics: sound propagation, impulse response, spatial audio
action recognition: activity recognition, temporal action localization, action detection
activation function: relu, gelu, swiglu
active learning: uncertainty sampling, query strategy, annotation budget
adapter: low rank adaptation, lora, parameter efficient
adaptive computation: early exit, mixture of depths, dynamic depth, layer skipping, adaptive depth,
  dynamic computation
additive manufacturing: 3d printing
adversarial attack: adversarial example, jailbreak, backdoor, adversarial robustness
adversarial robustness: adversarial example, certified robustness
adversarial training: adversarial robustness, min max training
advertising: click through rate, ad auction, sponsored search, ad creative
aerospace: spacecraft, aircraft, aerodynamic, airfoil, flight control, space mission
aesthetics: aesthetic quality, aesthetic assessment, image aesthetic
affective computing: emotion recognition, sentiment analysis, speech emotion,
  facial expression recognition, empathetic dialogue
african language: swahili, yoruba, hausa, amharic, igbo, zulu, kinyarwanda, wolof
agent: agentic, tool use, tool calling, computer use, web navigation, multi agent, gui agent
agent based modeling: social simulation, generative agent, agent based simulation, agent society
agent benchmark: agentbench, agent evaluation
agent communication: agent protocol, model context protocol, agent to agent
agent evaluation: agent benchmark, agentbench
agent framework: agent orchestration, agent workflow, agentic framework, agent harness
agent memory: memory augmented agent, episodic memory, memory bank
agent planning: task planning, task decomposition, long horizon planning, plan and execute
agent safety: prompt injection, tool misuse, agent security, agent guardrail
agent security: prompt injection, tool poisoning, memory poisoning, agent hijacking
agent skill: skill library, skill discovery, skill evolution, skill acquisition
agent training: agentic reinforcement learning, agentic rl, agent tuning, trajectory synthesis,
  agentic training
agentic ai: llm agent, language agent, autonomous agent, gui agent, web agent, multi agent, tool use
agentic coding: coding agent, swe bench, software engineering agent, vibe coding, issue resolution
agentic reinforcement learning: agentic rl, multi turn rl, multi turn reinforcement learning,
  agent rl, tool integrated reasoning
agentic search: deep research, search agent, deep search, information seeking agent, browsecomp
agentic workflow: workflow generation, agent orchestration, multi agent workflow, workflow
  optimization
agricultural robotics: fruit picking, harvesting robot, weed detection, farming robot
agriculture: plant disease, farming, farmer, agronomy, livestock, crop yield, crop disease, crop
  monitoring, irrigation, crop classification, precision farming
ai accelerator: fpga, tpu, systolic array, processing in memory, in memory computing, accelerator
  design, neural processing unit, npu
ai agent: agentic, llm agent, language agent, autonomous agent, gui agent, web agent
ai art: generative art, artistic creation, creative image, artwork generation
ai assistant: personal assistant, virtual assistant, conversational assistant, voice assistant,
  chatbot
ai chip: ai accelerator, neural processing unit, tpu, systolic array, hardware accelerator, in
  memory computing
ai coding: code generation, coding agent, coding assistant, swe bench, code llm
ai companion: emotional support, companion chatbot, social chatbot
ai consciousness: machine consciousness, sentience, model welfare, artificial consciousness
ai control: untrusted model, scalable oversight, sabotage, ai oversight
ai detection: ai generated text detection, ai generated image detection, machine generated text,
  synthetic image detection, deepfake detection, ai generated content detection
ai ethics: responsible ai, ai governance, ethical ai, algorithmic fairness
ai for biology: protein, genomic, single cell, drug discovery, biological sequence
ai for chemistry: molecule generation, molecular design, reaction prediction, retrosynthesis,
  chemical reasoning
ai for climate: weather forecasting, climate model, extreme weather
ai for code: code generation, code llm, program synthesis, coding agent, swe bench
ai for drug discovery: molecule generation, drug design, protein ligand, virtual screening, binding
  affinity
ai for education: tutoring, intelligent tutor, knowledge tracing, essay scoring, student learning
ai for materials: materials discovery, crystal structure, interatomic potential, alloy
ai for math: mathematical reasoning, theorem proving, autoformalization, mathematical discovery,
  olympiad
ai for medicine: clinical, medical, radiology, biomedical, medical image
ai for science: scientific discovery, materials discovery, drug discovery, protein, molecule,
  molecular, chemistry, theorem proving, partial differential equation, weather forecasting
ai for social good: humanitarian, disaster response, public health, sustainable development
ai generated content: aigc, ai generated image, ai generated video, synthetic media
ai generated image detection: deepfake detection, synthetic image detection, generated image
  detection, fake image detection
ai generated text detection: machine generated text, llm generated text, generated text detection
ai governance: ai regulation, ai policy, ai act, ai auditing
ai hardware: ai accelerator, fpga, tpu, neural processing unit, in memory computing, neuromorphic
  hardware
ai in education: tutoring, intelligent tutor, classroom, student learning
ai in finance: financial, stock prediction, algorithmic trading, credit risk, financial report
ai in healthcare: clinical, patient, medical, hospital, electronic health record
ai in medicine: clinical, patient, medical, radiology, biomedical
ai infrastructure: gpu cluster, distributed training, llm serving, training infrastructure,
  datacenter
ai music: music generation, song generation, text to music, symbolic music
ai policy: ai governance, ai regulation, ai act
ai regulation: ai act, ai governance, ai policy, regulatory compliance, ai auditing
ai research agent: ai scientist, automated research, mle bench, paper replication, machine learning
  research agent
ai risk: existential risk, catastrophic risk, dangerous capability, frontier risk, loss of control
ai safety: jailbreak, red teaming, harmful, safety alignment, safeguard, guardrail, trustworthy,
  misuse, refusal, toxicity, unsafe, existential risk, safety evaluation
ai scientist: automated research, autonomous research, research automation, hypothesis generation,
  automated scientific discovery
ai search: deep research, search agent, agentic search, generative search, conversational search
ai search engine: generative search, generative engine, answer engine, deep research
ai video: text to video, video generation, image to video, video diffusion
aigc: ai generated content, ai generated image, ai generated video, generative ai
aiops: root cause analysis, incident management, log analysis, cloud operation
air quality: air pollution, pm2 5, pollutant
algorithm: approximation algorithm, online algorithm, competitive ratio, streaming algorithm,
  sublinear, np hard
algorithm discovery: alphaevolve, heuristic design, program evolution, automated algorithm design,
  evolutionary search
algorithmic fairness: group fairness, demographic parity, equalized odds, bias mitigation
algorithmic reasoning: algorithm execution, length generalization
alignment: preference optimization, rlhf, reward model, human preference, preference learning,
  human value, safety alignment, preference alignment
alignment faking: deceptive alignment, scheming, sandbagging
alzheimer: dementia, cognitive decline, neurodegenerative, cognitive impairment
analogical reasoning: analogy, relational reasoning
animation: animated, talking head, motion retargeting, cartoon, rigging, animator
anime: manga, cartoon, comic
annotation: human labeled, crowdsourcing, auto labeling
anomaly detection: outlier detection, out of distribution detection, defect detection,
  anomaly segmentation, intrusion detection, fraud detection, novelty detection
anti spoofing: presentation attack, audio deepfake, spoofing detection
antibody: nanobody, paratope, antigen
approximate nearest neighbor search: vector search, vector database, similarity search, hnsw
arc agi: abstraction and reasoning corpus, abstract visual reasoning
archaeology: cultural heritage, ancient text, ancient inscription, artifact restoration
architecture: transformer, mixture of experts, state space model, mamba, linear attention
argument mining: argumentation, argument quality, argumentative
arithmetic: numerical computation, multi digit, integer multiplication, number addition, multi digit
  addition
art: artistic, painting, artwork, artist, museum
articulated object: part articulation, kinematic structure
artificial general intelligence: agi, superintelligence, arc agi
artificial life: open endedness, cellular automata, neural cellular automata, evolutionary
  simulation
assistive technology: visually impaired, blind user, prosthetic, wheelchair, rehabilitation
associative memory: hopfield, memory retrieval network
astronomy: galaxy, telescope, astrophysics, cosmology, exoplanet, astronomical, cosmological,
  gravitational wave, planetary science
astrophysics: exoplanet, cosmological, gravitational wave, stellar spectra
attention: self attention, cross attention, linear attention, sparse attention, attention head
attention mechanism: self attention, cross attention, linear attention, sparse attention, attention
  head, softmax attention
attention sink: massive activation, attention outlier
auction: mechanism design, bidding, sponsored search
audio: speech, music, sound, voice, acoustic, text to speech, audio generation, tts, asr,
  sound event, foley, audio codec, audio language model
audio captioning: audio description, sound captioning
audio classification: sound event, acoustic scene, audio tagging, environmental sound
audio codec: neural codec, speech codec, speech tokenizer, audio tokenizer, residual vector
  quantization
audio deepfake: voice spoofing, speech deepfake, anti spoofing, synthetic speech detection
audio driven: talking head, lip sync, speech driven, co speech gesture
audio editing: speech editing, music editing, audio inpainting
audio generation: text to audio, text to speech, music generation, speech synthesis,
  sound generation, voice cloning, sound effect
audio language model: audio llm, speech language model, spoken language model, audio understanding
audio understanding: audio language model, audio captioning, audio question answering
audio visual: audio video, lip sync, video to audio, sound source localization, talking head, speech
  driven
audio visual learning: lip sync, video to audio, sound source localization, audio visual speech,
  audio visual segmentation
augmented reality: mixed reality, extended reality, smart glasses, ar glasses
autism: neurodevelopmental, autistic
autoencoder: vae, vq vae, latent compression
autoformalization: formal statement, lean 4
automated machine learning: automl, neural architecture search, hyperparameter optimization
automated planning: pddl, symbolic planning, classical planning, plan generation
automated research: ai scientist, autonomous research, scientific discovery agent, paper replication
automated theorem proving: theorem proving, theorem prover, formal proof, lean 4, proof assistant,
  autoformalization
automatic evaluation: llm as a judge, llm judge, autorater
automatic grading: essay scoring, automated essay scoring, student answer, short answer grading
automl: neural architecture search, hyperparameter optimization, automated machine learning
autonomous agent: agentic, llm agent, language agent, web agent, gui agent
autonomous driving: self driving, autonomous vehicle, driving scene, trajectory prediction, lidar,
  driving world model, end to end driving, driving policy, motion planning, occupancy prediction,
  nuscenes, carla
autonomous research: ai scientist, automated research, scientific agent
autonomous robot: mobile robot, robot navigation, autonomous navigation, robot policy
autonomous system: autonomous driving, autonomous vehicle, uav, autonomous robot
autonomous vehicle: self driving, autonomous driving, driving scene
autoregressive image generation: next scale prediction, visual autoregressive,
  masked image generation
autoregressive model: next token prediction, autoregressive generation, autoregressive transformer,
  autoregressive image
autoregressive video generation: causal video generation, streaming video generation, self forcing,
  video autoregressive
avatar: digital human, talking head, head avatar
aviation: aircraft, airport, air traffic, pilot training
backdoor attack: trojan, backdoor, data poisoning
backpropagation: local learning, forward only, biologically plausible learning
bandit: contextual bandit, multi armed bandit, thompson sampling
banking: credit risk, loan, fraud detection, financial institution, credit scoring
battery: lithium ion, state of charge, electrolyte, energy storage
bayesian deep learning: bayesian neural network, deep ensemble, laplace approximation, variational
  inference, monte carlo dropout
bayesian inference: variational inference, mcmc, markov chain monte carlo, posterior sampling,
  simulation based inference
bayesian method: bayesian optimization, bayesian inference, variational inference, gaussian process,
  bayesian neural network
bayesian optimization: acquisition function, black box optimization, gaussian process surrogate
benchmark: bench, leaderboard, evaluation suite, testbed, new benchmark
benchmark contamination: data contamination, test set leakage, contamination free
best of n: rejection sampling, reward guided search, majority voting, test time scaling
bias: fairness, stereotype, discrimination, debiasing, gender bias, social bias
bidding: auction
bilevel optimization: hypergradient, meta gradient, inner loop optimization
bimanual manipulation: dual arm, bimanual robot
binary code: decompilation, reverse engineering, binary analysis, disassembly
bioacoustic: bird song, animal vocalization, bird sound
biodiversity: wildlife, ecological, conservation monitoring, camera trap
bioinformatics: genomic, protein, single cell, gene expression, sequence alignment
biological plausibility: hebbian, spiking neural network, predictive coding, local learning rule
biology: protein, gene, genomic, cell, rna, dna, molecular, enzyme, antibody, transcriptomic,
  microbiome, phylogenetic, bioinformatics, biological sequence, neuron morphology, ecology,
  microscopy, organism
biomedical: clinical, biomedicine, drug discovery, genomic, medical image, protein, single cell,
  radiology, pathology, biomarker, electronic health record
biomedical nlp: clinical text, biomedical text, clinical note, biomedical literature, biomedical
  entity
biometrics: face recognition, fingerprint, iris recognition, gait recognition,
  person re identification, speaker verification
biosecurity: biological weapon, dual use, biorisk, pathogen
biosignal: eeg, ecg, emg, electrocardiogram, physiological signal, photoplethysmography
black box optimization: bayesian optimization, evolution strategy, derivative free, zeroth order,
  evolutionary search
blockchain: smart contract, cryptocurrency, ethereum, decentralized finance, bitcoin, solidity
board game: chess, poker, mahjong, hanabi
brain: fmri, eeg, cortex, neuroimaging, hippocampus
brain computer interface: eeg, brain decoding, neural decoding, motor imagery
brain decoding: fmri to image, eeg decoding, neural decoding, brain to text, visual decoding, brain
  signal
brain imaging: fmri, neuroimaging, brain mri, brain tumor, diffusion mri
brain inspired: neuromorphic, spiking neural network, hippocampus, predictive coding, cortical
brain tumor: glioma, glioblastoma
browser: web agent, web navigation
browser agent: web agent, web navigation, webarena, web browsing agent, online mind2web
bug detection: vulnerability detection, fault localization, static analysis, defect prediction
building energy: hvac, smart building, thermal comfort, energy management
business: enterprise, marketing, customer behavior
byte level model: tokenizer free, byte latent, byte level
cad: computer aided design, parametric modeling, sketch and extrude, b rep
calibration: confidence estimation, overconfidence, overconfident, miscalibration
camera calibration: camera parameter, camera intrinsic, extrinsic calibration, lens distortion
camera control: camera trajectory, camera motion, camera pose control, camera controlled,
  camera controllable
cancer: tumor, oncology, histopathology, carcinoma, whole slide image, mammography, oncologist,
  chemotherapy
captioning: image caption, video caption, dense caption, audio caption, image description, caption
  generation
carbon emissions: carbon footprint, greenhouse gas, decarbonization, carbon intensity
cardiac: ecg, electrocardiogram, echocardiography, heart disease, heart failure, arrhythmia
cardiology: ecg, electrocardiogram, echocardiography, heart disease, cardiac, heart failure
catalysis: catalyst design, adsorption energy, reaction mechanism
catastrophic forgetting: continual learning, lifelong learning, incremental learning
causal discovery: causal graph, causal structure learning, directed acyclic graph
causal inference: treatment effect, causal discovery, structural causal model, causal effect,
  instrumental variable
causal reasoning: causal inference, counterfactual reasoning, causal graph, causal question
causality: causal inference, causal discovery, treatment effect, structural causal model,
  causal graph, causal reasoning
cell biology: single cell, cell segmentation, microscopy, gene expression, cell type
cell segmentation: nuclei segmentation, microscopy image, nucleus segmentation
cellular automata: artificial life, game of life
chain of thought: long cot, reasoning trace, intermediate reasoning step
change detection: remote sensing change, bitemporal image, scene change
character animation: pose driven animation, human animation, motion retargeting, skeletal animation
character consistency: consistent character, identity preserving, subject consistency, identity
  consistency, story visualization
chart understanding: chart question answering, chart to code, chart reasoning
chatbot: conversational agent, dialogue system, conversational assistant
chemical reaction: retrosynthesis, reaction prediction, organic synthesis, catalysis, reaction
  mechanism
chemistry: molecule, molecular, chemical, reaction prediction, drug discovery, retrosynthesis,
  catalysis, organic synthesis, interatomic potential, density functional theory
chess: board game, grandmaster
chest x ray: radiology report, chest radiograph, thoracic
child: children, infant, toddler, pediatric
child development: infant, language acquisition, developmental psychology, toddler
children: child, infant, toddler, pediatric
chinese: mandarin, cantonese
chip: fpga, asic, accelerator design, verilog, electronic design automation, semiconductor, in
  memory computing, tpu, rtl
chip design: verilog, rtl, electronic design automation, hardware description language,
  analog circuit, chip placement
circuit design: analog circuit, verilog, rtl, electronic design automation, logic synthesis
citation: scientific literature, attributed generation, reference generation, bibliometric, cited
  source
class imbalance: long tailed, imbalanced data, minority class, imbalanced learning
classical machine learning: random forest, gradient boosting, support vector machine, decision tree,
  logistic regression
classifier free guidance: autoguidance, guidance scale, guidance strength, negative prompt
click through rate prediction: ctr prediction, feature interaction, click prediction
climate: weather forecasting, meteorological, extreme weather, global warming, greenhouse gas,
  carbon emission, earth system model
climate change: climate model, extreme weather, carbon emission, global warming, greenhouse gas,
  climate policy, decarbonization
climate model: climate simulation, earth system model, climate projection, weather forecasting,
  statistical downscaling
climate science: climate model, weather forecasting, earth system, extreme weather, climate
  projection
clinical: patient, hospital, electronic health record, physician, clinician
clinical decision support: clinical decision making, clinical reasoning, differential diagnosis
clinical note: ehr, electronic health record, discharge summary, clinical text, medical record
clinical reasoning: differential diagnosis, medical reasoning, diagnostic reasoning, clinical
  decision making
clinical trial: trial matching, patient recruitment, trial design, randomized controlled trial
clip model: contrastive language image, image text contrastive, vision language pretraining
clothing: garment, virtual try on, apparel, outfit
cloud computing: serverless, kubernetes, autoscaling, datacenter
clustering: k means, cluster assignment, community detection
co design: hardware aware, algorithm hardware
code: code generation, program synthesis, code completion, source code, swe bench, program repair,
  software engineering
code agent: coding agent, swe bench, software engineering agent, issue resolution, agentic coding
code benchmark: swe bench, coding benchmark, repository level benchmark
code completion: fill in the middle, repository level code, code infilling
code embedding: code retrieval, code search, code representation
code generation: program synthesis, code llm, code model, software engineering, text to sql,
  code completion, competitive programming, swe bench, programming
code intelligence: code generation, code understanding, code llm, code completion, program repair
code language model: code generation, code llm, code completion
code llm: code generation, code language model, program synthesis, code completion
code model: code generation, code llm, code completion, program synthesis
code optimization: performance optimization, gpu kernel, kernel generation, efficient code, compiler
  optimization
code reasoning: program execution, code execution prediction, code understanding
code retrieval: code search, repository retrieval
code review: pull request, review comment, code change
code search: code retrieval, repository search
code security: secure code, vulnerable code, software vulnerability, vulnerability detection,
  vulnerability repair
code summarization: comment generation, code documentation, commit message
code switching: code mixed, mixed language, code switched
code translation: transpilation, program translation, legacy code, code migration
code understanding: code reasoning, code comprehension, code summarization, repository understanding
coding: code generation, program synthesis, code completion, software engineering, programming,
  swe bench
coding agent: swe bench, software engineering agent, code agent, issue resolution
coding assistant: copilot, ai pair programming, code completion, code llm, coding agent
cognitive bias: anchoring bias, confirmation bias, framing effect
cognitive science: human cognition, theory of mind, cognitive bias, psycholinguistic,
  cognitive psychology
collaborative filtering: matrix factorization, user item, recommender system, implicit feedback
collaborative robot: human robot collaboration, cobot, human robot interaction
collective intelligence: multi agent collaboration, swarm intelligence, wisdom of crowd
combinatorial optimization: traveling salesman, vehicle routing, integer programming, mixed integer,
  job shop scheduling, np hard
comic: manga, anime, cartoon
commit message: code change, pull request
common sense: intuitive physics
commonsense reasoning: physical commonsense, commonsense knowledge, commonsense
communication efficiency: gradient compression, communication efficient, federated learning,
  communication overhead, low communication
community detection: graph clustering, graph partitioning
compiler: compiler optimization, llvm, mlir
complexity theory: np hard, circuit complexity, polynomial time, turing completeness
compositional generalization: systematic generalization, compositionality, compositional reasoning
compositional generation: attribute binding, compositional text to image, multi object generation
compositionality: compositional generalization, compositional reasoning, attribute binding
compressed sensing: sparse recovery, sparse signal, compressive imaging, accelerated mri
compression: pruning, image compression, video compression, token compression, kv cache compression,
  lossless compression, neural codec, weight quantization, post training quantization
computational biology: bioinformatics, genomic, single cell, protein, gene regulatory, gene
  expression, biomolecular
computational chemistry: density functional theory, molecular dynamics, interatomic potential,
  quantum chemistry, force field
computational fluid dynamics: turbulence, navier stokes, aerodynamic, fluid simulation
computational linguistics: syntax, morphology, psycholinguistic, coreference
computational pathology: whole slide image, histopathology, digital pathology, histology
computational photography: hdr imaging, deblurring, image signal processing, raw image, bokeh,
  low light enhancement
computational social science: social media analysis, public opinion, social simulation, political
  polarization, survey response
compute optimal: scaling law, compute budget, training compute, chinchilla
computer aided design: cad model, cad generation, parametric design, engineering design
computer animation: character animation, motion retargeting, facial animation, physics based
  animation
computer architecture: memory hierarchy, processor design, accelerator design, memory bandwidth, in
  memory computing, risc v
computer graphics: neural rendering, ray tracing, texture synthesis, mesh generation,
  physically based rendering, relighting, gaussian splatting, 3d generation, physics based animation
computer use: gui agent, desktop agent, os agent, gui automation
computer use agent: gui agent, gui grounding, osworld, desktop agent, os agent, computer use
computer vision: object detection, segmentation, image classification, visual recognition,
  depth estimation, pose estimation, tracking, image restoration, optical flow, visual tracking,
  video understanding, 3d reconstruction, face recognition, image retrieval, visual grounding,
  image captioning, action recognition, vision transformer, vision foundation model,
  dense prediction, imagenet
concept bottleneck: concept based explanation, concept activation
concept erasure: concept unlearning, erasing concept, concept removal, unsafe concept
conditional generation: controllable generation, class conditional, controlnet, classifier free
  guidance
confidence estimation: overconfidence, verbalized confidence, uncertainty quantification
conformal prediction: prediction set, coverage guarantee, conformal risk
connected vehicle: v2x, cooperative perception, vehicle to everything, cooperative driving
consistency model: consistency distillation, latent consistency, consistency training
constrained decoding: structured output, grammar constrained, json schema, structured generation
constraint programming: sat solver, constraint satisfaction, answer set programming, integer
  programming
construction industry: building information modeling, construction site, civil engineering,
  structural engineering
content creation: video editing, creative tool, storytelling, content creator, creative workflow
content moderation: hate speech, toxicity detection, harmful content, content safety
context compression: prompt compression, gist token, context pruning
context engineering: context management, context compression, agentic context, context pruning
context length: long context, context window, context extension, length extrapolation, million token
context window: long context, context length, context extension, length extrapolation
contextual bandit: thompson sampling, regret bound, off policy evaluation
continual learning: catastrophic forgetting, lifelong learning, incremental learning
continual pretraining: continued pretraining, domain adaptive pretraining, mid training
contrastive decoding: logit contrast, layer contrast
contrastive learning: contrastive loss, infonce, contrastive pretraining, contrastive objective
control theory: model predictive control, optimal control, lyapunov, system identification,
  control barrier
controllability: controllable generation, controllable, controlnet, fine grained control
controllable generation: controlnet, conditional control, controllable video, controllable image
controllable text generation: constrained decoding, attribute control, style control, steering
  vector
controllable video generation: camera control, motion control, trajectory control, controllable
  video, motion guided
controlnet: conditional control, spatial control, controllable image generation
conversation: dialogue, multi turn conversation, conversational agent
conversational ai: dialogue system, chatbot, conversational agent, spoken dialogue, voice assistant,
  multi turn dialogue
conversational recommendation: conversational recommender, dialogue based recommendation
conversational search: conversational retrieval, query rewriting, clarifying question,
  conversational query
conversion rate: post click conversion, ad conversion
convex optimization: convergence rate, gradient descent, proximal method, strongly convex
convolutional neural network: convolutional network
cooking: food preparation, kitchen task
cooperation: social dilemma, cooperative agent, prisoner dilemma, multi agent collaboration, public
  good
cooperative perception: v2x, collaborative perception, multi vehicle perception
copyright: copyrighted, intellectual property, fair use
coreference resolution: entity resolution, anaphora, coreference
cost efficiency: inference cost, model cascade, llm routing, cost reduction
counterfactual: what if
covid: pandemic, sars cov 2, coronavirus
creative writing: story generation, poetry, storytelling, fiction writing, screenplay
creativity: creative writing, divergent thinking, creative generation, idea generation,
  creative ideation
credit assignment: process reward, step level reward, turn level reward, token level reward,
  turn level credit, token level credit
criminal justice: crime, policing, forensic, recidivism
critique: critic model, feedback generation, llm critic
cross domain recommendation: multi domain recommendation, knowledge transfer across domain
cross lingual: crosslingual, language transfer, parallel corpus
cross modal retrieval: image text retrieval, text to video retrieval, composed image retrieval, text
  to image retrieval, multimodal retrieval
crowd counting: crowd density, object counting
crowdsourcing: crowd worker, annotator disagreement, human annotation
crypto: blockchain, bitcoin, ethereum, decentralized finance
cryptocurrency: bitcoin, ethereum, decentralized finance, blockchain
cryptography: homomorphic encryption, secure multi party computation, zero knowledge proof,
  encrypted inference
crystal: crystalline material, inorganic material
ct reconstruction: low dose ct, cone beam ct, tomographic reconstruction
cultural heritage: museum, archaeology, historical document, ancient manuscript
culture: cultural bias, cultural alignment, cross cultural, cultural knowledge, cultural awareness
curriculum learning: easy to hard, training curriculum
customer churn: customer retention, churn prediction
customer service: customer support, call center, service agent, task oriented dialogue
cyber physical system: industrial control, smart grid, digital twin
cybersecurity: malware, intrusion detection, vulnerability detection, penetration testing, threat
  intelligence, phishing, cyberattack, offensive security, capture the flag, exploit generation,
  ransomware, cve, network attack
dance: choreography
data: dataset, corpus, data curation, data synthesis, synthetic data, data filtering
data agent: data science agent, data analysis agent, text to sql
data analysis: data science agent, exploratory data analysis, data visualization, data agent
data analytics: data analysis, data analysis agent, data science agent, business intelligence, text
  to sql
data annotation: crowdsourcing, labeling cost, auto labeling, annotation pipeline
data attribution: influence function, training data attribution, data valuation
data augmentation: augmented data, mixup
data center: datacenter, gpu cluster, cloud infrastructure, cluster scheduling
data cleaning: deduplication, data quality, error detection in data, data wrangling
data collection: crowdsourcing, teleoperation data, data acquisition, data gathering, web crawl
data contamination: benchmark contamination, test set leakage, contamination free
data curation: data filtering, data selection, deduplication, data cleaning
data efficiency: data efficient, sample efficiency, few shot learning, data selection, data
  scarcity, limited data, active learning
data engineering: data pipeline, data curation, data cleaning, data processing pipeline, data
  integration
data filtering: data selection, quality filtering, deduplication, data curation, quality classifier
data generation: synthetic data, data synthesis, self instruct, data augmentation
data governance: data provenance, data licensing, data consent
data labeling: crowdsourcing, auto labeling, pseudo label, weak supervision, annotation cost,
  annotation pipeline
data management: database, data lake, data integration, query optimization, vector database
data mining: pattern mining, frequent pattern, anomaly detection, recommender system
data mixing: data mixture, domain reweighting, mixture ratio
data mixture: domain reweighting, data mixing, mixture ratio, data composition
data poisoning: backdoor attack, poisoned data, poisoning attack
data privacy: differential privacy, membership inference, federated learning, anonymization,
  sensitive data
data pruning: coreset, data selection, dataset distillation, dataset pruning
data quality: data curation, data filtering, data cleaning, label noise, deduplication, high quality
  data
data scarcity: few shot learning, limited data, low data regime, low resource
data science: data analysis agent, exploratory data analysis, jupyter notebook, kaggle, data agent,
  tabular data
data selection: data pruning, coreset, data filtering, data mixture
data synthesis: synthetic data, self instruct, synthetic dataset, data generation
data to text: table to text, structured data verbalization
data visualization: chart generation, visualization generation, chart to code
database: text to sql, sql query, query optimization, vector database, relational data,
  query optimizer
dataset: corpus, data collection, annotated, large scale dataset, new dataset
dataset distillation: dataset condensation
debate: argumentation
debugging: bug fixing, program repair, fault localization, bug localization, root cause analysis
decentralized learning: federated learning, decentralized training, peer to peer
deception: deceptive, scheming, lie detection, sandbagging, strategic dishonesty, alignment faking
deceptive alignment: alignment faking, scheming, sandbagging
decision making: sequential decision, planning under uncertainty, decision transformer, bandit
decision tree: random forest, gradient boosting, xgboost, boosted tree, tree ensemble
decoding strategy: beam search, nucleus sampling, contrastive decoding, speculative decoding, greedy
  decoding, sampling temperature, min p
deep learning: deep neural network, neural network, convolutional network, deep network
deep learning theory: generalization bound, neural tangent kernel, implicit bias, loss landscape,
  double descent, grokking, training dynamics
deep reinforcement learning: q learning, actor critic, policy gradient, ppo, deep rl, atari,
  continuous control
deep research: research agent, deep search, agentic search, information seeking agent
deepfake: face swap, face forgery, forgery detection
deepfake detection: face forgery, forgery detection, synthetic image detection, audio deepfake, face
  manipulation
defect detection: industrial inspection, anomaly detection, surface defect, visual inspection
deformable object: cloth manipulation, cloth simulation, soft body, rope manipulation, garment
  manipulation
demand forecasting: sales forecasting, inventory management, retail forecasting
democracy: election, political
denoising: noise removal
dense prediction: semantic segmentation, depth estimation, surface normal
dense retrieval: bi encoder, dual encoder, text embedding, passage retrieval, late interaction
density estimation: normalizing flow, kernel density, likelihood estimation
dentistry: dental, tooth, teeth, intraoral
dependency parsing: constituency parsing, syntactic parsing, treebank
depression: mental health, suicide, anxiety disorder, psychotherapy
depth completion: sparse depth, depth inpainting
depth estimation: monocular depth, metric depth, stereo matching, depth map
dermatology: skin lesion, melanoma, skin cancer, skin disease, dermatological
design automation: computer aided design, generative design, verilog
device control: mobile agent, gui agent, android agent, phone agent
devops: continuous integration, infrastructure as code, deployment pipeline, ci cd
dexterous hand: dexterous manipulation, in hand manipulation, multi fingered, robotic hand,
  dexterous grasping
dexterous manipulation: dexterous hand, in hand manipulation, dexterous grasping
diabetes: glucose, insulin, glycemic, diabetic
diagnosis: disease detection, disease prediction
diagram: flowchart, scientific figure
dialect: regional variety, dialectal, language variety
dialogue: conversational agent, multi turn conversation
dialogue system: conversational agent, task oriented dialogue, multi turn dialogue
diarization: multi speaker, speaker attributed
differentiable simulation: differentiable physics, differentiable simulator, differentiable
  rendering
differential equation: neural ode, neural operator, physics informed
differential privacy: dp sgd, differentially private
diffusion acceleration: few step generation, step distillation, feature caching, fast sampling,
  consistency distillation, few step sampling
diffusion alignment: diffusion dpo, diffusion reinforcement learning, reward fine tuning, flow grpo,
  diffusion preference optimization
diffusion distillation: step distillation, few step generation, distribution matching distillation,
  consistency distillation, score distillation
diffusion inference: diffusion acceleration, feature caching, fast sampling, few step sampling
diffusion language model: masked diffusion language model, diffusion llm, text diffusion
diffusion model: diffusion transformer, latent diffusion, denoising diffusion, stable diffusion,
  text to image, flow matching, score based, rectified flow, classifier free guidance, diffusion
diffusion policy: action diffusion, diffusion based policy
diffusion sampling: few step sampling, ode solver, classifier free guidance, sampling schedule
diffusion training: noise schedule, representation alignment, flow matching, denoising objective
diffusion transformer: dit, diffusion transformer architecture
digital health: telemedicine, wearable, electronic health record, mobile health, remote patient
  monitoring
digital human: talking head, human avatar, head avatar, virtual human, full body avatar
digital humanities: historical document, ancient text, literary, historical text, archival, cultural
  heritage
digital twin: virtual replica, real to sim, real2sim
dimensionality reduction: principal component analysis, t sne, umap, manifold learning, low
  dimensional embedding, random projection
disaster response: flood, wildfire, earthquake, disaster management, search and rescue, hurricane
discourse: rhetorical structure, coherence relation, argumentation
discrete diffusion: masked diffusion, diffusion language model, uniform diffusion, absorbing state,
  masked generative
disease: patient, cancer, alzheimer, diabetes
disentanglement: disentangled, independent component, disentangled representation
disinformation: fake news, misinformation, propaganda, influence operation
distributed optimization: decentralized optimization, communication efficient, local sgd, consensus
  optimization
distributed training: data parallelism, pipeline parallelism, tensor parallelism, model parallelism,
  decentralized training, gradient compression, expert parallelism
distribution shift: domain shift, covariate shift, domain generalization, test time adaptation,
  out of distribution generalization
dna: genomic, genome, nucleotide, gene expression
document ai: document understanding, document parsing, ocr, document layout, table recognition,
  document question answering
document parsing: ocr, layout analysis, table recognition, document layout
document processing: document parsing, ocr, document understanding, pdf extraction, invoice
document retrieval: passage retrieval, dense retrieval, document search
document understanding: ocr, document parsing, document layout, document question answering,
  table recognition
domain adaptation: domain shift, test time adaptation
domain generalization: domain shift, out of distribution generalization, unseen domain
domain specific llm: domain specific fine tuning, financial llm, medical llm, legal llm
dpo: preference optimization, direct alignment, preference pair, preference data
driver monitoring: driver behavior, driver attention, drowsiness
driving simulation: driving world model, driving scene generation, closed loop simulation, carla,
  traffic simulation
drone: uav, quadrotor, unmanned aerial vehicle, aerial robot, aerial vehicle
drug: molecule generation, pharmacology, medication
drug design: molecule generation, molecular design, protein ligand, docking, binding affinity, lead
  optimization, de novo design
drug discovery: molecule generation, molecular design, protein ligand, docking, drug design, virtual
  screening, lead optimization, binding affinity, retrosynthesis, hit identification
drug interaction: adverse drug, polypharmacy
drug repurposing: drug target interaction, drug discovery
dubbing: lip sync, voice cloning
dynamic scene: 4d reconstruction, dynamic gaussian, scene flow, dynamic nerf, dynamic
  reconstruction, 4d gaussian
dynamic scene reconstruction: 4d reconstruction, dynamic gaussian, deformable gaussian, 4d gaussian
dynamical system: neural ode, koopman, chaotic system, system identification
e commerce: product search, product recommendation, online shopping, shopping agent, product listing
early exit: adaptive computation, layer skipping, dynamic depth
earth observation: remote sensing, satellite image, aerial image
earth science: weather forecasting, seismic, remote sensing, geoscience, hydrology, ocean, climate
  model, earthquake, geological, groundwater, streamflow, atmospheric
earthquake: seismic, seismology
ecg: electrocardiogram, arrhythmia, cardiac signal
ecology: biodiversity, wildlife
economics: auction, labor market, game theory, macroeconomic, econometric, monetary policy, contract
  theory
edge ai: on device, edge device, tinyml, microcontroller, edge deployment
edge computing: edge device, on device, tinyml, microcontroller
education: tutoring, student, teaching, classroom, tutor, pedagogical, knowledge tracing, essay
  scoring, homework, curriculum design, mooc, k 12
eeg: brain computer interface, motor imagery, brain signal, neural decoding
efficiency: quantization, pruning, distillation, speedup, low rank, acceleration, kv cache,
  speculative decoding, sparse attention, compression, memory footprint
efficient ai: quantization, pruning, knowledge distillation, model compression, on device, edge
  device, efficient inference
efficient architecture: linear attention, state space model, mamba, sparse attention, lightweight
  architecture, hybrid architecture
efficient attention: linear attention, sparse attention, flash attention, sliding window attention,
  sub quadratic, attention sparsity
efficient diffusion: few step generation, step distillation, feature caching, one step generation,
  diffusion quantization
efficient fine tuning: lora, low rank adaptation, parameter efficient, adapter tuning, qlora
efficient inference: quantization, speculative decoding, kv cache, pruning, sparse attention,
  inference acceleration, inference speed, early exit, token reduction, low latency, inference cost,
  few step, speedup, throughput, faster inference, linear attention, real time
efficient llm: quantization, pruning, kv cache, speculative decoding, small language model, low bit,
  sparse attention
efficient reasoning: overthinking, reasoning length, concise reasoning, short cot, token efficiency,
  thinking budget, adaptive thinking, cot compression, reasoning efficiency
efficient training: memory efficient, low precision, distributed training, parameter efficient,
  gradient checkpointing, training cost
efficient transformer: linear attention, sparse attention, token pruning, flash attention, sub
  quadratic
efficient vision language model: visual token compression, visual token pruning, token reduction,
  visual token reduction
egocentric video: egocentric, first person video, ego4d
elderly care: older adult, fall detection, dementia, aging population
election: voter, political campaign, partisan
electric vehicle: ev charging, charging station, battery management
electromagnetics: antenna, photonic, radar
electronic design automation: verilog, rtl, chip placement, logic synthesis, analog circuit,
  hardware description language
electronic health record: ehr, clinical note, patient record
embedding: text embedding, sentence embedding, word embedding, multimodal embedding,
  representation learning
embedding model: text embedding, sentence embedding, embedding benchmark
embodied agent: embodied navigation, vision language action, embodied task, household task, embodied
  reasoning, mobile manipulation
embodied ai: robot, robotic, embodied agent, vision language action, manipulation, navigation
embodied intelligence: embodied ai, vision language action, robot policy, embodied agent, robot
  manipulation
embodied navigation: vision language navigation, object goal navigation, visual navigation, object
  navigation
embodied question answering: embodied reasoning, embodied agent
embodied reasoning: embodied question answering, spatial reasoning for robot, robot planning,
  embodied planning
emergence: emergent ability, phase transition, emergent behavior, emergent capability, self
  organization
emergent ability: emergent capability, emergent behavior, phase transition
emergent misalignment: narrow fine tuning, broadly misaligned
emotion: sentiment, empathy, affective, facial expression, emotional, empathetic
emotion recognition: sentiment analysis, affective computing, emotion detection, speech emotion,
  facial expression
emotional support: empathetic dialogue, counseling, empathetic response, psychotherapy
empathy: empathetic, emotional support, emotional intelligence
encryption: cryptographic, secure multi party computation, encrypted
end to end driving: autonomous driving, driving policy, closed loop driving, vision language action
  driving
endoscopy: colonoscopy, polyp, gastrointestinal, laparoscopic
energy: power grid, smart grid, electricity, photovoltaic, renewable energy, lithium ion, wind
  power, wind turbine, nuclear fusion, solar power, load forecasting
energy based model: boltzmann machine, energy function, contrastive divergence, score matching
energy efficiency: energy consumption, carbon footprint, green ai, low power, carbon emission
energy forecasting: load forecasting, electricity price, solar power, wind power
engineering: computer aided design, structural design, mechanical design, topology optimization
engineering design: computer aided design, cad model, topology optimization, generative design
ensemble: bagging, random forest, mixture of agents, gradient boosting, ensembling
enterprise ai: enterprise, business process, workplace, enterprise data
entity linking: entity disambiguation, entity resolution, entity matching
entity resolution: entity matching, record linkage, entity linking, deduplication
entropy regularization: policy entropy, entropy collapse, maximum entropy, entropy bonus
environment generation: environment synthesis, environment scaling, procedural generation,
  unsupervised environment design, world generation
environmental science: air quality, biodiversity, climate model, hydrology, pollution
epidemiology: epidemic, public health, infectious disease, disease outbreak, pandemic
epilepsy: seizure, eeg monitoring
equivariance: equivariant, group symmetry, symmetry preserving, geometric deep learning
error correction: self correction, error detection
ethics: ai ethics, moral, fairness, responsible ai
evaluation: benchmark, metric, judge, leaderboard, human evaluation
evaluation metric: automatic evaluation, llm as a judge, human correlation, metric design, reference
  free
event camera: event based vision, neuromorphic camera, event stream
event extraction: event detection, event argument
evolution strategy: evolutionary algorithm, gradient free, neuroevolution, cma es
evolutionary algorithm: genetic algorithm, evolution strategy, evolutionary search,
  genetic programming, quality diversity
evolutionary computation: genetic algorithm, evolution strategy, genetic programming, evolutionary
  search, neuroevolution, quality diversity
experience replay: replay buffer, prioritized replay
experimental design: active learning, bayesian optimization, self driving laboratory, optimal
  design, autonomous experimentation
expert system: knowledge base, rule based system, neuro symbolic
explainability: interpretability, explanation, attribution, saliency, feature importance
explainable ai: interpretability, feature attribution, saliency map, counterfactual explanation,
  explainability, shapley
explainable recommendation: recommendation explanation, review based recommendation
exploration: intrinsic motivation, curiosity driven
expressive speech: emotional speech, prosody, speaking style, expressive tts
eye tracking: gaze estimation, eye movement, gaze
face: facial, portrait, talking head, identity preserving
face editing: face swap, facial attribute, face manipulation, portrait editing
face generation: face swap, portrait generation, face editing, identity preserving
face recognition: face verification, face identification, facial recognition
facial animation: talking head, lip sync, talking face, blendshape
facial expression: action unit, micro expression, emotion recognition
facial recognition: face recognition, face verification, face identification
fact checking: claim verification, fact verification
factuality: hallucination, fact checking, factual consistency, claim verification, factual accuracy
fair division: envy free, proportional allocation
fairness: bias mitigation, demographic parity, debiasing, group fairness, demographic bias
fake news: misinformation, disinformation, rumor detection, fact checking
fashion: garment, virtual try on, clothing, outfit, apparel
fault diagnosis: fault detection, predictive maintenance, condition monitoring
fault localization: bug localization, root cause analysis
fault tolerance: straggler, resilient training
feature attribution: saliency map, shapley, attribution method, integrated gradient
feature matching: image matching, dense correspondence, point correspondence
feature visualization: activation maximization, neuron visualization
federated learning: decentralized training, privacy preserving learning, client drift
few shot learning: few shot classification, one shot learning, meta learning
fiction: novel writing, story generation, creative writing, literary
film: movie, filmmaking, cinematic, cinematography, screenplay, multi shot video
filmmaking: movie, cinematic, cinematography, screenplay, multi shot video, film
finance: financial, portfolio, credit risk, cryptocurrency, investment strategy, asset allocation,
  hedge fund, investor, algorithmic trading, stock trading, trading strategy, trading agent,
  financial market, stock market, banking, stock price, stock return, stock prediction
financial forecasting: stock prediction, stock price, market prediction, return prediction,
  volatility
financial llm: financial analysis, financial question answering, financial report, finance agent,
  financial reasoning
fine grained recognition: fine grained classification
fine tuning: low rank adaptation, instruction tuning, supervised fine tuning, adapter,
  parameter efficient, finetuning
fintech: credit scoring, fraud detection, digital payment, robo advisor
fire: wildfire, smoke detection
flash attention: attention kernel, io aware
flow matching: rectified flow, flow based generative
fluid dynamics: navier stokes, turbulence, fluid simulation, computational fluid dynamics
fluid simulation: fluid dynamics, navier stokes, smoothed particle, turbulence
food: nutrition, dietary, cooking, meal
forecasting: time series, weather prediction, future prediction, event prediction, nowcasting
forensics: deepfake detection, image forgery, forgery detection, tampering, ai generated image
  detection, camera fingerprint
forgery detection: deepfake detection, image forensic, tampering, manipulation localization, face
  forgery
formal language: regular language, context free grammar, automata, chomsky hierarchy, dyck language
formal method: formal verification, model checking, theorem proving, smt solver,
  program verification
formal reasoning: theorem proving, formal proof, lean 4, first order logic, autoformalization
formal verification: program verification, verified code, proof assistant, smt solver, dafny,
  model checking
foundation model: large scale pretraining
fraud detection: money laundering, financial fraud
frontend development: web page generation, ui to code, design to code, webpage generation,
  screenshot to code
fully homomorphic encryption: private inference, encrypted inference, homomorphic encryption
function calling: tool calling, api call, tool use
fuzzing: fuzz testing, software testing, vulnerability discovery
gambling: poker, betting, prediction market
game: gameplay, minecraft, chess, video game, game engine, game playing, board game, poker, atari,
  game agent, text based game, npc, game development, starcraft, level generation, mahjong
game ai: game playing, game agent, video game, board game, minecraft, npc, strategy game
game development: game engine, game generation, level generation, game asset, unreal engine
game generation: playable, game engine, game world model, procedural content generation, interactive
  game, neural game
game playing: atari, chess, minecraft, starcraft, poker, self play, board game
game theory: nash equilibrium, mechanism design, stackelberg, auction, bargaining
gan: generative adversarial, stylegan, adversarial loss
gaussian process: kriging, gp regression, kernel function
gaussian splatting: 3dgs, gaussian primitive
gaze estimation: eye tracking, gaze following, gaze target
gender bias: gender stereotype, gendered, gender gap
gene editing: crispr, gene perturbation
gene expression: single cell, transcriptomic, rna seq, gene regulatory, perturbation prediction
generalist agent: generalist policy, multi task agent, general purpose agent, open ended agent
generalist robot: robot foundation model, generalist policy, cross embodiment, vision language
  action
generalization: out of distribution generalization, compositional generalization,
  length generalization, domain generalization, generalization bound, grokking
generative adversarial network: adversarial generation, stylegan, gan
generative ai: diffusion model, text to image, image generation, video generation
generative art: creative image, artwork
generative design: topology optimization, design generation, computer aided design, inverse design
generative flow network: gflownet, amortized sampling
generative model: diffusion model, gan, autoregressive generation, flow matching, vae
generative modeling: diffusion model, flow matching, gan, autoregressive generation, normalizing
  flow, vae, generative model
generative recommendation: semantic id, generative retrieval, generative recommender
generative retrieval: semantic id, document identifier, differentiable search index
generative video: text to video, video generation, image to video, video diffusion
genetic algorithm: evolutionary algorithm, evolutionary search, genetic programming, mutation and
  crossover
genetics: genomic, genome, gene expression, dna, genotype, mutation effect
genomics: dna sequence, genome, genomic, single cell, nucleotide
geography: geospatial, geolocation, spatial data, street view
geolocation: geo localization, place recognition, street view
geology: seismic, subsurface, mineral, geoscience, geological
geometric deep learning: equivariant, graph neural network, group symmetry, point cloud network
geometry: mesh, surface reconstruction, surface normal, geometric deep learning, point map
geometry problem solving: plane geometry, geometric reasoning, geometry problem, geometric problem,
  euclidean geometry
geospatial: satellite, remote sensing, geolocation, street view, earth observation
gesture: sign language
gesture recognition: hand gesture, sign language recognition
global health: public health, developing country, low resource healthcare, maternal health
goal conditioned reinforcement learning: goal reaching, goal conditioned policy, hindsight
  experience replay
gpu: cuda, gpu kernel, triton kernel, tensor core
gpu kernel: cuda kernel, kernel generation, triton kernel, kernel optimization, gpu programming,
  cuda, kernel fusion, tensor core, triton
gpu programming: cuda kernel, triton kernel, kernel generation, kernel fusion, cuda
gradient descent: sgd, stochastic gradient, gradient flow, convergence rate
grammar: syntax, grammatical
grammatical error correction: spelling correction, writing assistance, grammar correction
graph: graph neural network, knowledge graph, node classification, link prediction
graph algorithm: shortest path, graph partitioning, network analysis, graph theory
graph generation: molecule generation, graph generative model
graph learning: graph neural network, node classification, graph transformer, link prediction
graph neural network: message passing, node classification, graph convolution, graph transformer
graph reasoning: graph question answering, graph problem, graphrag
graph retrieval: graphrag, graph rag, knowledge graph question answering, graph based retrieval
graph signal processing: graph filter, spectral graph, graph fourier
graph theory: shortest path, graph coloring, combinatorics, spectral graph
graph transformer: graph attention, graph neural network
graphic design: poster generation, layout generation, logo design, svg generation
graphrag: graph based retrieval, knowledge graph rag, graph rag
grasping: grasp pose, grasp generation, robotic grasp, dexterous grasp, grasp synthesis
green ai: carbon footprint, energy consumption, carbon emission, energy efficient, power consumption
grpo: policy optimization, dapo, gspo, rlvr, group relative, advantage estimation
guardrail: safety classifier, content moderation, safeguard, llama guard, safety filter
gui agent: computer use, web agent, mobile agent, gui grounding, gui automation, os agent,
  screen understanding, web navigation
gui grounding: screen understanding, ui grounding, element grounding, gui element
hair: hairstyle
hallucination: factuality, factual consistency, unfaithful, object hallucination, factual error,
  hallucination detection, hallucination mitigation
hand: hand pose, hand mesh, hand object interaction, hand tracking
hand object interaction: hand pose, grasp synthesis, hand object reconstruction, hoi
hand pose estimation: hand mesh, hand tracking, hand reconstruction, hand pose
handwriting: handwritten
haptics: tactile, vibrotactile, force feedback
hardware: fpga, asic, accelerator design, tensor core, in memory computing, chip design, memristor,
  neuromorphic, photonic, risc v, systolic array, npu
hardware acceleration: fpga, accelerator design, systolic array, asic, tensor core, hardware
  accelerator
hardware design: verilog, rtl, electronic design automation, chip design
hardware software co design: hardware aware, accelerator design, algorithm hardware
harm: harmful content, misuse, toxicity, unsafe
harmful content: toxicity, hate speech, content moderation, unsafe content, nsfw
hashing: learned hash
hate speech: offensive language, toxic comment, abusive language
hci: user interface, human ai interaction, user experience, participatory design
hd map: online map construction, vectorized map, lane topology
health monitoring: wearable, vital sign, physiological signal, heart rate, remote
  photoplethysmography
healthcare: medical, clinical, patient, hospital, health, ehr, diagnosis, physician, telemedicine,
  clinician, disease, medication
heart: cardiac, ecg, electrocardiogram, echocardiography, arrhythmia
high performance computing: supercomputer, exascale, gpu cluster, mpi
high resolution image generation: 4k image, ultra high resolution, resolution extrapolation, high
  resolution synthesis
hiring: recruitment, job candidate, job matching, resume screening
histopathology: whole slide image, pathology, histology, tissue slide
history: historical document, archival, historian, historical text
holography: holographic, hologram, phase retrieval
home robot: household robot, household task, domestic robot, mobile manipulation, service robot
homomorphic encryption: private inference, encrypted inference, secure inference
human ai collaboration: human ai interaction, human ai teaming, co creation,
  human agent collaboration
human ai interaction: human ai collaboration, human agent interaction, user trust, user reliance
human alignment: human preference, value alignment, rlhf, human value
human animation: character animation, portrait animation, pose driven animation, talking head
human behavior: user behavior, behavior simulation, human simulation, human decision making,
  behavioral science
human centered ai: human ai interaction, human ai collaboration, participatory design
human computer interaction: user study, user interface, human ai collaboration,
  human ai interaction, user experience, human centered, participatory design
human evaluation: human judgment, human rating
human feedback: rlhf, human preference, preference learning
human in the loop: human feedback, human oversight, human ai collaboration, interactive learning
human motion: motion generation, text to motion, motion capture, human pose, human mesh, gait
human motion generation: text to motion, human motion synthesis, motion diffusion, dance generation,
  motion generation model
human motion prediction: pose forecasting, motion forecasting, trajectory prediction of pedestrian
human object interaction: hand object interaction, hoi detection, human scene interaction
human pose estimation: 3d pose, body pose, human mesh recovery
human preference: rlhf, preference optimization, reward model, preference alignment, pairwise
  preference
human reconstruction: human mesh recovery, clothed human, human avatar, body reconstruction
human robot interaction: human robot collaboration, social robot, teleoperation
human simulation: user simulation, social simulation, generative agent, human behavior simulation
human values: value alignment, pluralistic alignment, moral value, cultural value
humanities: historical document, literary, archaeology
humanoid: whole body control, humanoid robot, humanoid locomotion
humanoid robot: whole body control, humanoid locomotion, humanoid control, humanoid policy, bipedal,
  loco manipulation
humor: joke, comedy, meme, sarcasm
hybrid architecture: hybrid attention, mamba transformer, hybrid mamba, attention ssm hybrid, hybrid
  linear attention, hybrid model
hydrology: streamflow, rainfall runoff, flood, groundwater
hyperbolic geometry: hyperbolic space, hyperbolic embedding, lorentz model, poincare ball
hypergraph: higher order network
hypernetwork: weight generation, generated weight, parameter generation
hyperparameter: learning rate schedule, maximal update
hyperparameter optimization: learning rate tuning, hyperparameter transfer, bayesian optimization,
  hyperparameter tuning
hyperparameter tuning: hyperparameter optimization, hyperparameter transfer, learning rate tuning,
  maximal update parametrization
hyperspectral: multispectral, spectral image
hypothesis generation: scientific discovery, research idea, idea generation, ai scientist
image animation: image to video, portrait animation, character animation, cinemagraph
image captioning: dense captioning, caption generation, image description
image classification: fine grained recognition, imagenet classification, image recognition
image compression: learned compression, image codec, neural compression
image customization: subject driven, textual inversion, concept customization, identity preserving
image denoising: noise removal, noisy image, raw denoising
image editing: inpainting, instruction based editing, text guided editing, image manipulation,
  drag based editing, object removal, image edit, instruction guided editing, style transfer,
  background replacement
image enhancement: low light, super resolution, image restoration, image retouching, color
  enhancement
image fusion: infrared and visible, multi exposure, multi focus, pansharpening
image generation: text to image, image synthesis, latent diffusion, stable diffusion,
  autoregressive image, personalization, image diffusion, t2i, next scale prediction,
  visual autoregressive, image generator, subject driven generation, layout to image,
  text rendering, controlnet
image inpainting: object removal, outpainting, image completion, object insertion
image matching: feature matching, correspondence estimation
image matting: alpha matte, video matting, background removal, trimap
image processing: image restoration, denoising, deblurring, image enhancement, super resolution,
  image filtering, image signal processing
image quality: perceptual quality, aesthetic quality
image quality assessment: perceptual quality, no reference quality, aesthetic assessment
image recognition: image classification, visual recognition, fine grained recognition, object
  recognition
image registration: deformable registration, image alignment, medical registration
image restoration: super resolution, denoising, deblurring, inpainting, dehazing, low light
image retrieval: composed image retrieval, text to image retrieval, visual search
image segmentation: semantic segmentation, instance segmentation, segment anything,
  referring segmentation, panoptic
image synthesis: image generation, text to image
image to 3d: single image 3d, single view reconstruction, 3d asset
image to image translation: style transfer, unpaired image translation, domain translation, image
  translation
image to text: image captioning, ocr, image description
image to video: image animation, i2v
image tokenizer: visual tokenizer, vq vae, vector quantization, discrete visual token, 1d tokenizer,
  visual tokenization
image understanding: visual question answering, image captioning, image recognition, visual
  recognition, scene understanding
imitation learning: behavior cloning, learning from demonstration, inverse reinforcement learning
immersive media: virtual reality, 360 degree, panoramic video, spatial audio, volumetric video
immunology: antibody, t cell, immune, vaccine, antigen
implicit bias: implicit regularization, max margin, gradient flow
implicit neural representation: neural field, signed distance, coordinate network, neural radiance
  field, inr
in context learning: few shot prompting, many shot, in context example, in context demonstration,
  demonstration selection, few shot demonstration
in memory computing: processing in memory, memristor, analog computing, resistive memory
incremental learning: class incremental, continual learning, catastrophic forgetting
indian language: indic language, hindi, tamil, bengali, telugu, marathi, urdu, sanskrit, malayalam,
  kannada
indoor scene: room layout, indoor environment, floor plan, furniture, interior design
industrial: manufacturing, predictive maintenance, fault diagnosis, defect detection
industrial automation: industrial robot, programmable logic controller, manufacturing, predictive
  maintenance, process control
industry: manufacturing, industrial application
infectious disease: epidemic, pathogen, antibiotic, antimicrobial, covid 19, tuberculosis, malaria,
  virus
inference: decoding, test time compute, speculative decoding, kv cache, llm serving, model serving
inference acceleration: speculative decoding, kv cache, early exit, faster inference, feature
  caching, parallel decoding, inference speedup
inference cost: token efficiency, model cascade, speculative decoding, kv cache, llm routing,
  inference efficiency
inference efficiency: speculative decoding, kv cache, quantization, inference acceleration,
  inference cost, early exit, token pruning
inference engine: llm serving, vllm, sglang, llama cpp, tensorrt
inference optimization: speculative decoding, kv cache, quantization, llm serving, inference
  acceleration, operator fusion
inference scaling: test time compute, best of n, test time scaling, inference time scaling, repeated
  sampling
inference speed: speculative decoding, low latency, faster inference, speedup, inference
  acceleration, parallel decoding, decoding speed
inference time scaling: test time scaling, test time compute, best of n, repeated sampling,
  inference time compute
infographic: chart understanding, visual document, poster generation
information bottleneck: mutual information, rate distortion
information extraction: named entity recognition, relation extraction, event extraction
information retrieval: dense retrieval, retriever, reranking, search engine, passage retrieval,
  document retrieval, recommendation
information theory: mutual information, rate distortion, information bottleneck, channel capacity,
  kullback leibler, shannon entropy, coding theory
infrared: thermal image
inpainting: image inpainting, video inpainting, object removal, outpainting
instance segmentation: mask r cnn, panoptic segmentation, segment anything
instruction data: instruction tuning, self instruct, instruction synthesis, instruction following
  data
instruction following: constraint following, verifiable instruction
instruction tuning: instruction following, supervised fine tuning, instruction data
insurance: insurer, actuarial, claim processing
intellectual property: copyright, patent, model fingerprint, ownership verification, trade secret
intelligent transportation: traffic forecasting, traffic signal control, connected vehicle,
  autonomous vehicle
intelligent tutoring: knowledge tracing, personalized learning, tutoring system, ai tutor
intensive care: icu, sepsis, mortality prediction, vital sign
intent detection: intent recognition, intent classification, user intent
interactive segmentation: click based segmentation, promptable segmentation, segment anything,
  scribble
interactive world model: playable, game world model, world simulator, action conditioned video,
  controllable world model, real time world model, interactive video generation
interior design: furniture, room layout, indoor scene synthesis, home design
internet of things: iot, sensor network, smart home
interpretability: mechanistic interpretability, sparse autoencoder, probing, attention head,
  steering vector, activation patching, feature attribution, explainable, causal tracing, logit
  lens, linear probe, superposition, activation steering, attribution graph, saliency map,
  representation engineering, induction head, saes, circuit discovery, circuit analysis
intrusion detection: network security, network anomaly, cyberattack detection
inverse design: generative design, materials design, molecular design
inverse problem: compressed sensing, image reconstruction, tomography, deconvolution,
  diffusion posterior sampling
inverse rendering: material estimation, intrinsic decomposition, intrinsic image, relighting,
  svbrdf, illumination estimation
jailbreak: jailbreaking, adversarial prompt, attack success rate
jailbreak attack: adversarial prompt, jailbreaking, attack success rate, harmful request
japanese: kanji
job market: labor market, employment, occupation, job automation, future of work
journalism: news article, newsroom, news generation
kalman filter: state estimation, bayesian filtering
kernel generation: cuda kernel, triton kernel, gpu kernel, kernelbench, kernel optimization
kernel method: gaussian process, kernel regression, support vector machine, reproducing kernel,
  kernel ridge
keypoint detection: feature matching, landmark detection, image matching
keyword extraction: keyphrase extraction, keyphrase generation, term extraction
keyword spotting: wake word, voice command
knowledge base: knowledge graph, wikidata, ontology, entity linking
knowledge distillation: distilled, student model, teacher model, distillation
knowledge editing: model editing, knowledge update, unlearning
knowledge graph: entity linking, link prediction, triple extraction, ontology, graphrag
knowledge graph completion: link prediction, knowledge graph embedding, missing fact
knowledge injection: continual pretraining, knowledge editing, knowledge update, domain knowledge
  infusion
knowledge representation: knowledge graph, ontology, description logic, knowledge base
knowledge tracing: student performance, educational data
korean: hangul
kv cache: cache compression, cache eviction, cache quantization
kv cache compression: cache eviction, cache quantization, kv cache quantization, kv cache eviction,
  kv compression, cache compression, cache pruning, kv eviction
land cover: land use, crop mapping, deforestation, satellite image segmentation
lane detection: road marking, hd map, online map construction
language acquisition: child language, babylm, second language, developmentally plausible
language agent: llm agent, tool use, web agent, autonomous agent, agentic
language grounding: visual grounding, grounded language, instruction following robot
language identification: language detection, dialect identification
language learning: second language, language learner, english learner, grammatical error correction,
  vocabulary learning
language model: llm, large language model, gpt, bert, causal language modeling
language model pretraining: pretraining data, pretraining corpus, continual pretraining
language understanding: reading comprehension, natural language inference, semantic parsing, intent
  detection
large action model: action model, tool calling, gui agent, function calling
large multimodal model: multimodal large language model, vision language model, mllm, visual
  instruction tuning, omni modal
large reasoning model: reasoning model, long cot, overthinking, long chain of thought, thinking mode
large vision language model: vision language model, mllm, visual instruction tuning, visual question
  answering
latency: time to first token, faster inference, speedup, real time inference
latent diffusion: stable diffusion, latent space diffusion, representation autoencoder
latent reasoning: continuous thought, latent chain of thought, implicit reasoning,
  looped transformer, latent thought
law: legal, court, statute, contract, judicial, lawyer, legislation, attorney
layer pruning: depth pruning, layer skipping, layer removal, redundant layer
layout generation: graphic design, poster generation, scene layout
leaderboard: model ranking, elo rating, pairwise comparison
lean: theorem proving, formal proof, autoformalization, mathlib
learned optimizer: learning to optimize
learning from demonstration: imitation learning, behavior cloning, inverse reinforcement learning,
  human demonstration
learning from human feedback: rlhf, preference optimization, reward model, human preference,
  preference learning
learning from human video: egocentric human video, human video pretraining, human to robot transfer,
  human demonstration video, egocentric data
learning rate: maximal update
learning theory: generalization bound, sample complexity, pac bayes, regret bound, minimax,
  vc dimension, statistical learning
learning to rank: listwise ranking, ranking loss, pairwise ranking, reranking
legal: court, statute, judicial, lawyer, legislation
legal ai: legal, court, statute, judicial, contract review, lawyer
legal contract: contract review, contract understanding
legal nlp: legal text, court, statute, legal document, legal case, legal question answering
legged locomotion: quadruped, legged robot, bipedal, humanoid locomotion
legged robot: quadruped, legged locomotion, bipedal
length generalization: length extrapolation, context extension
level generation: procedural content generation, game level
lidar: laser scan, point cloud segmentation, 3d object detection
life science: protein, genomic, single cell, drug discovery, biomedical, molecular biology
lifelong learning: continual learning, catastrophic forgetting, incremental learning
lightweight model: mobilenet, compact model, edge device, small model, model compression,
  lightweight architecture
linear attention: gated linear attention, delta rule, linear recurrent
linear representation hypothesis: concept direction, steering vector, linear probe, feature
  direction
linguistics: syntax, morphology, phonology, psycholinguistic, grammatical, lexical semantics,
  dialect, phonetic, language acquisition, language change, language typology
link prediction: knowledge graph completion, temporal graph, missing link
lip reading: visual speech recognition, lip sync, audio visual speech recognition
lip sync: lip synchronization, talking face, talking head, visual dubbing
literature: literary, novel writing, poetry, fiction, poem
literature review: related work generation, systematic review, literature survey, survey generation,
  scientific literature
live streaming: streamer, livestream
live translation: simultaneous translation, speech translation, simultaneous interpretation
llm: language model, chatgpt, gpt 4, llama, qwen, deepseek, prompting, instruction tuning,
  in context learning, chain of thought, pretrained transformer
llm agent: language agent, agentic, tool use, tool calling, web agent, autonomous agent,
  multi agent, gui agent, agent framework, agent workflow, ai agent, agent
llm alignment: preference optimization, rlhf, safety alignment, value alignment, human preference
llm as a judge: llm judge, llm evaluator, autorater, automatic evaluator, judge model,
  pairwise evaluation, automatic evaluation, reward model benchmark
llm as agent: llm agent, tool use, agentic, autonomous agent
llm as optimizer: prompt optimization, evolutionary search, heuristic design, alphaevolve
llm based agent: llm agent, agentic, tool use, language agent, gui agent, web agent
llm benchmark: llm evaluation, humanity last exam
llm bias: gender bias, social bias, stereotype, political bias, position bias, cultural bias
llm compression: quantization, pruning, low bit, post training quantization, layer pruning,
  knowledge distillation, weight compression
llm deployment: llm serving, on device, edge device, quantization, inference cost
llm efficiency: quantization, kv cache, speculative decoding, pruning, sparse attention, inference
  efficiency, token efficiency
llm evaluation: llm benchmark, llm as a judge, llm judge, benchmark contamination
llm fine tuning: supervised fine tuning, lora, instruction tuning, parameter efficient, low rank
  adaptation, sft
llm for code: code generation, code llm, program repair, swe bench, code completion
llm for finance: financial, stock prediction, trading agent, financial report
llm for healthcare: medical question answering, clinical note, medical llm, clinical reasoning
llm for math: mathematical reasoning, theorem proving, math word problem, olympiad
llm for recommendation: llm based recommendation, generative recommendation, semantic id, llm
  recommender
llm for robotics: robot planning, vision language action, embodied agent, robot manipulation
llm for science: scientific discovery, hypothesis generation, ai scientist, scientific reasoning
llm for time series: time series forecasting, time series foundation model, time series reasoning
llm hallucination: hallucination detection, factuality, factual accuracy, unfaithful, hallucination
  mitigation
llm in education: tutoring, essay scoring, student learning, intelligent tutor
llm inference: speculative decoding, kv cache, llm serving, decoding speed
llm interpretability: mechanistic interpretability, sparse autoencoder, probing, activation
  patching, steering vector, attribution graph, circuit discovery, logit lens
llm jailbreak: jailbreaking, adversarial prompt, attack success rate, jailbreak attack
llm judge: llm as a judge, llm evaluator, judge model, autorater, pairwise evaluation
llm memory: long term memory, memory augmented, agent memory, memory bank, memory system
llm personalization: user preference, user profile, personalized response, personalized alignment
llm planning: task planning, plan generation, long horizon planning, task decomposition
llm post training: supervised fine tuning, preference optimization, rlhf, grpo, rlvr, instruction
  tuning
llm pretraining: pretraining data, pretraining corpus, scaling law, data mixture, continual
  pretraining
llm quantization: post training quantization, low bit, weight quantization, kv cache quantization, 4
  bit, activation quantization
llm reasoning: chain of thought, reasoning model, mathematical reasoning, test time compute,
  logical reasoning
llm reinforcement learning: grpo, rlvr, rlhf, ppo, verifiable reward, agentic rl, policy
  optimization
llm robustness: prompt sensitivity, adversarial prompt, prompt perturbation
llm safety: jailbreak, red teaming, harmful, safety alignment, guardrail, refusal
llm scaling: scaling law, compute optimal, scaling behavior
llm security: prompt injection, jailbreak, backdoor attack, data poisoning, model extraction
llm serving: continuous batching, prefill, inference engine, request scheduling, vllm,
  prefix caching
llm training: supervised fine tuning, rlhf, post training, instruction tuning, llm pretraining
llm unlearning: machine unlearning, forget set, knowledge removal, unlearning
llm watermarking: watermark, watermarked text, text watermark
load balancing: expert load, load balance, request scheduling, auxiliary loss free
local llm: on device, consumer gpu, edge device, llama cpp, local deployment
locomotion: legged robot, quadruped, bipedal, humanoid locomotion
log analysis: log parsing, anomaly in log, system log
logic: first order logic, temporal logic, logic programming, sat solver, logical reasoning
logical reasoning: deductive, syllogism, logic puzzle, first order logic, inductive reasoning
logistics: vehicle routing, supply chain, freight, last mile delivery, inventory management
long context: context window, context length, context extension, long document, long sequence, kv
  cache, length extrapolation, million token, needle in a haystack
long context llm: context extension, long document, million token, context window, long context
  modeling, needle in a haystack
long document: long context, long text, book length, document level
long horizon task: long horizon planning, multi step task, long horizon manipulation, long horizon
  agent
long tailed recognition: long tailed, class imbalance, tail class
long term memory: agent memory, memory bank, episodic memory, memory augmented, memory system
long video: hour long video, long form video, minute long
long video generation: minute long, long form video, autoregressive video, streaming video
  generation, multi shot video, infinite video
long video understanding: hour long video, long form video, keyframe selection, video token
  compression, long video
looped transformer: recurrent depth, weight sharing across layer, universal transformer, looped
  language model, recursive transformer
lora: low rank adapter, low rank adaptation
loss function: contrastive loss, focal loss
loss landscape: hessian, flat minima, mode connectivity, edge of stability, sharpness aware
lottery ticket hypothesis: sparse subnetwork, winning ticket, network pruning
low bit: quantization, int4, binary neural network, 4 bit, 2 bit, 1 bit
low level vision: super resolution, image denoising, deblurring, image restoration, dehazing,
  low light enhancement, deraining
low light enhancement: low light image, dark scene, night image
low precision training: fp8, fp4, mixed precision, nvfp4, mxfp4, quantized training
low rank: lora, matrix factorization, singular value decomposition
low resource: data scarcity, underrepresented language
low resource language: african language, indic language, underrepresented language, endangered
  language, swahili, yoruba, language preservation
machine ethics: moral reasoning, moral judgment, ethical reasoning, moral dilemma
machine learning: neural network, deep learning, supervised learning, learning algorithm
machine learning theory: generalization bound, sample complexity, regret bound, pac bayes, minimax
machine listening: sound event, audio tagging, audio classification, acoustic scene
machine psychology: personality trait, cognitive bias, psychometric, theory of mind
machine translation: neural machine translation, translation, multilingual translation, bilingual
machine unlearning: unlearning, forget set, data removal
malware: ransomware, malicious software, malicious code
mamba: state space model, selective state space, mamba2
manifold learning: intrinsic dimension, manifold hypothesis, dimensionality reduction, data
  manifold, low dimensional manifold
manipulation: robotic manipulation, robot manipulation, grasping, pick and place
manufacturing: assembly line, machining, production line, industrial production, industrial
  inspection
marine: ocean, coral reef
marketing: advertising, customer segmentation, ad creative, persuasive message
markov decision process: value iteration, partially observable, policy iteration
masked image modeling: masked autoencoder, masked modeling
mass spectrometry: metabolomics, proteomics, spectrum prediction
matching theory: stable matching, school choice
materials: crystal structure, materials discovery, alloy, interatomic potential, crystalline,
  polymer, catalyst design, density functional theory, metal organic framework
materials discovery: crystal structure prediction, crystal generation, inorganic material,
  interatomic potential, alloy, catalyst design
materials science: material discovery, crystal structure, inorganic material
math: mathematical reasoning, theorem proving, gsm8k, olympiad, math word problem
math benchmark: olympiad, competition math, frontiermath
math reasoning: mathematical reasoning, math word problem, olympiad, theorem proving
math word problem: grade school math, arithmetic reasoning
mathematical discovery: conjecture, alphaevolve, open problem in mathematics, mathematical research
mathematical optimization: integer programming, convex optimization, linear programming,
  combinatorial optimization, optimization modeling
mathematical reasoning: math, mathematics, theorem proving, math word problem, gsm8k, aime,
  mathematical, formal proof, inequality, olympiad
mathematics: mathematical reasoning, theorem proving, conjecture, combinatorics, mathematician,
  olympiad, formal proof
mcp: tool server, agent protocol, model context protocol
mechanical engineering: computer aided design, finite element, structural design, fault diagnosis
mechanism design: auction, incentive compatible, truthful mechanism, contract design
mechanistic interpretability: sparse autoencoder, activation patching, circuit discovery,
  induction head
media bias: news bias, political bias, partisan
medical: clinical, clinician, patient, disease, diagnosis, radiology, pathology, biomedical,
  healthcare, physician, cancer, surgical, dental, ophthalmology, dermatology, cardiac, medication,
  health record, radiotherapy
medical agent: clinical agent, patient simulation, agent hospital, clinical decision support
medical ai: clinical, patient, radiology, pathology, diagnosis, biomedical, healthcare
medical coding: icd coding, diagnosis code, billing code
medical diagnosis: differential diagnosis, disease prediction, diagnostic reasoning, computer aided
  diagnosis, clinical diagnosis
medical education: medical student, medical exam, clinical training, virtual patient
medical image analysis: radiology, medical imaging, ct scan, mri, pathology, x ray, medical image
  segmentation, ultrasound, medical image
medical image segmentation: organ segmentation, tumor segmentation, lesion segmentation
medical imaging: radiology, ct scan, mri, x ray, pathology, medical image, ultrasound, medical image
  segmentation, echocardiography, fundus, histopathology, endoscopy, mammography, retinal,
  radiograph, computed tomography, brain tumor
medical llm: medical question answering, clinical llm, medical large language model, clinical
  reasoning, medical knowledge, biomedical language model
medical question answering: medical exam, clinical question, biomedical question answering
medical reasoning: clinical reasoning, differential diagnosis, diagnostic reasoning, medical
  question answering
medical report generation: radiology report, report generation
medical robotics: surgical robot, rehabilitation robot, exoskeleton, prosthetic
medication: drug interaction, prescription, pharmacology, dosage
medicine: medical, clinical, clinician, patient, disease, diagnosis, radiology, pathology, health,
  healthcare, cancer, surgical, biomedical, physician, hospital, ehr, drug discovery, ophthalmology,
  dermatology, cardiac, medication, dental, vaccine
meeting summarization: meeting transcript, dialogue summarization, minutes generation
membership inference: privacy attack, training data extraction
memorization: memorize, training data extraction, verbatim
memory: long term memory, episodic memory, memory bank, memory augmented
memory efficiency: memory efficient, memory footprint, activation checkpointing, memory consumption,
  peak memory, expert offloading, cpu offloading
memory efficient training: gradient checkpointing, low memory optimizer, optimizer state, activation
  memory, zeroth order optimization
mental health: depression, psychotherapy, mental disorder, counseling
mesh: surface reconstruction, remeshing
mesh generation: artist created mesh, polygon mesh, quad mesh, autoregressive mesh, triangle mesh
meta learning: learning to learn, maml, few shot adaptation
metacognition: self knowledge, self awareness, know what they know, introspection, confidence
  estimation
metaphor: figurative language, idiom, sarcasm
meteorology: weather forecasting, nowcasting, precipitation, atmospheric, tropical cyclone, weather
  prediction
metric learning: triplet loss, similarity learning, deep metric, contrastive loss
microscopy: cell segmentation, cryo em, cell image
mid training: midtraining, continued pretraining, annealing phase, continual pretraining
military: defense application, battlefield, wargame, warfare, weapon
minecraft: open ended environment, voxel world, crafting task
minimax optimization: saddle point, gradient descent ascent
misalignment: reward hacking, deceptive alignment, scheming, goal misgeneralization
misinformation: fake news, disinformation, rumor detection
mixed integer programming: branch and bound, cutting plane, integer programming
mixture of agents: multi model collaboration, llm ensemble, model collaboration
mixture of experts: sparse expert, expert routing, expert model, gating network
ml engineering: mle bench, kaggle, automl, machine learning engineering, ml research agent
mlops: model deployment, model monitoring, machine learning lifecycle, ml pipeline, production
  machine learning
mobile: smartphone, android
mobile agent: smartphone agent, mobile gui, android agent, phone agent
mobile manipulation: whole body control, loco manipulation, household robot, mobile manipulator
modality gap: cross modal alignment, modality alignment
model alignment: preference optimization, rlhf, safety alignment, human preference
model calibration: confidence calibration, overconfidence, temperature scaling, expected calibration
  error
model collaboration: model fusion, llm ensemble, mixture of agents, multi llm, llm routing
model collapse: recursive training, self consuming
model compression: quantization, pruning, distillation, low bit, sparsity, weight sharing
model context protocol: mcp server, tool server, agent protocol
model deployment: llm serving, edge device, on device, inference engine
model distillation: knowledge distillation, student model, on policy distillation, teacher model
model editing: knowledge editing, weight editing
model efficiency: quantization, pruning, model compression, efficient inference
model evaluation: llm as a judge
model fingerprinting: model ownership, model provenance, ownership verification, intellectual
  property
model interpretability: mechanistic interpretability, feature attribution, sparse autoencoder,
  saliency map, probing
model merging: weight averaging, task arithmetic, model fusion, model soup
model predictive control: trajectory optimization, optimal control, receding horizon
model routing: llm routing, llm router, model cascade, model selection
model scaling: scaling law, compute optimal, parameter scaling
model security: model extraction, backdoor attack, model stealing, adversarial attack, data
  poisoning
model stealing: model extraction, distillation attack
molecular design: molecule generation, drug design, de novo design, molecular optimization
molecular dynamics: force field, interatomic potential, atomistic simulation
molecular generation: molecule generation, de novo design, drug design, 3d molecule
molecular property prediction: molecular representation, admet, molecule property, toxicity
  prediction
molecule: molecular generation, molecular property, drug design, smiles string
molecule generation: molecular generation, molecular design, de novo design, drug design
monitorability: chain of thought monitoring, cot faithfulness
monte carlo: mcmc, importance sampling, langevin
monte carlo tree search: tree search, tree of thought, alphazero
moral reasoning: moral judgment, moral dilemma, ethical reasoning
morphology: morpheme
motion capture: mocap, marker based, human motion, inertial sensor
motion control: motion guided, trajectory control, controllable motion, drag based, motion
  conditioned
motion generation: text to motion, dance generation, human motion synthesis, motion diffusion,
  motion synthesis
motion planning: trajectory planning, path planning, trajectory optimization
motion transfer: motion retargeting, motion customization, reference motion
movie: film, cinematic, screenplay
mri reconstruction: accelerated mri, k space, undersampled mri
multi agent: agent collaboration, multi agent debate, agent society, agent communication
multi agent debate: llm debate, agent debate
multi agent reasoning: multi agent debate, agent collaboration, llm debate
multi agent reinforcement learning: marl, cooperative multi agent, decentralized policy
multi agent simulation: social simulation, agent society, generative agent, traffic simulation
multi agent system: agent collaboration, multi agent debate, agent orchestration, agent society,
  agent communication
multi armed bandit: contextual bandit, thompson sampling, regret bound
multi document summarization: long document summarization, cross document
multi hop reasoning: multi hop question answering, hotpotqa, knowledge graph reasoning
multi modal learning: multimodal, vision language, audio visual, cross modal, multimodal fusion
multi object tracking: pedestrian tracking, data association, track any object
multi objective optimization: multi objective reinforcement learning, multiobjective, pareto
  optimal, pareto set, pareto front
multi robot: swarm robotics, robot swarm, robot fleet
multi shot video: shot transition, cinematic video, story video
multi task: task interference
multi task learning: gradient conflict, task interference, task balancing
multi token prediction: parallel decoding, future token prediction
multi turn: multi round
multi turn conversation: multi turn dialogue, dialogue system, multi turn interaction
multiagent: multi agent, agent collaboration, multi agent debate, marl
multilingual: low resource language, cross lingual, machine translation, non english, language
  coverage, african language, indic language, code switching, multilinguality, parallel corpus
multilingual llm: cross lingual, low resource language, language coverage, multilingual pretraining,
  non english
multilingual nlp: cross lingual, low resource language, machine translation, multilingual
  pretraining
multimodal: vision language, audio visual, image text, cross modal, omni modal, mllm, vlm
multimodal agent: gui agent, computer use, visual agent, web agent, multimodal tool use
multimodal ai: vision language, multimodal large language model, audio visual, cross modal, omni
  modal, mllm
multimodal alignment: modality alignment, cross modal alignment, image text alignment, vision
  language alignment
multimodal benchmark: vision language benchmark, visual question answering benchmark, mllm
  evaluation, multimodal evaluation
multimodal embedding: image text embedding, cross modal retrieval, multimodal retrieval
multimodal fusion: sensor fusion, modality fusion, cross modal fusion, missing modality
multimodal generation: text to image, text to video, audio video generation, any to any generation
multimodal hallucination: object hallucination, visual hallucination, hallucination in vision
  language model, lvlm hallucination
multimodal large language model: mllm, vision language model, visual instruction tuning,
  visual question answering, omni modal
multimodal llm: mllm, multimodal large language model, vision language model,
  visual instruction tuning
multimodal model: vision language model, mllm, multimodal large language model, omni modal
multimodal pretraining: vision language pretraining, image text pretraining, native multimodal
multimodal rag: visual document retrieval, multimodal retrieval augmented, visual rag, multimodal
  retrieval
multimodal reasoning: visual reasoning, visual chain of thought, thinking with images, visual math
multimodal retrieval: image text retrieval, composed image retrieval, cross modal retrieval,
  video retrieval, visual document retrieval
multimodal safety: vision language jailbreak, multimodal jailbreak, unsafe image
multimodal understanding: visual question answering, vision language model, image captioning, mllm
muon: spectral norm, orthogonalized update, newton schulz
music: musical, song, melody, singing, symbolic music, music generation, lyrics, piano, midi, chord,
  composer, musician
music generation: text to music, song generation, symbolic music generation, music composition
music recommendation: playlist, song recommendation
music theory: chord, counterpoint, symbolic music
music understanding: music captioning, music question answering, music transcription
named entity recognition: entity extraction, entity typing, sequence labeling
narrative: storytelling, story generation, story understanding
natural disaster: flood, wildfire, earthquake, hurricane, tropical cyclone, landslide
natural language generation: text generation, summarization, story generation, data to text
natural language inference: textual entailment, entailment
natural language interface: text to sql, conversational interface, voice interface
natural language understanding: text classification, natural language inference, intent detection,
  reading comprehension
navigation: vision language navigation, path planning, object goal
negotiation: bargaining, buyer seller, persuasion
network: wireless, network traffic, telecom, 6g, 5g
network analysis: social network, community detection, graph mining, centrality
network security: intrusion detection, malware, network attack, ddos, traffic classification
networking: network traffic, congestion control, wireless network, network management, routing
  protocol
neural architecture search: nas, architecture search
neural codec: audio codec, image codec, video codec, learned compression, speech codec
neural field: implicit neural representation, signed distance, neural radiance field, coordinate
  network
neural machine translation: machine translation, translation model, multilingual translation
neural network: deep network, multilayer perceptron, convolutional network
neural network theory: overparameterized, neural tangent kernel, mean field, infinite width, loss
  landscape, generalization bound
neural ode: continuous depth, ode solver, neural differential equation
neural operator: fourier neural operator, operator learning, deeponet
neural radiance field: radiance field, novel view synthesis, volume rendering, neural scene
  representation
neural rendering: neural radiance field, gaussian splatting, inverse rendering
neural scaling law: compute optimal, scaling exponent, data scaling, scaling behavior
neural tangent kernel: infinite width, lazy training, feature learning regime
neuro symbolic: neurosymbolic, logic programming, program induction, symbolic reasoning
neuroimaging: fmri, brain mri, diffusion mri, brain imaging
neuromorphic: spiking neural network, event camera, memristor
neuromorphic computing: spiking neural network, memristor, event camera, loihi
neuroscience: fmri, eeg, cortex, neuroimaging, hippocampus, spike train, brain activity, brain,
  neural recording, brain computer interface, neural decoding, cortical, synaptic
news: journalism, headline, newsroom, journalist
news recommendation: news feed, click behavior
nlp: text classification, named entity recognition, summarization, machine translation, question
  answering, parsing, sentiment analysis, relation extraction, text generation, natural language
  inference, coreference, part of speech, information extraction, text simplification, grammatical
  error correction, dialogue system, topic model, semantic parsing, machine reading
noisy label: label noise, mislabeled, learning with noise
non autoregressive: parallel decoding, masked generative, diffusion language model
normalization: rmsnorm, layernorm
normalizing flow: invertible network, flow based model, autoregressive flow
novel view synthesis: neural radiance field, gaussian splatting, view synthesis
nowcasting: precipitation forecasting, rainfall prediction, short term weather
nuclear fusion: tokamak, plasma
numerical method: finite element, numerical solver, finite difference, numerical integration, pde
  solver
nutrition: dietary, food, meal
object centric learning: slot attention, object centric representation
object counting: crowd counting, counting object, class agnostic counting
object detection: open vocabulary detection, yolo, detector, detr, bounding box, grounding
object manipulation: robot manipulation, grasping, pick and place, articulated object, object
  rearrangement
object pose estimation: 6d pose, 6dof pose, category level pose
object recognition: image classification, object detection, image recognition, object categorization
object removal: image inpainting, video inpainting, background completion
object tracking: visual tracking, track any object
occupancy prediction: 3d occupancy, occupancy network, semantic occupancy
ocean: sea surface, oceanographic
ocr: text recognition, document parsing, scene text, handwritten text
offline reinforcement learning: offline rl, conservative q learning, decision transformer
offline rl: offline reinforcement learning, conservative q learning, decision transformer, batch
  reinforcement learning
olympiad: imo, competition math, competition level
omni modal: any to any, omni model, omni modality
on device: edge device, mobile device, smartphone
on device ai: edge device, mobile device, smartphone, tinyml, edge deployment
on device llm: edge device, mobile device, small language model, smartphone
on policy distillation: on policy self distillation, opd, opsd
oncology: cancer, tumor, oncologist, radiotherapy, chemotherapy
one step generation: one step diffusion, single step generation, one step generator, meanflow,
  consistency model, consistency distillation
online convex optimization: regret bound, online gradient descent
online learning: regret bound, online convex optimization, bandit, streaming data
open domain question answering: multi hop question, passage retrieval, natural question, retrieval
  augmented
open ended generation: creative writing, free form generation, long form generation, story
  generation
open science: open data, research infrastructure
open set recognition: unknown class, novel class discovery, out of distribution detection
open source: open weight, fully open, open model, publicly released model
open source llm: open weight model, open weights, fully open model, open model, open language model
open source model: open weight model, open weights, fully open model, open model
open vocabulary: open vocabulary detection, open vocabulary segmentation
open vocabulary detection: open set detection, open world detection, grounding dino, open vocabulary
  object detection
open vocabulary segmentation: open vocabulary semantic segmentation, referring segmentation, text
  prompted segmentation
open world: open set, open ended environment, open vocabulary
operating system: kernel scheduling, file system, os kernel
operations research: vehicle routing, supply chain, integer programming, mixed integer,
  combinatorial optimization, inventory management
ophthalmology: retinal, fundus, glaucoma, retinopathy, optical coherence tomography
optical character recognition: text recognition, handwritten text, scene text, text spotting,
  document parsing
optical computing: photonic, optical neural network
optical flow: scene flow, flow estimation
optics: photonic, metasurface, lens design, holography, optical system
optimal control: model predictive control, trajectory optimization, stochastic control, hamilton
  jacobi
optimal transport: wasserstein, sinkhorn, schrodinger bridge
optimization: gradient descent, convex optimization, combinatorial optimization,
  bayesian optimization, bilevel optimization, zeroth order
optimization modeling: operations research, mathematical programming, optimization formulation,
  integer programming
optimizer: adam, adamw, muon, sgd, learning rate schedule, second order optimization, shampoo,
  stochastic gradient descent
ordinary differential equation: neural ode, ode solver, dynamical system
out of distribution: distribution shift, domain shift, ood detection, out of domain
out of distribution detection: ood detection, anomaly detection, novelty detection
out of distribution generalization: distribution shift, domain generalization, domain shift,
  compositional generalization
overfitting: generalization gap, reward overoptimization
overrefusal: over refusal, exaggerated safety, false refusal
overthinking: efficient reasoning, reasoning length, redundant reasoning, excessive reasoning
painting: artwork, brush stroke, art history
pair programming: coding assistant, copilot, developer assistant
panoptic segmentation: instance segmentation, panoptic quality
panorama: panoramic, 360 degree, omnidirectional, equirectangular
parallel decoding: multi token prediction, speculative decoding, jacobi decoding, blockwise
  decoding, diffusion language model
parallel reasoning: parallel thinking, multi path reasoning, multi branch reasoning, self
  consistency
parameter efficient fine tuning: lora, low rank adaptation, prompt tuning, prefix tuning, qlora
paraphrase: rewriting, paraphrasing
parkinson: neurodegenerative, tremor, gait impairment
part segmentation: 3d part, part aware, part level segmentation, object part
partial differential equation: neural operator, physics informed neural network, navier stokes,
  operator learning
particle physics: collider, high energy physics, jet tagging, large hadron collider
patent: intellectual property
path planning: motion planning, route planning, collision avoidance, pathfinding, trajectory
  planning
pathfinding: path planning, multi agent path finding, maze
pathology: whole slide image, histopathology, histology
patient simulation: virtual patient, simulated patient, patient agent
pattern recognition: image classification, object recognition, clustering
pedestrian: person re identification, crowd simulation
peer review: paper review, review generation, reviewer
person re identification: pedestrian retrieval, person search, person reid
persona: role playing, personality trait
personal assistant: personal agent, virtual assistant, voice assistant, proactive agent,
  personalized assistant
personality: big five, persona, role playing
personalization: user preference, personalized, customized generation, subject driven
personalized image generation: subject driven, textual inversion, identity preserving, concept
  customization, image personalization
personalized learning: adaptive learning, intelligent tutoring, knowledge tracing, tutoring
personalized medicine: precision medicine, precision oncology, patient specific, treatment
  recommendation
persuasion: persuasive, argumentation, opinion change, influence operation
philosophy: epistemology, consciousness, philosophical
phishing: social engineering, spam
phonology: phoneme, phonetic
photo editing: image editing, image retouching, image enhancement, object removal
photonics: optical neural network, metasurface
physical ai: embodied ai, vision language action, world foundation model, autonomous vehicle,
  embodied intelligence
physical commonsense: intuitive physics, physical plausibility, physical reasoning
physical reasoning: intuitive physics, physical commonsense, physics reasoning
physical simulation: physics engine, fluid simulation, rigid body, finite element, physics
  simulator, cloth simulation
physically plausible video: physical realism, physics aware, physical plausibility, physical
  consistency, physical law
physics: physical law, physical simulation, physics informed, dynamics simulation, astrophysics,
  thermodynamics, rigid body, turbulence, particle physics, navier stokes, quantum mechanics,
  physics based, physically plausible, fluid dynamics, fluid simulation, optics, electromagnetism,
  condensed matter
physics based simulation: physics engine, rigid body, cloth simulation, fluid simulation,
  differentiable physics
physics informed neural network: physics informed, pde solver, physics constrained, neural operator
physiological signal: eeg, ecg, heart rate, photoplethysmography, wearable
place recognition: visual localization, loop closure, geo localization
plagiarism: text reuse, authorship attribution, academic integrity
planetary science: lunar, planetary, asteroid, martian
planning: task planning, monte carlo tree search, path planning, long horizon, motion planning,
  trajectory planning, task decomposition, symbolic planning
plant: botanical, phenotyping, leaf disease
plasma physics: tokamak, nuclear fusion, magnetohydrodynamic
poetry: poem, rhyme
point cloud: lidar, 3d point
point of interest: next location prediction, location recommendation, human mobility
point process: hawkes process, event sequence
point tracking: track any point, dense tracking, tracking any point, long term tracking of point
policy gradient: ppo, grpo, reinforce algorithm, actor critic, trust region, policy optimization
policy learning: imitation learning, visuomotor policy, behavior cloning, robot policy
policy optimization: grpo, ppo, policy gradient, trust region, gspo, dapo, clipping ratio
political science: political bias, election, partisan, public opinion, ideology, voter
politics: political bias, election, partisan, political ideology, political, voter, democracy,
  propaganda, geopolitical, parliament
pollution: air quality, emission monitoring, pollutant
polymer: copolymer
portrait animation: talking head, lip sync, talking face, audio driven portrait, facial animation
pose estimation: human pose, 6d pose, keypoint detection, hand pose, camera pose
positional encoding: position embedding, rotary position, positional embedding, rope
post training: supervised fine tuning, instruction tuning, preference optimization, rlhf, rlvr
post training quantization: weight quantization, low bit, weight only quantization, 4 bit
poster generation: graphic design, layout generation, scientific poster
power grid: smart grid, power system, electricity, load forecasting, power flow
power system: smart grid, power grid, electricity, optimal power flow
pragmatics: implicature, communicative intent, conversational maxim
precision medicine: personalized medicine, precision oncology, biomarker, genomic medicine
prediction market: event forecasting, future event prediction, forecasting question
predictive coding: hebbian, biologically plausible learning, predictive processing
predictive maintenance: fault diagnosis, remaining useful life, condition monitoring, fault
  detection
preference alignment: preference optimization, dpo, rlhf, human preference, reward model
preference data: preference dataset, pairwise preference, preference pair, preference annotation
preference learning: preference optimization, dpo, rlhf, reward model, pairwise preference, bradley
  terry
preference optimization: dpo, preference alignment, preference learning
presentation generation: slide generation, powerpoint, poster generation
pretrained model: pre trained language model, pretrained transformer, large scale pretraining
pretraining: pre training, pretraining data, pretraining corpus, foundation model
pretraining data: pretraining corpus, web crawl, common crawl, data mixture, data filtering, web
  corpus
privacy: differential privacy, membership inference, data leakage, personal information, private
  data, unlearning, anonymization, federated learning, homomorphic encryption, private inference,
  contextual integrity, privacy leakage, differentially private, sensitive information, de
  identification, personally identifiable information, secure multi party computation, private
  training
privacy preserving: differential privacy, federated learning, secure multi party computation,
  homomorphic encryption, anonymization, privacy preservation
proactive agent: proactive assistant, proactive dialogue, proactive assistance, proactive
  interaction
probabilistic model: latent variable model, variational inference, probabilistic graphical, gaussian
  process, probabilistic inference, bayesian inference
probabilistic programming: bayesian inference, probabilistic program
procedural generation: procedural content generation, procedural modeling, level generation
process mining: business process, event log
process reward model: process reward, process supervision, step level reward, process verifier
product design: industrial design, computer aided design, design ideation
productivity: workplace, office task
program analysis: static analysis, symbolic execution, fuzzing, program verification, type inference
program repair: bug fixing, vulnerability repair, automated program repair
program synthesis: program induction, inductive synthesis, code generation
program verification: formal verification, dafny, loop invariant, verified code, verus
programming: code generation, coding, programmer, software development, program synthesis, code llm
programming education: student program, code explanation, introductory programming
programming language: compiler, type system, program synthesis, domain specific language
prompt compression: context compression, gist token, token reduction in prompt, prompt pruning
prompt engineering: prompt optimization, prompt tuning, prompting, soft prompt
prompt injection: indirect injection, injection attack
prompt learning: prompt tuning, soft prompt, visual prompt, prompt optimization
prompt optimization: prompt tuning, prompt evolution, automatic prompt
prompt tuning: soft prompt, prefix tuning, prompt learning, visual prompt
prompting: prompt engineering, chain of thought prompting, few shot prompting, prompt optimization
prosody: intonation, expressive speech, speaking style
prosthetics: exoskeleton, rehabilitation, assistive device
protein: protein structure, protein design, amino acid, protein language model, antibody
protein design: antibody design, enzyme design, inverse folding, binder design
protein engineering: protein design, enzyme design, directed evolution, protein fitness, antibody
  design
protein folding: protein structure prediction, alphafold, protein conformation
protein language model: protein sequence model, protein sequence, amino acid
protein structure: alphafold, protein folding, protein design, inverse folding, protein conformation
protein structure prediction: alphafold, protein folding, structure prediction
proteomics: mass spectrometry, peptide sequencing, protein identification
pruning: sparsity, pruned, sparse network, structured sparsity, token pruning
psychiatry: mental health, depression, mental disorder, schizophrenia, psychotherapy, suicide
psycholinguistics: sentence processing, reading time, surprisal, language acquisition
psychology: personality trait, mental health, cognitive bias, psychometric, psychological, theory of
  mind, emotion regulation, psychotherapy
public health: epidemic, epidemiology, pandemic, vaccine, infectious disease, health policy,
  vaccination, covid 19
public opinion: survey respondent, opinion dynamic, political attitude, opinion poll
public policy: ai policy, regulation of ai, government, policymaking
puzzle: sudoku, maze, crossword, brain teaser
quality diversity: evolutionary search, map elites, novelty search
quantitative finance: portfolio, stock, alpha factor, financial market, alpha mining, algorithmic
  trading
quantization: low bit, 4 bit, 8 bit, int4, binarization, mixed precision, quantized,
  post training quantization
quantization aware training: low bit, quantized training, straight through estimator
quantum: qubit, quantum circuit, quantum computing, quantum mechanics
quantum algorithm: variational quantum, quantum circuit, quantum annealing
quantum chemistry: density functional theory, interatomic potential, molecular dynamics, electronic
  structure, schrodinger equation
quantum circuit: qubit, quantum gate, quantum compilation
quantum computing: qubit, quantum circuit, quantum algorithm
quantum error correction: surface code, quantum decoder
quantum machine learning: quantum neural network, variational quantum, quantum circuit
query rewriting: query expansion, query reformulation
query understanding: query rewriting, query expansion, query intent, search intent
question answering: open domain, reading comprehension, visual question answering, multi hop,
  qa dataset
question generation: question synthesis, problem synthesis, clarifying question
racial bias: demographic bias, social bias, stereotype, racism
radar: millimeter wave, mmwave
radiance field: nerf, gaussian splatting, novel view synthesis
radiology: chest x ray, ct scan, mri, radiology report, mammography
radiology report: chest x ray, report generation, radiologist
radiology report generation: chest x ray, medical report generation, report generation
rag: retrieval augmented, augmented generation, grounded question answering
random forest: gradient boosting, decision tree, tree ensemble
raw image: image signal processing, raw denoising, camera sensor
reaction prediction: retrosynthesis, chemical reaction
reading comprehension: machine reading, passage comprehension
real estate: house price, property valuation
real time: low latency, streaming inference, real time inference
real time rendering: gaussian splatting, real time novel view, game engine
real time video generation: streaming video generation, autoregressive video, interactive video
  generation, few step video
realtime: low latency, real time
reasoning: chain of thought, step by step, logical reasoning, mathematical reasoning,
  test time compute, reasoning model, deductive, multi hop
reasoning efficiency: efficient reasoning, overthinking, reasoning length, token efficiency,
  thinking budget
reasoning faithfulness: chain of thought faithfulness, unfaithful reasoning, faithful reasoning, cot
  faithfulness
reasoning model: large reasoning model, deepseek r1, long cot, test time compute, overthinking
recommendation: collaborative filtering, sequential recommendation, click through rate,
  generative recommendation, recommender
recommendation system: collaborative filtering, user item, click through rate, sequential
  recommendation, recommender
recommender system: recommendation, collaborative filtering, user item, click through rate,
  recommend
recurrent neural network: lstm, gru, linear recurrent, recurrent model, linear rnn
red teaming: jailbreak, adversarial prompt, prompt injection, attack success rate
referring segmentation: reasoning segmentation, referring expression segmentation, referring image
  segmentation
regularization: weight decay, dropout, label smoothing
rehabilitation: physical therapy, stroke patient, exoskeleton, prosthetic
reinforcement fine tuning: grpo, rlvr, verifiable reward, policy optimization
reinforcement learning: policy optimization, ppo, grpo, q learning, actor critic, policy gradient,
  rlhf, reward model, offline rl, reward shaping, rlvr, verifiable reward, markov decision process,
  bandit, self play, multi agent reinforcement learning, agentic rl, offline reinforcement learning,
  policy optimisation
reinforcement learning for llms: grpo, rlvr, rlhf, ppo, verifiable reward, policy optimization
reinforcement learning from verifiable rewards: rlvr, grpo, verifiable reward
relation extraction: information extraction, triple extraction, entity relation
reliability: uncertainty quantification, failure detection, confidence calibration
relighting: lighting control, light editing, inverse rendering
religion: religious, bible, quran, islamic
remote photoplethysmography: heart rate, vital sign
remote sensing: satellite, aerial, earth observation, geospatial
rendering: neural rendering, ray tracing, gaussian splatting, rasterization,
  differentiable rendering
renewable energy: solar power, wind power, photovoltaic, wind farm
repository level code generation: repository level, swe bench, repository context
representation alignment: platonic representation, representation similarity, repa
representation engineering: steering vector, activation steering, concept vector, activation
  engineering
representation learning: contrastive learning, self supervised learning, masked autoencoder, jepa,
  disentangled representation
reproducibility: reproduce published, reproduction of result
reranking: reranker, rerank, passage ranking, listwise ranking
research paper: scientific literature, peer review, scientific paper, scholarly
reservoir computing: echo state, random recurrent network
responsible ai: fairness, ai ethics, ai governance, trustworthy ai
retail: e commerce, product recommendation, customer purchase, grocery, shopping
retinal imaging: fundus, retinopathy, ophthalmology, optical coherence tomography
retrieval: retriever, dense retrieval, reranking, retrieval augmented, search engine
retrosynthesis: reaction prediction, synthesis planning, organic synthesis
reverse engineering: decompilation, binary analysis, disassembly
reward design: reward shaping, reward function, reward engineering, reward model
reward free: intrinsic reward, unsupervised skill
reward hacking: reward overoptimization, specification gaming, reward gaming, proxy reward, reward
  misspecification
reward learning: inverse reinforcement learning, reward model, preference learning, rlhf
reward model: reward modeling, process reward, preference model, reward hacking, verifier
reward modeling: reward model, process reward, preference model, generative reward, bradley terry,
  reward hacking
risk management: credit risk, financial risk, risk assessment, value at risk
rl for llm: grpo, rlvr, rlhf, ppo, agentic rl, policy optimization, verifiable reward
rl training: grpo, ppo, rlvr, policy optimization, entropy collapse
rlaif: ai feedback, constitutional ai, self rewarding
rlhf: reward model, preference optimization, human feedback, preference learning
rlvr: verifiable reward, grpo
rna: mrna, transcriptomic
robot: robotic, manipulation, humanoid, grasping, locomotion, quadruped, dexterous, vision language
  action, embodied, exoskeleton, gripper, teleoperation, bimanual, visuomotor
robot control: robot policy, visuomotor policy, whole body control, model predictive control,
  manipulation policy, legged locomotion
robot dog: quadruped, legged robot, legged locomotion
robot foundation model: vision language action, generalist robot policy, generalist policy, robot
  pretraining
robot grasping: grasp pose, grasp synthesis, dexterous grasping, grasp detection
robot hand: dexterous hand, in hand manipulation, dexterous manipulation
robot learning: robot policy, visuomotor policy, robot manipulation, vision language action
robot manipulation: grasping, bimanual, pick and place, contact rich, dexterous manipulation,
  manipulation policy, visuomotor policy
robot navigation: vision language navigation, object goal navigation, mobile robot,
  visual navigation
robot planning: task planning, motion planning, long horizon manipulation, task and motion planning
robot policy: visuomotor policy, diffusion policy, vision language action, manipulation policy,
  imitation learning, behavior cloning
robot simulation: robot simulator, mujoco, sim to real, domain randomization, isaac gym
robot vision: visual servoing, grasp detection, robot perception, 6d pose
robotic arm: robot manipulation, robot arm, grasping, pick and place
robotic manipulation: grasping, bimanual, pick and place, dexterous manipulation, manipulation
  policy, visuomotor policy
robotic surgery: surgical robot, laparoscopic, surgical video
robotics: robot, robotic, manipulation, humanoid, grasping, locomotion, quadruped, dexterous,
  vision language action, embodied, bimanual, teleoperation, sim to real, robot policy, visuomotor,
  legged, quadrotor, gripper, end effector
robustness: adversarial robustness, distribution shift, perturbation, out of distribution
role playing: role play, persona consistency
room acoustics: impulse response, reverberation, sound propagation
room layout: floor plan, indoor scene synthesis, furniture arrangement
root cause analysis: incident management, aiops, fault localization
safety: jailbreak, red teaming, harmful, guardrail, safety alignment, unsafe
safety alignment: refusal, safety fine tuning, jailbreak, safety training, harmlessness, overrefusal
safety evaluation: red teaming, safety benchmark, jailbreak benchmark, harmful behavior
sample efficiency: sample efficient, data efficiency, model based reinforcement learning
sarcasm: irony, figurative language, humor
satellite: remote sensing, earth observation, sentinel 2
scalable oversight: weak to strong generalization, ai debate, human oversight, superalignment
scaling law: compute optimal, scaling behavior, scaling exponent, chinchilla, scaling property,
  neural scaling, scaling up
scene generation: scene synthesis, text to scene, layout generation, indoor scene synthesis, world
  generation
scene graph: scene graph generation, visual relationship
scene reconstruction: gaussian splatting, neural radiance field, structure from motion, dynamic
  reconstruction, multi view stereo
scene text: text spotting, text detection, text recognition
scene understanding: scene graph, semantic segmentation, scene parsing, spatial understanding
scheduling: job shop, resource allocation, timetable
science: scientific discovery, scientific literature, research idea, hypothesis generation
science of deep learning: training dynamics, grokking, double descent, loss landscape, scaling law
scientific agent: ai scientist, scientific discovery, automated research, research agent, autonomous
  laboratory
scientific benchmark: scientific reasoning benchmark, phd level
scientific computing: partial differential equation, neural operator, surrogate model,
  numerical simulation, computational fluid dynamics
scientific discovery: hypothesis generation, research idea, ai scientist, scientific research,
  scientific literature, materials discovery, automated research, idea generation
scientific literature: literature review, citation recommendation, scientific paper, scholarly,
  literature search, peer review
scientific machine learning: physics informed, neural operator, surrogate model, pde solver, partial
  differential equation
scientific paper: scholarly, peer review, scientific literature, citation recommendation
scientific reasoning: physics reasoning, chemistry reasoning, phd level, scientific question,
  scientific problem solving
scientific simulation: numerical simulation, surrogate model, neural operator, molecular dynamics
scientific visualization: scientific figure, figure generation, volume visualization
score based model: score matching, score function, stochastic differential equation
score matching: denoising score, score based, score function
search: search agent, search engine, web search, deep research
search agent: deep research, agentic search, deep search, browsecomp, information seeking
search and rescue: disaster response, victim detection
search engine: web search, query understanding, learning to rank
second language: language learner, english learner, grammatical error correction
second order optimization: newton method, hessian, natural gradient, k fac, shampoo
security: vulnerability, malware, cyberattack, cybersecurity, prompt injection, backdoor, phishing,
  penetration testing, intrusion detection, data poisoning, adversarial attack, cryptographic,
  offensive security, backdoor attack, ransomware, fuzzing, model extraction, cve, jailbreak
security vulnerability: vulnerability detection, cve, vulnerability repair, vulnerable code
segment anything: promptable segmentation, sam 2, interactive segmentation, sam2
segmentation: semantic segmentation, instance segmentation, panoptic, segment anything, mask
self attention: attention head, softmax attention
self consistency: majority voting, multiple reasoning path
self correction: self refine, self reflection, self verification, self critique, error correction
self distillation: self teacher
self driving: autonomous driving, autonomous vehicle, driving scene
self driving car: autonomous driving, autonomous vehicle, driving scene, self driving
self driving lab: autonomous laboratory, automated experiment, closed loop experiment, autonomous
  experimentation
self evolving: self improvement, self play, agent evolution, self improving
self evolving agent: self improving agent, recursive self improvement, agent evolution,
  self evolution
self improvement: self training, self rewarding, self evolving, self play
self improving ai: self evolving, self improvement, self rewarding, recursive self improvement, self
  play, self training
self play: league training, self play reinforcement learning
self reflection: self correction, self critique, self refine, reflective reasoning
self rewarding: self improvement, intrinsic reward from confidence, self judge, internal feedback
self supervised: contrastive learning, masked autoencoder, masked modeling, jepa
self supervised learning: contrastive learning, masked autoencoder, masked modeling,
  representation learning
self training: pseudo label, self improvement
self verification: self correction, self critique
semantic communication: joint source channel, goal oriented communication
semantic id: generative retrieval, generative recommendation
semantic parsing: text to sql, logical form, abstract meaning representation
semantic search: dense retrieval, vector search, text embedding, embedding model
semantic segmentation: scene parsing, open vocabulary segmentation, semantic mask
semantic similarity: sentence embedding, textual similarity, sts benchmark
semantic web: sparql, rdf, ontology, linked data, knowledge graph
semi supervised learning: pseudo label, consistency regularization
semiconductor: wafer, lithography, chip design, integrated circuit, transistor
sensor: lidar, radar, event camera, wearable, imu, inertial
sensor fusion: lidar camera fusion, multi sensor, radar
sentence embedding: text embedding, sentence representation, semantic textual similarity
sentiment analysis: opinion mining, aspect based sentiment, sentiment classification
sequence modeling: state space model, linear attention, recurrent neural network, mamba
sequence to sequence: encoder decoder, machine translation, seq2seq
sequential recommendation: generative recommendation, semantic id, next item
serverless: function as a service, cold start latency
service robot: household robot, human robot interaction, mobile robot, assistive robot
session based recommendation: next item, sequential recommendation
shopping: e commerce, product search
side channel: timing attack, power analysis attack, cache attack
sign language: sign language translation, sign language recognition, gloss
sign language translation: sign language recognition, sign language production
signal processing: wavelet, beamforming, compressed sensing, time frequency, fourier transform
sim to real: sim2real, domain randomization, simulation to reality
simulation: simulator, digital twin, simulated environment, physics engine
simulation based inference: posterior estimation, likelihood free, neural posterior
singing: vocal, song generation
singing voice synthesis: singing voice conversion, song generation, vocal synthesis
single cell: scrna, cell type annotation, transcriptomic, gene expression
single image super resolution: real world super resolution, blind super resolution, image super
  resolution
situational awareness: evaluation awareness, self awareness
sketch: line drawing, freehand, hand drawn
skill learning: skill discovery, skill acquisition, skill library, motor skill
slam: visual odometry, simultaneous localization, loop closure, visual inertial, bundle adjustment
sleep: polysomnography, circadian
slide generation: presentation generation, powerpoint
small language model: slm, compact language model, lightweight language model
small model: small language model, compact model, lightweight model, knowledge distillation
smart city: urban computing, urban planning, human mobility
smart contract: solidity, ethereum, blockchain
smart grid: load forecasting, power grid, electricity
smart home: home automation, internet of things, household device
soccer: football, sports analytics
social bias: gender bias, stereotype, racial bias, demographic bias
social bias in llm: stereotype, gender bias, social bias, demographic bias
social choice: voting rule, preference aggregation, participatory budgeting
social impact of ai: labor market, ai governance, misinformation, ai ethics, ai adoption
social intelligence: theory of mind, social reasoning, social interaction, social norm
social interaction: social reasoning, social norm, social agent
social media: twitter, reddit, tweet, social network
social network: community detection, information diffusion, influence maximization, twitter, social
  media
social norm: moral norm, cultural norm, social reasoning, value alignment
social reasoning: theory of mind, social intelligence, social interaction
social robot: human robot interaction, companion robot
social science: social simulation, public opinion, survey respondent, political science, sociology,
  political polarization, opinion dynamic, voter
social simulation: agent society, generative agent, simulated society
societal impact: labor market, misinformation, ai governance, ai ethics, social impact, ai adoption
sociology: social simulation, social norm, social structure
soft robotics: soft robot, continuum robot, soft actuator
software development: code generation, software engineering, bug fixing, pull request, code review,
  developer tool, software developer
software engineering: code generation, bug fixing, issue resolution, swe bench, program repair,
  unit test, repository level, code review
software testing: unit test, fuzzing, test generation, mutation testing, test case
software vulnerability: vulnerability detection, cve, vulnerability repair, fuzzing
solar cell: perovskite, photovoltaic
solar energy: photovoltaic, solar power, solar irradiance
song generation: lyrics, singing voice, music generation, vocal and accompaniment
sound: sound event, environmental sound, foley, sound effect, acoustic
sound event detection: audio tagging, environmental sound, acoustic event, audio classification
sound generation: text to audio, foley, video to audio, audio generation, sound effect
sound source localization: direction of arrival, microphone array, spatial audio
source separation: speech separation, music separation, audio separation
space exploration: spacecraft, lunar, planetary, mars rover, space mission
spam detection: phishing, fake review, bot detection
sparse attention: block sparse attention, attention sparsity
sparse autoencoder: sae, monosemantic, dictionary learning
sparse mixture of experts: expert routing, moe, expert pruning, expert load
sparse training: lottery ticket, pruning
sparsity: pruning, sparse attention, sparse activation, sparse network
spatial audio: binaural, ambisonic, sound localization, room acoustic
spatial computing: augmented reality, virtual reality, spatial intelligence, mixed reality
spatial intelligence: spatial reasoning, spatial understanding, 3d scene understanding,
  spatial cognition
spatial reasoning: spatial understanding, spatial intelligence, spatial relation
spatial statistics: kriging, geostatistics, spatial process
spatial transcriptomics: gene expression, tissue slide, single cell
spatial understanding: spatial reasoning, spatial intelligence, 3d scene understanding, spatial
  relation
spatiotemporal: traffic forecasting, human mobility
speaker recognition: speaker verification, speaker diarization, speaker identification
speaker verification: speaker recognition, speaker embedding, anti spoofing
spectral graph theory: graph laplacian, spectral clustering, eigenvector
speculative decoding: draft model, speculative sampling, draft token
speech: spoken, voice, text to speech, speech recognition, speaker, speech synthesis, tts, asr,
  spoken dialogue, diarization, phoneme, full duplex
speech dialogue: spoken dialogue, full duplex, voice assistant, turn taking
speech disorder: dysarthria, aphasia, stuttering, pathological speech
speech emotion recognition: emotional speech, speech emotion, vocal emotion
speech enhancement: noise suppression, speech denoising, dereverberation
speech generation: text to speech, speech synthesis, voice cloning, tts
speech language model: spoken language model, spoken dialogue, full duplex, speech llm
speech llm: speech language model, spoken language model, audio language model, speech to speech
speech model: text to speech, speech recognition, speech language model, speech foundation model,
  asr
speech processing: speech recognition, speech enhancement, speaker verification, diarization, speech
  synthesis, speech separation
speech recognition: asr, automatic speech recognition, speech to text, transcription, whisper,
  word error rate
speech representation: wav2vec, hubert, speech tokenizer, self supervised speech, speech encoder
speech separation: cocktail party, target speaker extraction, multi speaker
speech synthesis: text to speech, voice cloning, vocoder, speech generation
speech to speech: speech translation, spoken dialogue, full duplex, voice conversion
speech to text: speech recognition, asr, transcription, whisper
speech tokenizer: speech codec, audio codec, semantic token of speech, audio tokenizer
speech translation: speech to text translation, speech to speech translation
spiking neural network: neuromorphic
spoken dialogue: full duplex, voice assistant, voice agent, turn taking
spoken language model: speech language model, spoken dialogue, speech llm, full duplex
spoken language understanding: spoken question answering, speech understanding, intent detection
sports: football, soccer, basketball, tennis, athlete, match commentary, badminton, volleyball,
  referee
spreadsheet: table manipulation
stance detection: opinion mining, political stance, argument mining
state space model: mamba, linear attention, selective state space, recurrent model
static analysis: type inference, symbolic execution, program analysis
statistical learning: generalization bound, sample complexity, kernel regression, nonparametric
statistical physics: mean field, spin glass, phase transition, ising model, thermodynamics
statistics: hypothesis testing, conformal prediction, bayesian inference, causal inference,
  statistical inference
steerability: steering vector, activation steering, controllable generation, pluralistic alignment
steering: steering vector, activation steering, representation engineering, activation addition
steganography: hidden message, covert communication
stereo: disparity estimation, binocular
stereotype: social bias, gender bias, racial bias
stochastic optimization: stochastic gradient, sgd, variance reduction, convergence rate
stock market: stock prediction, stock price, stock return, stock trading
stock prediction: stock price, stock market, price movement, algorithmic trading
story generation: storytelling, creative writing, narrative generation
story visualization: story generation, consistent character, visual storytelling, storyboard
strategic reasoning: game theory, game playing, nash equilibrium, poker
structural biology: protein structure, cryo em, alphafold, protein folding, biomolecular structure
structural engineering: finite element, civil engineering, topology optimization, structural health
  monitoring
structural health monitoring: crack detection, bridge inspection, damage detection
structure from motion: bundle adjustment, camera pose estimation, feature matching, multi view
  reconstruction
structured data: tabular, knowledge graph, spreadsheet, relational database
structured output: constrained decoding, json schema, structured generation
structured pruning: layer pruning, channel pruning, depth pruning, width pruning
student: classroom, tutoring, education
style transfer: stylization, stylized, artistic style, style image
stylometry: authorship attribution, author identification, writing style
subject driven generation: image personalization, textual inversion, identity preserving, subject
  consistency
submodular: coverage maximization, greedy approximation, influence maximization
subtitle: closed caption, video dubbing
summarization: abstractive, summary generation, summarize
super resolution: upscaling, image upsampling, low resolution input
superintelligence: superalignment, artificial general intelligence, superhuman ai, recursive self
  improvement
superposition: polysemantic, monosemantic
supervised fine tuning: sft, instruction tuning, instruction data, fine tuning data
supply chain: procurement, demand forecasting
surgery: laparoscopic, endoscopy, surgical robot, surgical video
surgical robotics: surgical robot, robotic surgery, laparoscopic
surrogate model: neural operator, surrogate based optimization
surveillance: video anomaly detection, person re identification, crowd monitoring, cctv
survey: systematic review, literature review, comprehensive review
survival analysis: time to event, censored data, hazard model
sustainability: carbon footprint, carbon emission, green ai, renewable energy
sustainable ai: carbon footprint, energy consumption, green ai, carbon emission, energy efficient
sustainable computing: carbon footprint, energy consumption, green ai
svg: vector graphics, image vectorization
swarm intelligence: swarm robotics, particle swarm, ant colony, collective behavior
swarm robotics: multi robot, robot swarm, collective behavior
sycophancy: sycophantic, user flattery
symbolic ai: logic programming, neuro symbolic, rule based system, expert system, knowledge
  representation
symbolic music: midi, sheet music, music composition, piano roll
symbolic reasoning: neuro symbolic, logical reasoning, symbolic solver, first order logic
symbolic regression: equation discovery, formula discovery
syntax: treebank, grammatical, syntactic, dependency parsing
synthetic data: data synthesis, generated data, self instruct, data augmentation, data generation,
  synthetic dataset, synthetic training data, data engine
synthetic media: deepfake, ai generated image, ai generated video, face swap
synthetic speech: text to speech, speech synthesis, voice cloning, audio deepfake
system: llm serving, distributed training, gpu kernel, inference engine, gpu cluster,
  operating system
system identification: learned dynamics, dynamical system, koopman
system prompt: prompt leakage, prompt extraction, instruction hierarchy
table: tabular, table understanding, spreadsheet, table question answering, text to sql
table understanding: table question answering, tabular reasoning, table reasoning, table
  recognition, table structure
tabular data: tabular, table understanding, table question answering
tactile sensing: haptic, tactile, visuotactile
talking head: portrait animation, lip sync, talking face, audio driven portrait
task and motion planning: long horizon manipulation, symbolic planning, robot planning
task arithmetic: task vector, model merging
task oriented dialogue: dialogue state tracking, slot filling, customer service
task planning: task decomposition, plan generation, long horizon planning, symbolic planning, robot
  planning
teaching: tutoring, classroom, pedagogical
telecommunications: 5g, 6g, wireless, telecom, mobile network, base station
telemedicine: remote consultation, teleconsultation, remote patient monitoring
teleoperation: teleoperated, motion retargeting
temporal action localization: temporal action detection, action segmentation, action detection
temporal consistency: flickering, temporal coherence, temporally consistent, consistent video
temporal grounding: moment retrieval, temporal localization, highlight detection
temporal reasoning: time sensitive question, temporal knowledge, temporal order, temporal
  understanding
tensor decomposition: tensor network, matrix factorization, tensor train
tensor network: matrix product state, tensor train, tensor decomposition
test time adaptation: test time training, online adaptation
test time compute: inference time scaling, test time scaling, best of n, self consistency, inference
  time compute, repeated sampling, parallel thinking, thinking budget, sequential revision
test time learning: test time training, test time adaptation, online adaptation
test time scaling: test time compute, best of n, inference time scaling, self consistency, parallel
  thinking, budget forcing, repeated sampling
test time training: test time adaptation, test time learning
text classification: sentiment analysis, topic classification, intent detection
text detection: scene text, text spotting, ocr
text editing: grammatical error correction, text revision, rewriting, writing assistance
text embedding: sentence embedding, embedding model, dense retrieval, contrastive pretraining of
  text
text generation: creative writing, summarization, story generation, controlled generation
text mining: information extraction, topic model, named entity recognition, text classification
text rendering: visual text generation, glyph, text image generation
text representation: text embedding, sentence embedding, word embedding
text simplification: readability, plain language, sentence simplification
text summarization: abstractive summarization, summary generation, long document summarization,
  meeting summarization
text to 3d: score distillation, text to 3d generation
text to audio: sound generation, music generation, audio generation, sound effect
text to image: t2i, stable diffusion, image generation, compositional generation
text to image generation: stable diffusion, t2i, image synthesis, compositional generation, text to
  image model, text to image diffusion
text to motion: human motion generation, motion diffusion, motion generation
text to music: music generation, song generation
text to speech: speech synthesis, voice cloning
text to sql: sql generation, sql query, nl2sql
text to video: t2v, video diffusion, video generation
text to video generation: t2v, video diffusion, video generation model, video generative model
text understanding: reading comprehension, natural language understanding, document understanding
text watermarking: watermarked text, llm watermark, watermark detection
texture generation: material generation, texture synthesis, svbrdf
theorem proving: lean, formal proof, autoformalization, formal verification, proof assistant,
  theorem prover, lean 4, coq, isabelle
theory: generalization bound, sample complexity, regret bound, convergence guarantee,
  expressive power, neural tangent kernel, approximation theory, minimax, pac learning
theory of mind: false belief, mental state
thermal imaging: infrared, thermal camera, visible thermal
thinking with images: visual chain of thought, image zoom, visual tool use, interleaved reasoning
threat detection: intrusion detection, malware, anomaly detection, threat intelligence
time series: forecasting, temporal forecasting, time series forecasting,
  time series foundation model, time series classification, time series anomaly,
  temporal point process
time series analysis: time series forecasting, time series classification, time series anomaly,
  forecasting, temporal pattern
time series forecasting: long term forecasting, probabilistic forecasting, time series foundation
  model, multivariate forecasting
time series foundation model: zero shot forecasting, timesfm, pretrained forecaster
token compression: token pruning, token merging, token reduction
token efficiency: token reduction, token budget, concise reasoning, fewer tokens, context
  compression, token usage
token pruning: token merging, token reduction, visual token compression, token compression
token reduction: token pruning, token merging, token compression
tokenization: tokenizer, byte level, subword, vocabulary
tokenizer: tokenization, byte level, subword, byte pair encoding, bpe, tokenizer free,
  subword tokenization
tool calling: function calling, tool use, tool learning, api call
tool learning: tool use, tool calling, function calling
tool use: function calling, tool calling, api call, tool learning
topic modeling: latent dirichlet, topic model, topic discovery
topological data analysis: persistent homology, topological feature, betti number
tourism: travel planning, itinerary, point of interest
toxicity: toxic, hate speech, harmful content, offensive language, detoxification
toxicology: molecular toxicity, admet, toxicity prediction of molecule, drug toxicity
tracking: object tracking, point tracking, multi object tracking
traditional chinese medicine: tcm, herbal medicine
traffic: traffic forecasting, traffic signal, traffic simulation, vehicle trajectory
traffic forecasting: traffic flow, traffic prediction, spatio temporal graph
training cost: training efficiency, efficient training
training data: data curation, data mixture, synthetic data, data selection, data filtering,
  pretraining data, instruction data
training dynamics: loss landscape, grokking, edge of stability, implicit bias
training efficiency: memory efficient training, training speed, training cost
training speed: training efficiency, training acceleration, faster training, training throughput
training stability: loss spike, gradient explosion, training collapse, training divergence, gradient
  clipping, stabilize training
trajectory optimization: optimal control, model predictive control, motion planning
trajectory prediction: motion forecasting, motion prediction
transfer learning: domain adaptation, cross domain transfer, negative transfer
transformer: self attention, vision transformer, attention mechanism
transformer architecture: positional encoding, layer normalization, residual connection, mixture of
  experts
transformer theory: expressive power of transformer, circuit complexity, in context learning theory,
  attention dynamics
translation: machine translation, speech translation, multilingual translation, simultaneous
  interpretation
transparency: explainability, model card
transportation: traffic, public transit, vehicle routing, urban mobility, aviation, railway, public
  transport, air traffic, ride hailing
travel: itinerary, tourism, trip planning
travel planning: itinerary, trip planning, tourism, travelplanner
treatment effect: causal inference, uplift modeling, potential outcome, causal effect
tree search: tree of thought, beam search, mcts
trust in ai: trustworthy ai, human trust, user trust, user reliance, overreliance, appropriate
  reliance
trustworthiness: fairness, explainability, trustworthy, robustness and safety
trustworthy ai: fairness, explainability, ai safety
trustworthy llm: hallucination, llm safety, fairness, llm privacy
truthfulness: truthful, honesty, factuality, hallucination
tutoring: intelligent tutor, student learning, teaching assistant
uav: drone, quadrotor, aerial robot, unmanned aerial
ui generation: front end, design to code, ui code, screenshot to code, web page generation
ultra low bit: 1 bit, 2 bit, binary neural network, ternary, binarization
ultrasound: echocardiography, sonography, fetal
uncertainty: calibration, conformal prediction, confidence estimation, bayesian,
  uncertainty quantification
uncertainty estimation: uncertainty quantification, confidence estimation, conformal prediction,
  epistemic uncertainty, confidence calibration
uncertainty quantification: conformal prediction, confidence estimation, epistemic uncertainty,
  bayesian neural network, semantic entropy, confidence calibration
underwater: ocean
underwater robotics: underwater vehicle, marine robot
unified model: unified multimodal, any to any, understanding and generation, omni model
unified multimodal model: multimodal understanding and generation, any to any
unified multimodal understanding and generation: unified multimodal model, any to any, unified model
universal approximation: expressive power, approximation theory, expressivity
unlearning: forget set, concept erasure, knowledge removal
unsupervised learning: self supervised learning, clustering, unsupervised representation
urban computing: traffic, human mobility, urban planning, smart city, urban mobility, urban region,
  city scale, human trajectory
urban planning: city planning, land use, street view, urban design, smart city
user engagement: click through rate, watch time, user retention
user experience: user satisfaction, user interface
user interface: gui, ui design, ui generation, web design, interface design
user modeling: user behavior, user simulator, user profile, user preference
user preference: user profile, user feedback
user simulation: simulated user, user simulator
user study: participant study, user experience
vaccine: antigen, vaccination, epitope
value alignment: human value, pluralistic alignment, moral value, cultural alignment
variational autoencoder: vae, vq vae, evidence lower bound, posterior collapse
variational inference: evidence lower bound, amortized inference, variational autoencoder,
  variational bayes
vector database: approximate nearest neighbor, nearest neighbor search, similarity search
vector graphics: svg, svg generation, image vectorization
vector quantization: vq vae, codebook, residual quantization, finite scalar quantization, product
  quantization
vector search: approximate nearest neighbor, vector database, similarity search, hnsw, vector
  retrieval
vehicle routing: traveling salesman, route optimization, last mile delivery
verifiable reward: rlvr, rule based reward, grpo
veterinary: livestock, animal health, animal disease
vibe coding: coding agent, agentic coding, ai assisted programming
video agent: long video understanding, video reasoning, agentic video
video anomaly detection: abnormal event, surveillance video, anomaly in video
video avatar: talking head, portrait animation, human animation, digital human
video captioning: video description, video caption, dense captioning
video codec: video compression, neural video compression, video coding
video compression: video codec, neural video
video customization: subject driven video, identity preserving video, subject to video, personalized
  video generation, reference to video
video denoising: video restoration, burst denoising
video diffusion: text to video, video generation, image to video
video diffusion model: text to video, image to video, video diffusion transformer, video generation
video editing: video inpainting, video manipulation, video to video, video edit, object insertion,
  video object removal, video style transfer, video relighting
video enhancement: video super resolution, video restoration, frame interpolation, video denoising
video evaluation: video quality, video generation benchmark
video foundation model: video pretraining, video representation, video encoder, video generation
  model
video frame interpolation: frame interpolation, inbetweening, slow motion
video game: gameplay, game world, game engine, minecraft, atari, playable, game agent
video generation: text to video, image to video, video diffusion, video synthesis,
  video generative model, talking head, human animation, camera control, video generator, t2v, i2v,
  world simulator, autoregressive video, streaming video generation, long video generation
video inpainting: video object removal, video completion, video outpainting
video language model: video llm, video understanding, video question answering, video mllm, long
  video understanding, video large language model
video llm: video language model, video question answering, video mllm, long video understanding,
  video large language model
video matting: alpha matte, background removal, human matting
video model: video generation, video diffusion, video language model, video understanding
video object segmentation: referring video segmentation, mask propagation, video instance
  segmentation
video personalization: subject driven video, identity preserving video, subject to video, video
  customization
video prediction: future frame, frame prediction
video quality: video restoration, video super resolution
video question answering: long video understanding, videoqa, video qa
video reasoning: video question answering, temporal reasoning, video chain of thought
video representation learning: video pretraining, masked video, video encoder, video self supervised
video restoration: video super resolution, video denoising, video deblurring
video retrieval: text to video retrieval, moment retrieval, video search
video search: video retrieval, moment retrieval, text to video retrieval
video segmentation: video object segmentation, referring video segmentation
video streaming: bitrate adaptation, adaptive bitrate, live streaming
video summarization: highlight detection, video summary, keyframe extraction, video highlight
video super resolution: video upscaling, video restoration, video enhancement
video synthesis: video generation, text to video, video diffusion
video text retrieval: text to video retrieval, moment retrieval, video retrieval
video to audio: foley, sound effect, video to music, synchronized audio
video to video: video editing, video translation, video style transfer
video tokenizer: causal video vae, video vae, visual tokenizer
video understanding: video question answering, long video, action recognition, video language model,
  temporal grounding, video captioning, moment retrieval
video world model: world simulator, action conditioned video, interactive world model, controllable
  world model
view synthesis: novel view, gaussian splatting, neural radiance field
virology: virus, viral protein, antiviral
virtual assistant: voice assistant, conversational assistant, personal assistant
virtual character: digital human, character animation, npc, game character
virtual environment: simulated environment, virtual world, embodied simulation
virtual human: digital human, human avatar, talking head, human animation, virtual character
virtual reality: vr headset, mixed reality, extended reality, head mounted, immersive environment
virtual try on: garment, try on, clothing
virtual world: metaverse, simulated world, world generation, virtual environment
vision: image recognition, object detection, visual perception, visual recognition, image
  classification, image segmentation, depth estimation, image restoration, image generation
vision encoder: visual encoder, image encoder, vision backbone
vision foundation model: segment anything, visual pretraining, vision backbone
vision language: vlm, mllm, image text, visual question answering, image captioning
vision language action: vla model, action token, robot foundation model
vision language alignment: image text alignment, cross modal alignment, modality gap
vision language model: vlm, mllm, multimodal large language model, visual question answering,
  visual instruction tuning, image text, large vision language model, vqa
vision language navigation: embodied navigation, instruction following navigation, vision and
  language navigation
vision transformer: vit, visual transformer
visual analytics: data visualization, interactive visualization, visual analysis of data
visual art: painting, artwork, artistic, illustration
visual document retrieval: multimodal document retrieval, colpali, document screenshot, page
  retrieval
visual document understanding: document understanding, document question answering, chart question
  answering, ocr, document layout
visual effects: vfx, film production, video compositing, relighting, rotoscoping
visual encoder: vision encoder, image encoder, vision backbone
visual generation: image generation, video generation, text to image, text to video
visual grounding: referring expression, phrase grounding, referring segmentation
visual hallucination: object hallucination, multimodal hallucination, hallucination in vision
  language
visual illusion: optical illusion, perceptual illusion
visual instruction tuning: multimodal instruction, multimodal large language model
visual localization: camera relocalization, place recognition, 6dof localization
visual math: geometry problem, multimodal math, multimodal mathematical reasoning
visual navigation: object goal navigation, vision language navigation, image goal navigation
visual odometry: slam, camera pose estimation, visual inertial
visual perception: visual recognition, human vision, fine grained perception, visual discrimination
visual place recognition: geo localization, loop closure, place recognition
visual prompting: visual prompt, set of mark, visual marker
visual question answering: vqa, image question answering
visual reasoning: multimodal reasoning, visual chain of thought
visual recognition: image classification, object detection, fine grained recognition, object
  recognition
visual representation learning: self supervised learning, masked image modeling, vision encoder,
  visual pretraining, masked autoencoder
visual storytelling: story visualization, storyboard, comic generation
visual text generation: text rendering, glyph, scene text generation
visual token compression: visual token pruning, token merging, token reduction, visual token
  reduction
visual tokenizer: image tokenizer, video tokenizer, vq vae, discrete visual token
visual tracking: object tracking, point tracking, single object tracking
visualization: chart generation, visual analytics
visually impaired: blind user, low vision user, assistive technology
voice: text to speech, speech synthesis, tts, speaker
voice activity detection: speech activity, endpointing, turn taking
voice agent: spoken dialogue, full duplex, voice assistant, speech agent
voice assistant: spoken dialogue, voice agent, full duplex, wake word
voice chat: spoken dialogue, full duplex, voice assistant
voice cloning: zero shot tts, voice conversion, speaker cloning
voice conversion: singing voice conversion, timbre transfer
voice synthesis: text to speech, speech synthesis, voice cloning, tts
vulnerability detection: software vulnerability, vulnerability discovery, cve
water: hydrology, flood, groundwater
watermark: watermarking, watermarked
watermarking: watermark, watermarked, content provenance
weak supervision: noisy label, weakly supervised, weak label
wearable: smartwatch, inertial sensor, physiological signal, smart glasses
weather: meteorological, precipitation, nowcasting, tropical cyclone, atmospheric
weather forecasting: weather prediction, precipitation, nowcasting
web agent: web navigation, web browsing agent, browser agent, webarena, mind2web, webvoyager,
  browser use, browser automation
web automation: web agent, browser agent, web navigation, browser automation, gui automation
web crawling: common crawl, web scraping, web corpus
web data: common crawl, web corpus, web crawl, web scraping
web design: web page generation, ui design, website generation
web development: web page generation, frontend, front end, website generation, web application,
  design to code
web generation: web page generation, website generation, screenshot to code
web scraping: web crawling, web data extraction, html parsing
web search: search engine, search agent, deep research, web browsing
weight initialization: initialization scheme, initialization strategy, random initialization
weight quantization: low bit, post training quantization, weight only, int4
weight space: model merging, weight averaging, mode connectivity, linear mode connectivity
weight space learning: hypernetwork, weight generation, neural network weight, model zoo
whole body control: humanoid, loco manipulation, humanoid control
wildfire: fire spread, fire detection, burned area
wildlife: camera trap, animal behavior, biodiversity
wind energy: wind power, wind turbine, wind farm, wind speed
wireless: 5g, 6g, mimo, beamforming, channel estimation, wifi
wireless communication: 5g, 6g, mimo, beamforming, channel estimation, wifi, base station, spectrum
  sharing, semantic communication
word embedding: word vector, word2vec, lexical semantics
word sense disambiguation: lexical semantics, polysemy, word in context
workflow automation: office task, agentic workflow, robotic process automation
workplace: employee, office task, occupation, knowledge work
world foundation model: world model, world simulator, video world model
world generation: 3d world, explorable world, scene generation, world synthesis
world knowledge: commonsense knowledge, factual knowledge
world model: world simulator, dynamics model, learned simulator, model based reinforcement learning,
  interactive environment generation, video world model, interactive world model,
  world action model, world modeling, jepa
world simulation: world model, world simulator, interactive environment
writing: essay, professional writer
writing assistance: writing assistant, grammatical error correction, co writing, text revision
x ray: radiograph, ct scan, computed tomography
zero shot: unseen task, unseen class
zero shot learning: zero shot classification, unseen class, generalized zero shot
zeroth order optimization: gradient free, forward only
"""


def _entries(text: str) -> dict[str, tuple[str, ...]]:
    lines = text.strip().replace("\n  ", " ").splitlines()
    split = (line.split(":", 1) for line in lines)
    return {broad: tuple(term.strip() for term in terms.split(",")) for broad, terms in split}


NARROWER: dict[str, tuple[str, ...]] = _entries(_ENTRIES)
