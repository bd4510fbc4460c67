"""One spelling for words that are written in several: American, and without a hyphen.

Most of the compounds were seen in Hugging Face papers with a hyphen as well as without. What stays
two words, like "multi-agent", can be found by either of them.
"""

from __future__ import annotations

import re

_COMPOUNDS = {
    "auto": "encoder encoding regression regressive",
    "bi": "directional level manual",
    "bio": "medical",
    "chat": "bot",
    "code": "base",
    "common": "sense",
    "cyber": "security",
    "data": "set",
    "deep": "fake",
    "down": "sampling stream",
    "e": "commerce",
    "ego": "centric",
    "fine": "tune tuned tuning",
    "geo": "localization location spatial",
    "health": "care",
    "hyper": "parameter spectral",
    "life": "cycle long",
    "light": "weight",
    "multi": "lingual media modal modality task",
    "neuro": "imaging science symbolic",
    "non": "linear parametric",
    "omni": "directional modal",
    "over": "fitting",
    "photo": "realism realistic",
    "pre": "computed filling processing train trained training",
    "re": "rank ranker ranking train training weighting",
    "spatio": "temporal",
    "sub": "optimal quadratic task word",
    "tele": "operation",
    "tri": "plane",
    "u": "net",
    "uni": "modal",
    "up": "sampling",
}
HALVES = frozenset((one, two) for one, others in _COMPOUNDS.items() for two in others.split())
"""Two words that are one."""
COMPOUND = "|".join(
    rf"{one}[- ](?:{'|'.join(sorted(others.split(), key=len, reverse=True))})s?"
    for one, others in _COMPOUNDS.items()
)
"""A pattern of them, in small letters."""

_ENDS_IN_ISE = re.compile(r"([a-z]{3,})is(ations?|ational|able|e[drs]?|ers|ing)")
_STAYS = re.compile(
    r"[a-z]*(?:[aeiouvw]|[^i]c|advert|appr|chast|compr|comprom|desp|enterpr|expert|franch|merchand"
    r"|parad|pract|prem|prom|repr|sunr|surpr|treat)"
)
"""What goes before an "ise" that is no ending, as in noise, revise, precise, pairwise, promise."""
_CHANGES = (
    (re.compile(r"(anal|catal|paral)ys(?=(e|ed|er|ers|ing)$)"), r"\1yz"),
    (
        re.compile(
            r"(arm|behavi|col|endeav|fav|flav|harb|hon|hum|lab|neighb|od|rig|rum|sav|tum|vap)our"
        ),
        r"\1or",
    ),
    (re.compile(r"(calib|cent|fib|lit|manoeuv|met|spect|theat)re(?=s?$)"), r"\1er"),
    (re.compile(r"(def|lic|off|pret)ence(?=s?$)"), r"\1ense"),
    (
        re.compile(
            r"(cancel|channel|counsel|dial|fuel|funnel|label|level|model|panel|signal|spiral|travel"
            r"|tunnel|unravel)l(?=(ed|ers?|ings?)$)"
        ),
        r"\1",
    ),
    (re.compile(r"^(anal|catal)ogue(?=s?$)"), r"\1og"),
    (re.compile(r"^dialog(?=s?$)"), "dialogue"),
    (re.compile(r"^artefact"), "artifact"),
    (re.compile(r"^programme(?=s?$)"), "program"),
    (re.compile(r"^grey"), "gray"),
    (re.compile(r"^(acknowledg|judg)ement"), r"\1ment"),
    (re.compile(r"(?<=[hkn])ae(?=m)|(?<=n)ae(?=sth)|(?<=p)ae(?=d)"), "e"),
    (re.compile(r"^ageing$"), "aging"),
    (re.compile(r"^sceptic"), "skeptic"),
)
_MAY_CHANGE = re.compile(
    r"is[aei]|ys[ei]|our|res?$|ence|l[ei]|og|arte|amme|grey|gement|ae|ageing|scep"
)
"""Most words hold none of what the changes begin with."""


def spelled(plain: str) -> str:
    """Return a folded word as papers mostly spell it."""
    if not plain.isalnum():
        plain = plain.replace("-", "").replace(" ", "")
    if not _MAY_CHANGE.search(plain):
        return plain
    if (found := _ENDS_IN_ISE.fullmatch(plain)) and not _STAYS.fullmatch(found[1]):
        return f"{found[1]}iz{found[2]}"
    for pattern, change in _CHANGES:
        plain = pattern.sub(change, plain)
    return plain
