"""How near two texts are in meaning, whatever their words.

It takes phrases whose meaning is known and gives the nearest to a text. It knows no law and no rules; its
table of word pieces (`pieces.npz`, made by `devtools/word_vectors.py`) comes from the sentence encoder
all-MiniLM-L6-v2 (Apache License 2.0).
"""
