"""Everyday words and abbreviations, and the words of papers for the same: a picture is an image.

Questions seldom use the words of abstracts. Each everyday word in them is also searched as these
other words, which count less (store.ranking.questions).
"""

from collections import defaultdict
from functools import cache

from store.ranking.stems import stem, words_of

WORDS = """
picture photo photograph snapshot drawing painting: image visual
clip film movie footage: video
cartoon animated: animation
chatbot bot assistant: llm dialogue conversational agent
big huge giant enormous: large
small tiny little mini: compact lightweight small
fast quick quickly speed: efficient acceleration latency speedup
cheap cheaply affordable: efficient cost lightweight
slow: latency
expensive costly: cost computational
shrink squeeze: compression quantization pruning
create write draw paint produce compose invent: generation synthesis
fake artificial: synthetic generated
fix repair mend: restoration correction
blurry noisy: restoration denoising resolution
sharp: resolution
wrong mistake incorrect: error failure
lie lying: deception hallucination
untrue nonsense: hallucination
true truth honest: factual faithful truthfulness
trust: reliable trustworthy
remember forget recall: memory forgetting retention
think thought: reasoning
clever smart: intelligence capable
talk speak speaking spoken voice: speech dialogue conversation
sound song hear listen: audio
tune melody instrument: music
look watch: visual vision perception attention
know: knowledge
understand: understanding comprehension
teach taught: training supervision
practice practise exercise: training curriculum
lesson school: curriculum education
test exam check quiz: benchmark evaluation verification
measure judge grade rate: evaluation metric assessment
choose pick: selection
find search: retrieval search
guess forecast foresee: prediction forecasting
people person somebody someone man woman: human user
crowd: pedestrian people
walk run jump: locomotion motion
move movement dance: motion
hand arm grab hold: manipulation grasping
finger: dexterous
building house room home: indoor scene household
street town city: urban scene
directions route way: navigation path
car drive truck road: driving autonomous vehicle
plane drone: aerial
doctor hospital patient medicine health illness disease: medical clinical
scan: medical imaging
brain: neural cognitive
lawyer court law: legal
money bank market stock: financial economic
shop shopping buy: commerce recommendation
suggest: recommendation
programming programmer coding program: code software
bug: debugging repair issue
website page browse browsing internet online: web
phone tablet: mobile device
screen desktop click app: gui interface
chip: hardware gpu
computer: computational
wording: text prompt
word letter: token text
sentence paragraph passage: text document
story novel tale: narrative
headline article press: news
reply respond: response
ask: query question
order obey command: instruction
trick hack fool cheat: attack adversarial jailbreak hacking
danger dangerous: safety harmful
secret: privacy hidden
unfair prejudice: bias fairness
rude insult: toxic
copy imitate mimic: imitation replication transfer
combine mix join together: fusion merging unified joint
split cut: segmentation decomposition
outline: segmentation
foreign: multilingual
company commercial: proprietary
free public: open
team group cooperate: multi collaboration collaborative
several: multiple
example: demonstration few
label: annotation supervision
change alter modify: editing
replace: editing substitution
inside inner: internal latent
explain: explanation interpretability
feeling mood: emotion
character personality: persona
number: numerical
plot figure diagram: chart
scientist researcher: scientific research
collection pile: dataset corpus
gather collect: collection
repeat: iterative repetition
crash fail: failure
hard difficult: challenging difficulty complex
improve better best: improvement performance
longer lengthy: length long
piece part bit: component segment
real everyday: world
place: spatial localization
time: temporal
shape: geometry
angle viewpoint: view pose
flat: planar
rule: constraint principle
goal aim: objective
prize points award: reward
win beat: outperform
contest competition olympiad: competition benchmark
specialist: expert
sure unsure certain doubt: uncertainty confidence
advice help: feedback guidance
plan: planning
tidy fold cook: manipulation household
taste: preference
hide: obfuscation hidden watermark
stolen: copyright
cause: causal
connect: connection alignment
map: graph
star planet: astronomy
weather storm rain: climate
medicine drug: molecule
gene: genomic
proof prove: theorem formal
sum add: arithmetic
guard protect: defense
light lamp: illumination lighting
clothes clothing dress: garment fashion
meal dish: food
llm: language
vlm: vision language
mllm: multimodal
rl: reinforcement
rag: retrieval augmented
cot: chain thought
moe: mixture expert
qa: question answering
vqa: visual question
asr: speech recognition
tts: speech synthesis
ocr: text recognition document
nerf: radiance
gan: adversarial
cnn: convolutional
rnn: recurrent
gnn: graph
kv: cache
sft: supervised
"""
"""A group in each line: everyday words, then the words of papers for them."""


@cache
def others() -> dict[str, tuple[str, ...]]:
    """Return the stems of other words by the stem of each everyday word."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for line in WORDS.strip().splitlines():
        asked, called = (list(map(stem, words_of(side))) for side in line.split(":"))
        for each in asked:
            found[each].update(dict.fromkeys(called))
    return {each: tuple(called) for each, called in found.items()}
