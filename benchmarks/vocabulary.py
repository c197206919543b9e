"""Words and names for invented papers, as unevenly spread as real ones.

A short list of our own stands for what every paper says; behind it come words put together from
parts, so that a large library has tens of thousands of different words, most of them rare. How
often a word comes falls with its rank as 1 / (rank + 2.7) ** 1.1 (Zipf's law with Mandelbrot's
offset), and the shorter words are mostly the commoner ones.
"""

# ruff: noqa: SIM905 - as plain text, words are easier to read and to add to

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

GLUE = """
the of and a to in we for that is on with by our this are as from an it which be at can have these
more than not or both across over show between into such while their each using when without only
also where its how most they under still than during no per all but one two many even does
""".split()
"""Words that hold sentences together; about two in five words of running text."""
GLUE_SHARE = 0.4

TOPICS = """
model data learning training language large task method agent performance approach image video
reasoning framework results benchmark network generation reward visual attention policy token
inference text representation memory robust graph human feature space problem query sample
knowledge evaluation multimodal transformer diffusion alignment optimization efficient system
domain scale search code user environment safety context algorithm information dataset control
accuracy prompt object scene motion planning neural quality existing novel strong general deep
structure loss gradient layer sequence embedding retrieval translation speech audio signal error
latent prior posterior sampling noise kernel sparse dense adaptive dynamic temporal spatial causal
local global hidden shared joint online offline weak open closed small long short fast slow
instruction preference feedback distillation pruning quantization compression decoding cache
privacy federated medical clinical protein molecule weather traffic robot vehicle camera depth
segmentation detection tracking recognition classification regression clustering ranking
recommendation simulation estimation verification synthesis editing rendering exploration
curriculum bias fairness calibration uncertainty confidence hallucination expert mixture router
adapter finetuning pretraining scaling law emergent bound theorem proof convergence complexity
stochastic convex linear discrete continuous random matrix tensor vector manifold geometry
symmetry invariant equivariant topology tree path flow field wave energy entropy mutual
budget horizon state action value critic actor world game dialogue question answer summary
document table chart web tool interface program software bug repair test unit compiler
hardware memory chip latency throughput parallel distributed cluster storage stream batch
survey analysis study understanding toward rethinking unified simple better beyond revisiting
grounded guided aware free based level step wise shot modal centric oriented driven
""".split()

STARTS = """
hyper neuro meta multi cross inter intra semi quasi auto poly mono micro macro nano proto pseudo
retro trans ultra para peri homo hetero iso equi sub super over under pre post anti counter co
re de un non bi tri uni omni geo bio eco chrono photo phono thermo electro magneto hydro aero
astro cyber crypto stereo tele video audio visio lingua logo morpho topo spectro vibro
""".split()
MIDDLES = """
graph flow form gram metr scop path phas plan plex port quant rank scal segm sens sim spars spec
spher stat struct symm synth tact tens text token trac vect vers vis voc wave weight zon cod
clust curv dens diff domin dyn fact filt fold fract funct fus grad grid harmon index kern lat
lex link log loop mask match mem mod morph node norm orbit pack pars part perm pix polar pool
prim prob prun query rend rot rout samp
""".split()
ENDS = """
ic al ive ing ed ation ator ance ability able ous ment ness ity ism ist ise izer less ful ular
former net mix bench gen lab
""".split()

GIVEN = """
Wei Anna Yuki Mohammed Priya Li Maria Jun David Sara Hao Elena Min Thomas Aisha Chen Laura Kenji
Omar Neha Xin Peter Sofia Jie Daniel Fatima Rui Julia Hiro Ahmed Ananya Yang Martin Clara Bo
Lucas Leila Tao Nina Sung Ivan Meera Lin Paul Eva Dong Marco Zahra Yan Simon Ines Kai Jonas Mina
Feng Viktor Rosa Hui Felix Irene Jing Andrei Lucia Ming Erik Amara Zhen Oskar Noor Qing Stefan
Chiara Shan Pablo Ingrid Yong Hugo Tara Bin Mateo Freya Xia Nikolai Salma Ling Rafael Greta
""".split()
FAMILY = """
Wang Li Zhang Chen Liu Yang Kim Lee Huang Zhao Wu Zhou Xu Sun Park Ma Zhu Hu Guo Lin He Gao Kumar
Singh Sharma Nguyen Tran Garcia Müller Smith Johnson Brown Schmidt Rossi Silva Santos Ivanov
Petrov Tanaka Suzuki Sato Watanabe Ito Yamamoto Choi Jung Kang Cohen Levy Haddad Hassan Ali Khan
Ahmed Rahman Hosseini Karimi Okafor Mensah Diallo Traoré Novák Horvat Kowalski Nowak Andersson
Nielsen Hansen Virtanen Dubois Bernard Lefèvre Moreau Fernández López Martín Ferrari Bianchi
Costa Pereira Oliveira Papadopoulos Yılmaz Demir Popescu Ionescu Novikova Weber Wagner Fischer
Becker Jansen Visser Murphy Walsh Campbell Stewart Taylor Wilson Evans Roberts
""".split()
NAME_STARTS = "bar cal dor fen gal hal kor lam mar nor pel quin ros sal tor vel wen yor zan".split()
NAME_MIDDLES = ["", *"and er in ol um ek ov ach ing eld ost".split()]
NAME_ENDS = "berg man sen ski ova ez iani ou ström wala ayan ides etti ard well".split()

WORDS = 60_000
EXPONENT = 1.1
"""Zipf's; with it 10,000 titles have about as many different words as real ones."""
OFFSET = 2.7
"""Mandelbrot's: without it the first few words would stand nearly everywhere."""


@dataclass(frozen=True, slots=True)
class Bag:
    """Things to draw from, the likeliest first."""

    items: Sequence[str]
    up_to: Sequence[float]
    """Weights of the items up to and with each."""

    def draw(self, random: Random, number: int) -> list[str]:
        """Return so many items; an item may come more than once."""
        return random.choices(self.items, cum_weights=self.up_to, k=number)


def zipf_bag(items: Sequence[str]) -> Bag:
    """Return a bag in which how often an item comes falls with its place."""
    weights = ((place + OFFSET) ** -EXPONENT for place in range(1, len(items) + 1))
    return Bag(items, list(accumulate(weights)))


def content_words(random: Random) -> Bag:
    """Return the words that say something: ours in their order, then made-up ones."""
    made = {
        start + middle + end
        for start in ["", *STARTS]
        for middle in MIDDLES
        for end in ["", *ENDS]
        if len(start + middle + end) > 4
    }
    known = list(dict.fromkeys(TOPICS))
    rare = random.sample(sorted(made - set(known)), WORDS - len(known))
    rare.sort(key=lambda word: len(word) + 6 * random.random())
    return zipf_bag(known + rare)


def given_names() -> Bag:
    """Return given names."""
    return zipf_bag(GIVEN)


def family_names(random: Random) -> Bag:
    """Return family names: common ones of many countries, then thousands of rare ones."""
    made = {
        (start + middle + end).capitalize()
        for start in NAME_STARTS
        for middle in NAME_MIDDLES
        for second in NAME_MIDDLES
        for end in (second + last for last in NAME_ENDS)
    } - set(FAMILY)
    rare = sorted(made)
    random.shuffle(rare)
    return zipf_bag(FAMILY + rare)
