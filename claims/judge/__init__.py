"""Other readers of pairs than the built-in network, by flag: a cross-encoder, or a language model behind an endpoint.

A judge changes what the relation model is told of a pair (relation, inference); features, thresholds and explanations
stay. It is never needed.
"""

from claims.judge.choose import Judge, JudgedPair, choose_judge

__all__ = ["Judge", "JudgedPair", "choose_judge"]
