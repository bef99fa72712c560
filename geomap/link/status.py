"""Say how a sentence puts an act: as a fact, a plan, a wish, a possibility or not at all; and who says so.

From the act's word one walks up to what governs it.  Of all marks met on the way the strongest counts:
denied, requested, planned, hypothetical, asserted.  "Stop firing" says that there was firing, and a
report is no doubt: what is said stays as it is said, with the name of who says it.
"""

from __future__ import annotations

from geomap.link.clauses import lends
from geomap.link.scene import Scene
from geomap.link.tree import Token
from geomap.model import Status

__all__ = ["attribution", "status"]

_STRENGTH = (Status.DENIED, Status.REQUESTED, Status.PLANNED, Status.HYPOTHETICAL)
# Behind these an act is named as the topic of the verb; "after the attack" only says when.
_TOPICS = frozenset({"for", "of", "about", "from", "to", "against", "on", "over", "with", "into"})
_DEFINITE = frozenset({"the", "this", "these", "those", "that"})
# Longer descriptions of a speaker are cut: the name stands first.
SPEAKER_MAX_CHARS = 80
_LOOSE = frozenset({"relcl", "appos", "acl", "punct", "advcl", "cc", "mark"})


def status(scene: Scene, token: Token) -> Status:
    """Return how the sentence puts the act that a verb or a noun tells."""
    found = _own(scene, token)
    definite = _is_definite(scene, token)
    for below, above in scene.tree.ancestors(token):
        more, done = _step(scene, below, above, definite=definite)
        found |= more
        if done:
            break
    return next((status for status in _STRENGTH if status in found), Status.ASSERTED)


def attribution(scene: Scene, token: Token) -> str:
    """Return who says so, in the text's words, or ''."""
    if source := _according(scene, token):
        return _speaker(scene, source)
    for below, above in scene.tree.ancestors(token):
        if source := _according(scene, above):
            return _speaker(scene, source)
        if above.is_verb and scene.grammar.has("speech_verbs", above.lemma) and below.dep in {"ccomp", "xcomp"}:
            speaker = scene.tree.child(above, "nsubj")
            return _speaker(scene, speaker) if speaker and speaker.is_noun else ""
    return ""


def _according(scene: Scene, token: Token) -> Token | None:
    """Return the source in "according to two officials"."""
    for prep in scene.tree.children(token, "prep"):
        if prep.text.lower() == "according":
            return next(
                (obj for to in scene.tree.children(prep, "prep") for obj in scene.tree.children(to, "pobj")), None
            )
    return None


def _speaker(scene: Scene, token: Token) -> str:
    span = scene.tree.subtree(token, without=_LOOSE)
    text = " ".join(scene.text[span.start : span.end].split())
    return text if len(text) <= SPEAKER_MAX_CHARS else text[:SPEAKER_MAX_CHARS].rsplit(" ", 1)[0]


def _step(scene: Scene, below: Token, above: Token, *, definite: bool) -> tuple[set[Status], bool]:
    """Return what one word adds for what hangs below it, and whether the walk ends there."""
    if above.is_verb:
        return _under_verb(scene, below, above, definite=definite)
    if above.is_noun:
        ends = below.dep in {"relcl", "appos"} or (below.dep == "acl" and below.tag != "VB")
        return (set(), True) if ends else (_noun_cue(scene, below, above), False)
    if above.tag.startswith("JJ"):
        return _word_cue(scene, above.lemma), False
    ends = above.dep in {"prep", "agent"} and above.lemma not in _TOPICS and below.dep == "pobj"
    return set(), ends


def _under_verb(scene: Scene, below: Token, above: Token, *, definite: bool) -> tuple[set[Status], bool]:
    match below.dep:
        case "conj":
            shared = below.tag in {"VB", "VBG", "VBN"} and not scene.tree.children(below, "nsubj", "aux")
            return (_own(scene, above) if shared else set()), False
        case "advcl":
            purpose = below.tag == "VB" and bool(scene.tree.children(below, "aux"))
            return ((_own(scene, above) or {Status.PLANNED}) if purpose else set()), not purpose
        case "xcomp" | "ccomp":
            return _complement(scene, below, above)
        case "prep" | "dobj" | "nsubjpass" | "attr" | "nsubj":
            return _argument(scene, below, above, definite=definite)
        case _:
            return set(), False


def _complement(scene: Scene, below: Token, above: Token) -> tuple[set[Status], bool]:
    if scene.grammar.has("presupposing_verbs", above.lemma):
        return set(), True
    found = _verb_cue(scene, above, complement=True)
    if below.dep == "ccomp" and any(child.tag != "TO" for child in scene.tree.children(below, "mark")):
        # "asked whether", "agreed that": nobody is asked to do it.
        found.discard(Status.REQUESTED)
    if below.dep == "ccomp" and scene.grammar.has("speech_verbs", above.lemma):
        return found & {Status.DENIED}, True
    return found | _own(scene, above), False


