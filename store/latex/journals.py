r"""The journals that astronomers' bibliographies name by a macro (`\aap`).

Source: the macros of AASTeX and of the Astrophysics Data System's BibTeX, with the abbreviations
that they stand for.
"""

JOURNALS = {
    "aap": "A&A", "aapr": "A&A Rev.", "aaps": "A&AS", "actaa": "Acta Astron.", "aj": "AJ",
    "ao": "Appl. Opt.", "apj": "ApJ", "apjl": "ApJL", "apjlett": "ApJL", "apjs": "ApJS",
    "apjsupp": "ApJS", "aplett": "Astrophys. Lett.", "applopt": "Appl. Opt.",
    "apspr": "Astrophys. Space Phys. Res.", "apss": "Ap&SS", "araa": "ARA&A",
    "astap": "A&A", "azh": "AZh", "baas": "BAAS", "bac": "Bull. astr. Inst. Czechosl.",
    "bain": "Bull. Astron. Inst. Netherlands", "caa": "Chinese Astron. Astrophys.",
    "cjaa": "Chinese J. Astron. Astrophys.", "fcp": "Fund. Cosmic Phys.",
    "gca": "Geochim. Cosmochim. Acta", "grl": "Geophys. Res. Lett.", "iaucirc": "IAU Circ.",
    "icarus": "Icarus", "jaavso": "JAAVSO", "jcap": "JCAP", "jcp": "J. Chem. Phys.",
    "jgr": "J. Geophys. Res.", "joss": "JOSS",
    "jqsrt": "J. Quant. Spectrosc. Radiat. Transfer", "jrasc": "JRASC",
    "maps": "Meteorit. Planet. Sci.", "memras": "MmRAS",
    "memsai": "Mem. Soc. Astron. Italiana", "mnras": "MNRAS", "na": "New A", "nar": "New A Rev.",
    "nat": "Nature", "natas": "Nature Astron.", "nphysa": "Nucl. Phys. A", "pasa": "PASA",
    "pasj": "PASJ", "pasp": "PASP", "physrep": "Phys. Rep.", "physscr": "Phys. Scr.",
    "planss": "Planet. Space Sci.", "pra": "Phys. Rev. A", "prb": "Phys. Rev. B",
    "prc": "Phys. Rev. C", "prd": "Phys. Rev. D", "pre": "Phys. Rev. E", "prl": "Phys. Rev. Lett.",
    "procspie": "Proc. SPIE", "psj": "PSJ", "qjras": "QJRAS",
    "rmxaa": "Rev. Mexicana Astron. Astrofis.", "rnaas": "RNAAS", "sci": "Science",
    "skytel": "S&T", "solphys": "Sol. Phys.", "sovast": "Soviet Ast.", "ssr": "Space Sci. Rev.",
    "zap": "ZAp",
}  # fmt: skip
