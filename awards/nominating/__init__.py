"""The acts on nominations, one function each, for one and for many: proposed, judged, drawn into a decision.

``moving`` holds the one way in which any of them happens.
"""