def _argument(scene: Scene, below: Token, above: Token, *, definite: bool) -> tuple[set[Status], bool]:
    """Return what a verb says of an act that is a noun among its arguments."""
    if below.dep == "prep" and below.lemma not in _TOPICS:
        return set(), True
    if scene.grammar.has("presupposing_verbs", above.lemma):
        return set(), True
    light = below.dep in {"dobj", "nsubjpass"} and lends(scene, above, below)
    found = set() if below.dep == "nsubj" else _verb_cue(scene, above, complement=below.dep != "prep")
    if light:
        return found | _own(scene, above), False
    own = _own(scene, above) - {Status.DENIED}
    return found | (set() if definite else own), bool(definite)


def _verb_cue(scene: Scene, verb: Token, *, complement: bool) -> set[Status]:
    """Return what a verb says of an act below it: "plan to", "deny that", "ask for"."""
    has, lemma = scene.grammar.has, verb.lemma
    found: set[Status] = set()
    if complement and has("denied_verbs", lemma):
        found.add(Status.DENIED)
    if has("requested_verbs", lemma):
        found.add(Status.REQUESTED)
    # "is going to": with another form of "go" someone went.
    if has("planned_verbs", lemma) and (lemma != "go" or verb.tag == "VBG"):
        found.add(Status.PLANNED)
    if has("hypothetical_verbs", lemma):
        found.add(Status.HYPOTHETICAL)
    return found


def _noun_cue(scene: Scene, below: Token, noun: Token) -> set[Status]:
    """Return what a noun says of an act in its phrase: "risk of", "plan to", "call for"."""
    if below.dep not in {"prep", "acl"}:
        return set()
    has = scene.grammar.has
    found = _own(scene, noun)
    if has("hypothetical_nouns", noun.lemma):
        found.add(Status.HYPOTHETICAL)
    if has("planned_nouns", noun.lemma):
        found.add(Status.PLANNED)
    if has("requested_nouns", noun.lemma):
        found.add(Status.REQUESTED)
    return found


def _own(scene: Scene, token: Token) -> set[Status]:
    """Return what the words on an act itself say: "no", "could", "possible", "if"."""
    found: set[Status] = set()
    if token.dep == "ROOT" and any(child.tag == "TO" for child in scene.tree.children(token, "aux")):
        # A headline's future: "France to withdraw troops".
        found.add(Status.PLANNED)
    for child in scene.tree.children(token):
        lemma = child.text.lower()
        if child.dep in {"aux", "auxpass"} and child.tag == "MD":
            found |= {Status.PLANNED} if scene.grammar.has("planned_modals", lemma) else set()
            found |= {_conditional(scene, token)} if scene.grammar.has("hypothetical_modals", lemma) else set()
        elif child.dep == "mark" and scene.grammar.has("conditions", lemma):
            found.add(Status.HYPOTHETICAL)
        elif child.dep in {"neg", "det", "amod", "advmod", "preconj"} and not _is_not_only(scene, child):
            found |= _word_cue(scene, lemma)
    return found


def _conditional(scene: Scene, verb: Token) -> Status:
    """Return a plan for "told us it would leave", a possibility else."""
    head = scene.tree.head(verb)
    told = verb.dep == "ccomp" and head is not None and scene.grammar.has("speech_verbs", head.lemma)
    would = any(child.text.lower() in {"would", "'d"} for child in scene.tree.children(verb, "aux"))
    return Status.PLANNED if told and would else Status.HYPOTHETICAL


def _word_cue(scene: Scene, lemma: str) -> set[Status]:
    has = scene.grammar.has
    found = {Status.DENIED} if has("denied_words", lemma) else set()
    found |= {Status.HYPOTHETICAL} if has("hypothetical_words", lemma) else set()
    return found | ({Status.PLANNED} if has("planned_words", lemma) else set())


def _is_not_only(scene: Scene, token: Token) -> bool:
    after = scene.tree.tokens[token.i + 1 : token.i + 2]
    return token.text.lower() == "not" and any(each.text.lower() in {"only", "just"} for each in after)


def _is_definite(scene: Scene, token: Token) -> bool:
    """Say whether a noun names an act as known: "the attacks", "their attacks"."""
    if token.is_verb:
        return False
    determined = any(child.text.lower() in _DEFINITE for child in scene.tree.children(token, "det"))
    return determined or bool(scene.tree.children(token, "poss"))
